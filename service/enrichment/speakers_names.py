"""People whom the recogniser has no name for, but whose post behind the name gives them away (`민서연 가온시장은`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from service.enrichment.entities.person_mentions import PersonMention
from service.enrichment.entities.span import Span
from service.enrichment.lexicon import ending, table, words
from service.enrichment.press_copy.vocabulary import is_surname, place_names
from service.enrichment.press_copy.vocabulary import words as press_words
from service.korean.analysis import Morpheme

_WORD = re.compile(r"[^\s“”\"‘’']+")
_HEAD = re.compile(r"(?P<name>[가-힣]{2,4})(?P<aside>\([^()]{0,20}\))?$")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|도|와|과|에게|께서|께서는|에|이다|이며|씨)?[,.:=]?$")
_CLAUSE = re.compile(r"(?:은|는|을|를|에|에서|으로|이|가|(?<!상)의|와|과|며|고|한|된|하는|,|\.)$")
_PHRASE = 4  # words between a name and the end of its post
_VERBAL = frozenset(("한", "할", "된", "될", "인", "던", "는", "은", "운", "난", "든", "들"))
_FULL = 3  # syllables of most names


def unlisted_people(
    text: str, morphemes: Sequence[Morpheme], known: Sequence[PersonMention], bodies: Sequence[Span]
) -> list[PersonMention]:
    """Return the known mentions of a text and those of unlisted people, in order."""
    taken = [(mention.start, mention.phrase_end) for mention in known]
    # A name that ends like a district (`민석구`) is taken for one; a post behind it says otherwise.
    taken = sorted([*taken, *((span.start, span.end) for span in bodies if len(span.name) != _FULL)])
    starts = [morpheme.start for morpheme in morphemes]
    found = [
        mention for mention in _candidates(text, morphemes, starts) if not _overlaps(taken, mention.start, mention.end)
    ]
    return sorted([*known, *found]) if found else list(known)


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (end,))
    return any(first < end and start < last for first, last in taken[max(0, index - 3) : index])


def _candidates(text: str, morphemes: Sequence[Morpheme], starts: Sequence[int]) -> Iterator[PersonMention]:
    found = list(_WORD.finditer(text))
    for index, word in enumerate(found):
        head = _HEAD.match(word.group()) if word.group()[:1] > "가" else None
        if head is None or not _is_family_name(head["name"]):
            continue
        end = _post_end(text, found[index : index + _PHRASE + 1])
        if end is None:
            continue
        inside = morphemes[bisect_left(starts, word.start()) : bisect_left(starts, word.start() + len(head["name"]))]
        if is_no_other_word(head["name"], inside):
            start = word.start()
            yield PersonMention(start, start + len(head["name"]), head["name"], text[word.end() + 1 : end], end)


def _is_family_name(name: str) -> bool:
    if len(name) > _FULL:
        return name[:2] in press_words("compound_surnames")
    return is_surname(name)


def _post_end(text: str, following: Sequence[re.Match[str]]) -> int | None:
    """Return where the post behind the first word ends, or None where none follows in the phrase."""
    for left, word in pairwise(following):
        if text[left.end() : word.start()] != " ":
            return None
        stripped = _PARTICLE.sub("", word.group())
        aside = stripped.find("(")
        stem = stripped[:aside] if aside > 0 else stripped
        if ending(stem, "posts", "endings") or stem in words("posts", "words"):
            return word.start() + len(stem)
        if _CLAUSE.search(word.group()) and not word.group().endswith("과"):
            return None
    return None


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
