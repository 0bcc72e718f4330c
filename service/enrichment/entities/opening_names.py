"""Names told by where they stand: they open a sentence, a post follows, and it is the subject, above all of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.enrichment.entities.evidence import is_common, is_one_noun, is_surely_foreign, known_as, stem_morphemes
from service.enrichment.entities.foreign_names import is_foreign_first, is_foreign_part
from service.enrichment.entities.gazetteer import authority_of, begins_with_place, is_authority, place_in
from service.enrichment.entities.name_shapes import (
    compound_penalty,
    has_foreign_syllable,
    is_korean_name,
    is_name_shape,
)
from service.enrichment.entities.organization_spans import organization_stem
from service.enrichment.entities.posts import ends_phrase, is_adnominal, is_described, phrase_end, post_of
from service.enrichment.entities.span import Span
from service.enrichment.entities.unlisted_names import is_loan_word
from service.enrichment.entities.words import Line, readings
from service.enrichment.lexicon import ending, words
from service.korean.analysis import Morpheme

_HANGUL = re.compile(r"[가-힣]{2,5}")
_OPENING = re.compile(r"[\n.?!…”’\"'△▲◇◆■□❍○●▷▶※:]")
_PART = re.compile(r"[가-힣]{1,6}")
_LONGEST_PART = 6
_CASES = frozenset(("은", "는", "을", "를", "라는", "이라는", "에서", "에게", "와", "과", "에"))
_QUOTE = re.compile(r"[“‘\"「]")
_SAYING = re.compile(
    r"^(?:말[했하]|밝[혔히]|설명|강조|덧붙|전[했하]|지적|주장|당부|답[했하]|소개|촉구|비판|반박|약속|요구)"
)
_SAYING_REACH = 40  # words behind the post in which a verb of saying is looked for
_CONNECTIVES = words("grammar", "opening_names_connectives")
_SUBJECT = words("grammar", "opening_names_subject")
_NOT_OPENING = words("names", "not_opening")
_ENOUGH = 2


def opening_names(line: Line) -> Iterator[Span]:
    """Yield the names that open a sentence of the line and that their post makes a person's."""
    before = ""
    for index, word in enumerate(line.words):
        # Most words stand within a sentence, behind a word that does so too; `인` alone may tell one of them.
        inside = word.gap == before == " " and index > 1 and line.words[index - 1].text[-1] != "인"
        before = word.gap
        if not inside and _opens(line, index) and _HANGUL.match(word.text):
            span = _foreign(line, index) or _korean(line, index) or _bare_speaker(line, index)
            if span is not None:
                yield span


def _opens(line: Line, index: int) -> bool:
    word = line.words[index]
    if index == 0 or (word.gap != " " and _OPENING.search(word.gap)):
        return True
    before = line.words[index - 1]
    if (
        word.gap == " "
        and (before.text[-1] == "인" or index == 1 or before.gap != " ")
        and _is_own_body(line, index - 1)
    ):
        return True
    return before.text in _CONNECTIVES and (index == 1 or _OPENING.search(before.gap) is not None)


def _is_own_body(line: Line, index: int) -> bool:
    """Tell whether the word opens a sentence as the body that the next one belongs to, or is a post with `인`."""
    text = line.words[index].text
    post = post_of(text, line.local)
    if post is not None:
        return post.particle == "인"
    opens = index == 0 or _OPENING.search(line.words[index].gap) is not None
    return opens and (organization_stem(text) == text or is_authority(text, line.local))


def _foreign(line: Line, index: int) -> Span | None:
    """Return a foreign name of two or three words whose beginning is surely one: `잉그리드 달베리 … 최고경영자는`."""
    if index + 2 >= len(line.words) or line.words[index + 1].gap != " ":
        return None
    first = line.words[index].text
    if is_loan_word(first) or place_in(first) is not None or len(first) > _LONGEST_PART:
        return None
    unlisted = is_surely_foreign(first) and not is_adnominal(line, line.words[index])
    if not (unlisted or is_foreign_first(line, index)):
        return None
    last = index + 1
    if not _may_be_family(line, last):
        return None
    if is_foreign_part(line, last + 1) and is_foreign_part(line, last) and _ends_in_post(line, last + 2):
        last += 1
    if not _ends_in_post(line, last + 1):
        return None
    start, end = line.words[index].start, line.words[last].end
    return Span(start, end, "person", line.analysis.text[start:end])


def _may_be_family(line: Line, index: int) -> bool:
    """Tell whether the word may be the family name behind a foreign given one: any that is no body, place or noun."""
    text = line.words[index].text
    if any(reading.particle in _CASES for reading in readings(text)) or not _PART.fullmatch(text):
        return False
    if post_of(text, line.local) is not None or organization_stem(text):
        return False
    if place_in(text) is not None or is_authority(text, line.local):
        return False
    word = line.words[index]
    return not (is_one_noun(line, word.start, text) or is_loan_word(text) or is_described(line, word))


def _ends_in_post(line: Line, first: int) -> bool:
    if first >= len(line.words) or line.words[first].gap != " ":
        return False
    return phrase_end(line, first) is not None


