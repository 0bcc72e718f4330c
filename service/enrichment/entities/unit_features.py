"""The features by which the sequence model labels units; the trainer and the service make the same ones here.

A feature is a string `{where}{what}={value}`. The trainer takes them as they are; the service has their weights by
number (`feature_index`, `trait_rows`), and a test holds both to the same sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.enrichment.entities.unit_kinds import UnitKind, kind_of, lists, measure_of
from service.korean.analysis import Morpheme

_OWN = ("word", "tag", "class", "coarse", "fine", "first", "last", "first_two", "last_two", "shape", "list")
_BESIDE = ("word", "tag", "class", "coarse", "fine", "last", "list")
_NEAR = ("word", "tag", "coarse")
AROUND = {0: _OWN, -1: _BESIDE, 1: _BESIDE, -2: _NEAR, 2: _NEAR}
SHORT = {
    "word": "w",
    "tag": "t",
    "class": "s",
    "coarse": "c",
    "fine": "f",
    "first": "p",
    "last": "x",
    "first_two": "pp",
    "last_two": "xx",
    "shape": "h",
    "list": "l",
}
_RUN_TAGS = frozenset(("NNG", "NNP", "SL", "SN", "NR", "XSN", "XPN", "NNB", "NNBC", "SH", "UNKNOWN", "XR"))
LONGEST_RUN = 12  # units: beyond it no name goes on
_BEFORE, _BEHIND = UnitKind("", "^", "^", "^", "^", "", {}), UnitKind("", "$", "$", "$", "$", "", {})


def features_of(units: Sequence[Morpheme]) -> list[list[str]]:
    """Return the features of each unit of one sequence."""
    kinds = [kind_of(unit.surface, unit.tag, unit.semantic) for unit in units]
    spaced = [True, *(last.end < unit.start for last, unit in pairwise(units)), True]
    framed = [_BEFORE, *kinds, _BEHIND]
    features = [[*_around(kinds, at), *_beside(framed[at : at + 3], *spaced[at : at + 2])] for at in range(len(kinds))]
    for first, last in _runs(kinds, spaced):
        following = kinds[last].word if last < len(kinds) and not spaced[last] else "_"
        common = (*of_run(kinds[first:last]), *_behind_run(kinds[first:last], following))
        for at in range(first, last):
            place = "S" if last == first + 1 else "B" if at == first else "E" if at == last - 1 else "I"
            features[at] += (f"{place}{feature}" for feature in common)
    return features


def of_run(kinds: Sequence[UnitKind]) -> tuple[str, ...]:
    """Return what a run gives to its units, without the place of the unit in it."""
    text = "".join(kind.surface for kind in kinds)
    measure = measure_of(text, [kind.tag for kind in kinds])
    features = [f"n={min(len(text), 6)}", f"x1={text[-1]}", *([f"x2={text[-2:]}"] if len(text) > 2 else ())]
    if measure:
        surname = text[0] if measure[0] == "1" else "-"
        features += (
            f"s={measure}{'가' <= text[0] <= '힣':d}",
            f"t={'.'.join(kind.tag for kind in kinds[:4])}|{measure[1]}",
            f"u={surname}{measure[1]}",
            f"w={text}",
        )
        if text in lists():
            features.append(f"l={lists()[text]}")
    return tuple(features)


def is_in_run(tag: str) -> bool:
    """Tell whether units of this tag stand in runs: nouns, figures and letters."""
    return tag in _RUN_TAGS


def _around(kinds: Sequence[UnitKind], at: int) -> Iterator[str]:
    for where, names in AROUND.items():
        if 0 <= at + where < len(kinds):
            yield from _seen(kinds[at + where], where, names)


def _seen(kind: UnitKind, where: int, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if kind.traits[name]:
            yield f"{where}{SHORT[name]}={kind.traits[name]}"


def _beside(framed: Sequence[UnitKind], left: bool, right: bool) -> Iterator[str]:
    """Yield what a unit, the second of the three, is given by those beside it and the blanks between."""
    before, own, behind = framed
    yield from (f"W-={before.word}|{own.word}", f"W+={own.word}|{behind.word}")
    yield from (f"C-={before.coarse}{left:d}{own.coarse}", f"C+={own.coarse}{right:d}{behind.coarse}")
    yield from (f"T-={before.word}|{own.tag}", f"T+={own.tag}|{behind.word}")
    yield from (f"S={left:d}{right:d}", f"TTT={before.tag}{left:d}{own.tag}{right:d}{behind.tag}")


def _behind_run(kinds: Sequence[UnitKind], following: str) -> Iterator[str]:
    measure = measure_of("".join(kind.surface for kind in kinds), [kind.tag for kind in kinds])
    yield f"a={following}"
    if measure:
        yield f"as={following}|{measure}"


def _runs(kinds: Sequence[UnitKind], spaced: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where nouns, figures and letters stand glued together: written words without their particles."""
    first = 0
    while first < len(kinds):
        if kinds[first].tag not in _RUN_TAGS:
            first += 1
            continue
        last = first + 1
        longest = min(len(kinds), first + LONGEST_RUN)
        while last < longest and not spaced[last] and kinds[last].tag in _RUN_TAGS:
            last += 1
        yield first, last
        first = last
