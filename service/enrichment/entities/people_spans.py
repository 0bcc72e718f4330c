"""Where people are named: a name before or behind a post, before `씨`, or known to the dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.enrichment.entities.evidence import (
    is_common,
    is_one_noun,
    known_as,
    stem_morphemes,
)
from service.enrichment.entities.foreign_names import (
    foreign_before_post,
    is_foreign_first,
    is_foreign_given,
    is_listed,
)
from service.enrichment.entities.gazetteer import is_authority, place_in
from service.enrichment.entities.marked_names import MARKS, marked_names
from service.enrichment.entities.name_shapes import compound_penalty, has_strange_syllable, is_name_shape, is_title_like
from service.enrichment.entities.opening_names import opening_names
from service.enrichment.entities.posts import ends_phrase, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.syllable_names import FAMILIES, syllable_names
from service.enrichment.entities.unlisted_names import unlisted_before_post
from service.enrichment.entities.word_kinds import (
    BYLINE,
    DESCRIPTION,
    FAMILY,
    HONORED,
    MARK,
    POST,
    SYLLABLE,
)
from service.enrichment.entities.words import Line, Word, has_particle, readings
from service.enrichment.lexicon import table, words
from service.korean.analysis import Morpheme

_DESCRIBED = 2  # what must speak for a name before `주민` or `상인`, which seldom follow one
_REACH = 5  # words between a name and the end of the post behind it
_BYLINES = frozenset(("기자", "특파원", "선임기자", "인턴기자", "객원기자", "통신원"))
_BYLINE_STARTS = tuple(_BYLINES)
_CASES = words("grammar", "people_spans_cases")
_FREE_PARTICLES = words("grammar", "people_spans_free_particles")


def people_in(line: Line, kinds: Sequence[int]) -> Iterator[Span]:
    """Yield the people whom one line names where its own words tell so; `kinds` as by `kind_of_word`, and a 0."""
    text, starting = line.analysis.text, line.starting
    yield from opening_names(line)
    for index, (word, start, end, gap) in enumerate(line.words):
        kind = kinds[index]
        if kind & POST:
            yield from _before_post(line, index)
        if kinds[index - 1] & DESCRIPTION and gap == " ":  # before the first one stands the 0 from behind the last
            yield from _behind_post(line, index)
        if kind & HONORED or kinds[index + 1] & MARK or text.startswith("(", end):
            yield from marked_names(line, index)
        if kind & SYLLABLE:
            yield from syllable_names(line, index)
        first = starting.get(start)
        if first is not None and first[2] == "인명":
            yield from _known(line, index)
        if kind & FAMILY or len(word) == 1:
            yield from _family_name(line, index)


def kind_of_word(word: str, local: frozenset[str]) -> int:
    """Return which rules of people a word may call up, see `word_kinds`."""
    return (
        POST * (post_of(word, local) is not None)
        | DESCRIPTION * (word in words("posts", "before_name"))
        | HONORED * ("씨" in word)
        | MARK * (word[0] in MARKS)
        | SYLLABLE * (word in FAMILIES)
        | FAMILY * (word in words("names", "compound_surnames") or "一" <= word[0] <= "鿿")
        | BYLINE * (word.startswith(_BYLINE_STARTS) and any(reading.stem in _BYLINES for reading in readings(word)))
    )


def byline_names(line: Line, kinds: Sequence[int]) -> Iterator[str]:
    """Yield the names before `기자` and its kin: reporters, not people of the article."""
    for index, kind in enumerate(kinds):
        if kind & BYLINE and index and line.words[index].gap == " ":
            yield line.words[index - 1].text


def _before_post(line: Line, post: int) -> Iterator[Span]:
    first = post
    while first and post - first < _REACH and line.words[first].gap == " " and not _closes(line, line.words[first - 1]):
        first -= 1
    best = max(range(first, post), key=lambda at: (_korean_score(line, at, post - at == 1), -at), default=None)
    stem = post_of(line.words[post].text, line.local)
    enough = _DESCRIBED if stem is not None and stem.stem in words("posts", "descriptions") else 0
    if best is not None and _korean_score(line, best, post - best == 1) > enough:
        foreign = _foreign_around(line, first, post, best)
        yield foreign or _span(line.words[best])
        yield from _joined_before(line, best) if foreign is None else ()
        return
    listed = next(foreign_before_post(line, first, post), None)
    unlisted = unlisted_before_post(line, first, post)
    told = listed is None or " " not in listed.name or (unlisted is not None and unlisted.name.startswith(listed.name))
    found = (unlisted or listed) if told else listed
    if found is not None:
        yield found


def _foreign_around(line: Line, first: int, post: int, best: int) -> Span | None:
    """Return the foreign name that a word of the shape of a Korean one is a part of: `티모 하로넨`, `라제시 굽타`."""
    word = line.words[best]
    usual = word.text[0] in words("names", "common_surnames") and not has_strange_syllable(word.text)
    if usual and word.text not in words("names", "foreign_given"):
        return None
    found = unlisted_before_post(line, first, post)
    return found if found is not None and found.start <= word.start and word.end <= found.end else None


def _joined_before(line: Line, index: int) -> Iterator[Span]:
    """Yield the names joined by dots or commas before a name: `홍길동·김철수 의원`."""
    while index and line.words[index].gap in {"·", "ㆍ", "‧", ", "} and _korean_score(line, index - 1, False) > 0:
        index -= 1
        yield _span(line.words[index])


def _closes(line: Line, word: Word) -> bool:
    post = post_of(word.text, line.local)
    if post is not None:
        return bool(post.particle)
    if not ends_phrase(word.text) or is_name_shape(word.text):
        return False
    return word.text not in words("names", "foreign_given") and known_as(line, word.start, word.text) != "인명"


def _korean_score(line: Line, index: int, next_to_post: bool) -> int:
    """Return how much speaks for a Korean full name at this word: positive is enough."""
    word = line.words[index]
    text = word.text
    if len(text) == 2:
        known = next_to_post and text[0] in words("names", "common_surnames") and known_as(line, word.start, text)
        return 1 if known == "인명" and text not in words("names", "not_names") and place_in(text) is None else -9
    if not is_name_shape(text) or is_authority(text, line.local) or is_foreign_given(line, index):
        return -9
    if any(is_listed(reading.stem) for reading in readings(text)):
        return -9
    if index and word.gap == " " and is_foreign_given(line, index - 1):
        return -9
    known = known_as(line, word.start, text)
    if known is not None:
        return 3 if known == "인명" else -9 if known == "지명" else 1
    return _unknown_score(line, word, text) + 1 + (2 if _opens_clause(line, index) else 0)


def _opens_clause(line: Line, index: int) -> bool:
    """Tell whether the word begins a sentence, or a part after a comma, where a subject stands."""
    return index == 0 or any(mark in line.words[index].gap for mark in '\n.,?!:…"”')


def _unknown_score(line: Line, word: Word, text: str) -> int:  # noqa: PLR0911  # one rule, one return
    if is_one_noun(line, word.start, text):
        return -9
    found = stem_morphemes(line, word.start, text)
    if text[-1] in "는를던된할될며" or _is_no_noun(found):
        return -9
    score = 1 if text[0] in words("names", "common_surnames") else -1
    if text[1:] in words("names", "native_given"):
        return score + 3
    if any(morpheme.semantic == "인명" for morpheme in found):
        score += 1
    if found[-1].tag == "JKB" and text[-1] in "로에" and found[0].tag == "NNG" and len(found[0].surface) > 1:
        return -9  # `은행로`: a noun and what looks like its particle
    if is_common(line, word.start, text):
        return score - compound_penalty(found, text)
    if _is_noun_with_particle(line, word):
        return -9
    if len(found) == 2 and found[-1].tag.endswith("EC"):
        return score - 2
    return score + 1 - (1 if is_title_like(text) else 0)


def _is_no_noun(found: Sequence[Morpheme]) -> bool:
    """Tell whether the dictionary reads a verb, an adverb or a derived adjective: `소개한`, `이렇게`, `하지만`."""
    if len(found) == 1:
        return found[0].tag not in {"NNP", "NNG"} and len(found[0].surface) > 2
    last = found[-1].tag
    if last.endswith("ETM") and (
        last.startswith(("XSV", "XSA", "VCP")) or (len(found) == 2 and found[0].tag[0] == "V")
    ):
        return True
    return found[0].tag == "NP" and last[0] == "J"


def _is_noun_with_particle(line: Line, word: Word) -> bool:
    """Tell whether the word is an ordinary noun or a place with a particle: `이동이`, `대구에`."""
    found = stem_morphemes(line, word.start, word.text)
    if found[-1].tag[0] not in "JE" and not found[-1].tag.startswith("VCP"):
        return False
    return any(
        is_common(line, word.start, reading.stem) or place_in(reading.stem) is not None
        for reading in readings(word.text)[1:]
        if reading.particle in _CASES
    )


def _behind_post(line: Line, index: int) -> Iterator[Span]:
    word = line.words[index]
    enough = 1 if line.words[index - 1].text in words("posts", "crowd") else 0
    for reading in readings(word.text):
        if not is_name_shape(reading.stem) or post_of(reading.stem, line.local) is not None:
            continue
        known = known_as(line, word.start, reading.stem)
        if known == "인명" or (known is None and _stem_score(line, word, reading.stem) > enough):
            yield Span(word.start, word.start + len(reading.stem), "person", reading.stem)
            return


def _stem_score(line: Line, word: Word, stem: str) -> int:
    return _unknown_score(line, word._replace(text=stem, end=word.start + len(stem)), stem)


def _known(line: Line, index: int) -> Iterator[Span]:
    """Yield a full name that the dictionary holds as one, or a foreign one of two words, with a particle behind it."""
    word = line.words[index]
    for reading in readings(word.text)[1:]:
        if reading.particle not in _FREE_PARTICLES or known_as(line, word.start, reading.stem) != "인명":
            continue
        if index and word.gap == " " and is_foreign_first(line, index - 1) and len(reading.stem) > 1:
            start = line.words[index - 1].start
            end = word.start + len(reading.stem)
            yield Span(start, end, "person", line.analysis.text[start:end])
        elif len(reading.stem) == 3 and is_name_shape(reading.stem) and place_in(reading.stem) is None:
            yield Span(word.start, word.start + 3, "person", reading.stem)
        return


def _family_name(line: Line, index: int) -> Iterator[Span]:
    """Yield the family name in `윤 시장은`, and in `尹시장`."""
    word = line.words[index]
    hanja = table("names", "hanja_surnames")
    following = line.words[index + 1].text if index + 1 < len(line.words) and line.words[index + 1].gap == " " else ""
    if word.text[0] in hanja and (post_of(word.text[1:] or following, line.local) is not None):
        yield Span(word.start, word.start + 1, "person", word.text[0])
    elif (
        (word.text in words("names", "common_surnames") or word.text in words("names", "compound_surnames"))
        and not _is_modifier(line, index)
        and (_is_plain_post(line, following) or _is_former_post(line, index + 1))
    ):
        yield _span(word)


def _is_modifier(line: Line, index: int) -> bool:
    """Tell whether the syllable is a verb's (`흔들어 온 한지장`) or says `former` of the name before it."""
    word = line.words[index]
    if any(morpheme.tag.endswith("ETM") for morpheme in stem_morphemes(line, word.start, word.text)):
        return True
    if index and line.words[index - 1].text[0].isdigit():
        return True  # `30년 차 해녀`
    return word.text in {"전", "현"} and index > 0 and word.gap == " " and not has_particle(line.words[index - 1].text)


def _is_former_post(line: Line, index: int) -> bool:
    """Tell whether `전` or `현` and a post stand here: `조 전 부사장`."""
    if index + 1 >= len(line.words) or line.words[index].text not in {"전", "현"}:
        return False
    return line.words[index].gap == line.words[index + 1].gap == " " and _is_plain_post(
        line, line.words[index + 1].text
    )


def _is_plain_post(line: Line, text: str) -> bool:
    post = post_of(text, line.local) if text else None
    return post is not None and post.stem in words("posts", "words") and post.stem not in words("posts", "descriptions")


def _span(word: Word) -> Span:
    return Span(word.start, word.end, "person", word.text)


__all__: Sequence[str] = ("byline_names", "kind_of_word", "people_in")