def _korean(line: Line, index: int) -> Span | None:
    """Return a Korean name before its post."""
    word = line.words[index]
    if index + 1 >= len(line.words) or line.words[index + 1].gap not in {" ", " ㈜"} or not _may_be_name(line, index):
        return None
    last = phrase_end(line, index + 1)
    if last is None:
        return None
    post = post_of(line.words[last].text, line.local)
    if post is None or post.stem in words("posts", "descriptions") or not _is_subject(line, last, post.particle):
        return None
    owned = index > 0 and _is_own_body(line, index - 1) and word.text[0] in words("names", "surnames")
    score = _shape_score(line, index) + (3 if owned else _body_score(line, index + 1, last))
    if not is_one_noun(line, word.start, word.text):
        score += _saying_score(line, last)
    return Span(word.start, word.end, "person", word.text) if score >= _ENOUGH else None


def _bare_speaker(line: Line, index: int) -> Span | None:
    """Return an unknown word of the shape of a name that says the quotation behind it: `어은결은 “…”`."""
    word = line.words[index]
    if index + 1 >= len(line.words) or not _QUOTE.search(line.words[index + 1].gap):
        return None
    for reading in readings(word.text)[1:]:
        end = word.start + len(reading.stem)
        told = reading.particle in {"은", "는"} and len(reading.stem) == 3 and is_name_shape(reading.stem)
        if told and organization_stem(reading.stem) is None and place_in(reading.stem) is None:
            common = is_common(line, word.start, reading.stem) or post_of(reading.stem, line.local) is not None
            return None if common else Span(word.start, end, "person", reading.stem)
    return None


def _is_subject(line: Line, last: int, particle: str) -> bool:
    """Tell whether the post stands as a subject: `시장은`, `의원(부산 남구)은`."""
    return particle in _SUBJECT or line.analysis.text.startswith("(", line.words[last].end)


def _may_be_name(line: Line, index: int) -> bool:
    word = line.words[index]
    text = word.text
    if text in words("names", "not_names") or text in _NOT_OPENING or post_of(text, line.local) is not None:
        return False
    if any(place_in(reading.stem) or is_authority(reading.stem, line.local) for reading in readings(text)):
        return False
    if organization_stem(text) is not None:
        return False
    if ending(text, "posts", "departments") and is_common(line, word.start, text) and len(text) > 3:
        return False
    if line.words[index + 1].text.startswith("마을"):
        return False
    return _is_name_like(text) and not _is_other_word(stem_morphemes(line, word.start, text), text)


def _is_name_like(text: str) -> bool:
    """Tell whether the word is a Korean name, or one without a family name that no ending gives away: `돌샘`."""
    return is_korean_name(text) or (len(text) in (2, 3) and not has_foreign_syllable(text) and not ends_phrase(text))


def _is_other_word(found: Sequence[Morpheme], text: str) -> bool:
    """Tell whether the dictionary reads one adverb, pronoun or verb, or a modifier: `그러나`, `만난`, `뜨거운`."""
    if len(found) == 1:
        return found[0].tag[:2] not in {"NN", "XR", "MM", "SL"}
    last = found[-1].tag
    if last[0] == "J" or last.endswith(("EC", "EF")):
        return text[:2] not in words("names", "compound_surnames")
    return last.endswith("ETM") and text[-1] in "는를던된할될며한운인"


def _shape_score(line: Line, index: int) -> int:
    word = line.words[index]
    text = word.text
    if not is_korean_name(text):
        ordinary = is_common(line, word.start, text) or stem_morphemes(line, word.start, text)[0].tag[:2] != "NN"
        return -3 if ordinary else -1
    score = 3 if text[:2] in words("names", "compound_surnames") and len(text) > 2 else 2
    if known_as(line, word.start, text) == "인명":
        return score + 2
    if text[1:] in words("names", "native_given"):
        return score + 1
    if is_one_noun(line, word.start, text) or known_as(line, word.start, text) == "지명":
        return score - 3
    if is_common(line, word.start, text):
        return score - compound_penalty(stem_morphemes(line, word.start, text), text) - (len(text) == 2)
    return score


def _body_score(line: Line, first: int, last: int) -> int:
    """Return 3 where a body or an authority stands behind the name or in its post, 1 where an unknown word does."""
    found = 0
    for index in range(first, last + 1):
        text = line.words[index].text
        if organization_stem(text) or authority_of(text, line.local) is not None:
            return 3
        post = post_of(text, line.local) if index == last else None
        stem = post.stem if post is not None else text
        if len(stem) > 2 and (begins_with_place(stem) or any(stem.startswith(name) for name in line.local)):
            return 3
        if index < last and not is_common(line, line.words[index].start, text):
            found = 1
    return found


def _saying_score(line: Line, last: int) -> int:
    """Return what speaks for a speaker: 2 where a quotation follows at once, 1 where the sentence says something."""
    after = line.words[last + 1 : last + 1 + _SAYING_REACH]
    if after and _QUOTE.search(after[0].gap):
        return 2
    for word in after:
        if re.search(r"[.?!]\s|\n", word.gap):
            return 0
        if _SAYING.match(word.text):
            return 1
    return 0
