"""People whom the recogniser has no name for, but whose post behind the name gives them away (`민서연 가온시장은`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from service.enrichment.entities.person_mentions import PersonMention
from service.enrichment.entities.span import Span
from service.enrichment.lexicon import ending, table, words
from service.enrichment.press_copy.vocabulary import is_surname, place_names
from service.enrichment.press_copy.vocabulary import words as press_words
from service.korean.analysis import Morpheme
from service.korean.word_cache import kept_for_words

_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|도|와|과|에게|께서|께서는|에|이다|이며|씨)?[,.:=]?$")
_CLAUSE = re.compile(r"(?:은|는|을|를|에|에서|으로|이|가|(?<!상)의|와|과|며|고|한|된|하는|,|\.)$")
_OTHER_PHRASE = re.compile(r"[\n\"“”‘’']")
_REACH = 60  # code points that a post can take
_PHRASE = 4  # words between a name and the end of its post
_VERBAL = frozenset(("한", "할", "된", "될", "인", "던", "는", "은", "운", "난", "든", "들"))
_CLAUSE_END = -1
_FULL = 3  # syllables of most names


def unlisted_people(
    text: str,
    morphemes: Sequence[Morpheme],
    starts: Sequence[int],
    known: Sequence[PersonMention],
    bodies: Sequence[Span],
) -> list[PersonMention]:
    """Return the known mentions of a text and those of unlisted people, in order; `starts` are the morphemes'."""
    taken = [(mention.start, mention.phrase_end) for mention in known]
    # A name that ends like a district (`민석구`) is taken for one; a post behind it says otherwise.
    taken = sorted([*taken, *((span.start, span.end) for span in bodies if len(span.name) != _FULL)])
    found = [
        mention for mention in _candidates(text, morphemes, starts) if not _overlaps(taken, mention.start, mention.end)
    ]
    return sorted([*known, *found]) if found else list(known)


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (end,))
    return any(first < end and start < last for first, last in taken[max(0, index - 3) : index])


def _candidates(text: str, morphemes: Sequence[Morpheme], starts: Sequence[int]) -> Iterator[PersonMention]:
    for head in _name_like().finditer(text):
        end = _post_end(text, head.end() + 1)
        if end is None:
            continue
        start, last = head.span("name")
        inside = morphemes[bisect_left(starts, start) : bisect_left(starts, last)]
        if is_no_other_word(head["name"], inside):
            yield PersonMention(start, last, head["name"], text[head.end() + 1 : end], end)


@cache
def _name_like() -> re.Pattern[str]:
    """Return the pattern of a word that begins with a family's name, with an age or the like in brackets behind it."""
    single = "".join(letter for letter in map(chr, range(ord("가"), ord("힣") + 1)) if is_surname(letter))
    compound = "|".join(sorted(press_words("compound_surnames")))
    return re.compile(
        rf"(?<![^\s“”\"‘’'])(?P<name>[{single}][가-힣]{{1,2}}|(?:{compound})[가-힣]{{1,2}})"
        r"(?:\([^()]{0,20}\))?(?= \S)"
    )


def _post_end(text: str, start: int) -> int | None:
    """Return where the post that begins here ends, or None where no word of the phrase is one."""
    for word in text[start : start + _REACH].split(" ", _PHRASE)[:_PHRASE]:
        kind = _kind(word)
        if kind == _CLAUSE_END:
            return None
        if kind:
            return start + kind
        start += len(word) + 1
    return None


@kept_for_words(1 << 16)
def _kind(word: str) -> int:
    """Return how many characters of a word are a post, `_CLAUSE_END` for one that ends a phrase, 0 for another."""
    if _OTHER_PHRASE.search(word):
        return _CLAUSE_END
    stripped = _PARTICLE.sub("", word)
    aside = stripped.find("(")
    stem = stripped[:aside] if aside > 0 else stripped
    if stem and (ending(stem, "posts", "endings") or stem in words("posts", "words")):
        return len(stem)
    return _CLAUSE_END if _CLAUSE.search(word) and not word.endswith("과") else 0


def is_no_other_word(name: str, inside: Sequence[Morpheme]) -> bool:
    """Tell whether the analyser knows the word as nothing but a name."""
    if not inside or name in _places() or ending(name, "posts", "departments") or name[-1] in "읍면동리들":
        return False
    if name in press_words("not_names") or name in words("speakers", "not_leading"):
        return False
    last = inside[-1]
    if len(inside) == 1:
        return last.tag == "NNP" or (last.tag == "NNG" and len(name) == _FULL and bool(last.parts))
    if any(piece.tag.startswith("J") for piece in inside):
        return False
    if len(name) < _FULL:
        return all(piece.tag.startswith("NN") for piece in inside)
    return last.surface not in _VERBAL and last.tag != "XSN" and not inside[0].tag.startswith(("VV", "VA", "MM"))


@cache
def _places() -> frozenset[str]:
    districts = {name for names in table("districts", "districts").values() for name in names}
    return place_names() | districts
