"""The features by which the sequence model labels units; the trainer and the service make the same ones here.

A feature is a string `{where}{what}={value}`. The service passes over those that the model has no weight for; as units,
pairs and runs recur in every text, what was made of one is kept. For frequent units the model also has the sum of
what all their features weigh under one name, `{where}#{unit}`, which then stands for them (see `training/merging.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.enrichment.entities.unit_kinds import UnitKind, kind_of, lists
from service.enrichment.lexicon import words
from service.korean.analysis import Morpheme

_KEPT = 1 << 15  # units, pairs and runs of each kind
_OWN = ("word", "tag", "class", "coarse", "fine", "first", "last", "first_two", "last_two", "shape", "list")
_BESIDE = ("word", "tag", "class", "coarse", "fine", "last", "list")
_NEAR = ("word", "tag", "coarse")
_AROUND = {0: _OWN, -1: _BESIDE, 1: _BESIDE, -2: _NEAR, 2: _NEAR}
PLACES = tuple(_AROUND)
"""How far away the unit stands that a feature speaks of."""
_SHORT = {
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
_LONGEST_RUN = 12  # units: beyond it no name goes on
_BEFORE, _BEHIND = UnitKind("", "^", "", "^", "^", "^", {}), UnitKind("", "$", "", "$", "$", "$", {})


class _Around(NamedTuple):
    """The features that one unit gives to itself and to its neighbours, by where it stands as they see it."""

    own: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    second_before: tuple[str, ...]
    second_behind: tuple[str, ...]


class Featurizer:
    """Makes the features of sequences; with `known` only those that it holds."""

    def __init__(self, known: Collection[str] | None = None) -> None:
        self._known = known
        self._around = lru_cache(_KEPT)(self._make_around)
        self._pair = lru_cache(_KEPT)(self._make_pair)
        self._tags = lru_cache(_KEPT)(self._make_tags)
        self._run = lru_cache(_KEPT)(self._make_run)

    def __call__(self, units: Sequence[Morpheme]) -> list[list[str]]:
        """Return the features of each unit of one sequence."""
        kinds = [kind_of(unit[0], unit[1], unit[2]) for unit in units]
        spaced = [True, *(units[at - 1][5] < units[at][4] for at in range(1, len(units))), True]
        features = self._windows(kinds)
        before = _BEFORE
        for at, kind in enumerate(kinds):
            behind = kinds[at + 1] if at + 1 < len(kinds) else _BEHIND
            own = features[at]
            left, right = self._pair(before, spaced[at], kind)
            own += right
            if at:
                features[at - 1] += left
            own += self._tags(before.tag, spaced[at], kind.tag, spaced[at + 1], behind.tag)
            before = kind
        if kinds:
            features[-1] += self._pair(before, True, _BEHIND)[0]
        self._add_runs(features, kinds, spaced)
        return features

    def _windows(self, kinds: Sequence[UnitKind]) -> list[list[str]]:
        around = [self._around(kind) for kind in kinds]
        features = [list(one.own) for one in around]
        for at, one in enumerate(around):
            if at:
                features[at - 1] += one.behind
                features[at] += around[at - 1].before
            if at > 1:
                features[at - 2] += one.second_behind
                features[at] += around[at - 2].second_before
        return features

    def _add_runs(self, features: list[list[str]], kinds: Sequence[UnitKind], spaced: Sequence[bool]) -> None:
        for first, last in _runs(kinds, spaced):
            glued = last < len(kinds) and not spaced[last]
            found = self._run(tuple(kinds[first:last]), kinds[last].word if glued else "_")
            for at, own in enumerate(found, start=first):
                features[at] += own

    def _held(self, features: Iterator[str]) -> tuple[str, ...]:
        known = self._known
        return tuple(features) if known is None else tuple(feature for feature in features if feature in known)

    def _merged(self, name: str, features: Iterator[str]) -> tuple[str, ...]:
        """Return the one feature that stands for these where the model has it, else these."""
        return (name,) if self._known is not None and name in self._known else self._held(features)

    def _make_around(self, kind: UnitKind) -> _Around:
        return _Around(*(self._merged(f"{where}#{kind.key}", of_unit(kind, where)) for where in PLACES))

    def _make_pair(self, first: UnitKind, apart: bool, second: UnitKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what two neighbours give to the first and to the second of them."""
        left = (
            f"W+={first.word}|{second.word}",
            f"C+={first.coarse}{apart:d}{second.coarse}",
            f"T+={first.tag}|{second.word}",
        )
        right = (
            f"W-={first.word}|{second.word}",
            f"C-={first.coarse}{apart:d}{second.coarse}",
            f"T-={first.word}|{second.tag}",
        )
        return self._held(iter(left)), self._held(iter(right))

    def _make_tags(self, before: str, left: bool, tag: str, right: bool, behind: str) -> tuple[str, ...]:
        return self._held(iter((f"S={left:d}{right:d}", f"TTT={before}{left:d}{tag}{right:d}{behind}")))

    def _make_run(self, kinds: tuple[UnitKind, ...], following: str) -> tuple[tuple[str, ...], ...]:
        """Return for each unit of a run what the run gives to it; `following` is what is glued behind, `_` nothing."""
        beyond = tuple(_behind_run(kinds, following))
        last = len(kinds) - 1
        if not last:
            own = self._merged(f"S#{kinds[0].key}", of_lone_run(kinds[0]))
            return ((*own, *self._held(f"S{feature}" for feature in beyond)),)
        common = (*_of_run(kinds), *beyond)
        places = ("B", *("I" * (last - 1)), "E")
        return tuple(self._held(f"{place}{feature}" for feature in common) for place in places)


def _runs(kinds: Sequence[UnitKind], spaced: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where nouns, figures and letters stand glued together: written words without their particles."""
    first = 0
    while first < len(kinds):
        if kinds[first].tag not in _RUN_TAGS:
            first += 1
            continue
        last = first + 1
        longest = min(len(kinds), first + _LONGEST_RUN)
        while last < longest and not spaced[last] and kinds[last].tag in _RUN_TAGS:
            last += 1
        yield first, last
        first = last


def of_unit(kind: UnitKind, where: int) -> Iterator[str]:
    """Yield the features that a unit gives to the one that sees it so many places away."""
    for name in _AROUND[where]:
        if kind.traits[name]:
            yield f"{where}{_SHORT[name]}={kind.traits[name]}"


def of_lone_run(kind: UnitKind) -> Iterator[str]:
    """Yield the features of a run of one unit, without what stands behind it."""
    for feature in _of_run((kind,)):
        yield f"S{feature}"


def _of_run(kinds: Sequence[UnitKind]) -> Iterator[str]:
    text = "".join(kind.surface for kind in kinds)
    length, surname = _measured(text)
    yield f"n={length}"
    yield f"x1={text[-1]}"
    if len(text) > 2:
        yield f"x2={text[-2:]}"
    if any(kind.tag == "SN" for kind in kinds):
        return
    yield f"s={surname != '-':d}{length}{'가' <= text[0] <= '힣':d}"
    yield f"t={'.'.join(kind.tag for kind in kinds[:4])}|{length}"
    yield f"u={surname}{length}"
    yield f"w={text}"
    if text in lists():
        yield f"l={lists()[text]}"


def _behind_run(kinds: Sequence[UnitKind], following: str) -> Iterator[str]:
    yield f"a={following}"
    if not any(kind.tag == "SN" for kind in kinds):
        length, surname = _measured("".join(kind.surface for kind in kinds))
        yield f"as={following}|{surname != '-':d}{length}"


def _measured(text: str) -> tuple[int, str]:
    """Return the length of a run as far as it matters, and the surname that it begins with or `-`."""
    return min(len(text), 6), text[0] if text[0] in words("names", "surnames") else "-"
