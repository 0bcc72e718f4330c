"""Where the features of pairs, tags and runs lie in the model, found by numbers for all units of a text at once.

The features are those of `unit_features`; words, tags and clusters that no such feature names have the number 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.enrichment.entities.trait_rows import TraitRows

Numbers = NDArray[np.int64]
_WIDTH = 1 << 20  # more than words, tags and clusters there are
PLACES_IN_RUN = "SBIE"
_BOUNDARIES = "^$"
_Named = Mapping[str, Mapping[str, int]]
"""By what stands before the `=` of the features, and by the value behind it, their rows."""


class Lookup(NamedTuple):
    """Sorted keys and the row of the model that each stands for; row 0 weighs nothing."""

    keys: Numbers
    rows: Numbers

    def find(self, keys: Numbers) -> Numbers:
        """Return the row of each key, 0 where the model has none."""
        at = np.searchsorted(self.keys, keys)
        return np.where(self.keys[at] == keys, self.rows[at], 0)


class FeatureIndex:
    """The rows of the features that a unit is given by its neighbours and by its run."""

    def __init__(self, places: Mapping[str, int]) -> None:
        """Read the names of the features; `places` gives the row of each."""
        named: dict[str, dict[str, int]] = defaultdict(dict)
        for feature, row in places.items():
            name, _, value = feature.partition("=")
            named[name][value] = row
        pairs = {name: _pairs_in(named[name]) for name in ("W+", "W-", "T+", "T-")}
        self.traits = TraitRows(named)
        self.words = _numbered(chain.from_iterable(_words_in(named, pairs)))
        self.tags = _numbered(chain.from_iterable(_tags_in(named, pairs)))
        left, right = ([*_cluster_pairs(named[name])] for name in ("C+", "C-"))
        self.clusters = _numbered(name for first, _, second, _ in (*left, *right) for name in (first, second))
        self.word_left = _numbered_pairs(pairs["W+"], self.words, self.words)
        self.word_right = _numbered_pairs(pairs["W-"], self.words, self.words)
        self.tag_word = _numbered_pairs(pairs["T+"], self.tags, self.words)
        self.word_tag = _numbered_pairs(pairs["T-"], self.words, self.tags)
        self.cluster_left, self.cluster_right = self._by_cluster(left), self._by_cluster(right)
        self.around = _lookup(_around(named, self.tags))
        self.spaces = np.array([[places.get(f"S={left}{right}", 0) for right in (0, 1)] for left in (0, 1)], np.int64)
        self.behind = _lookup(
            (behind_key(at, self.words[value], 0), row)
            for at, place in enumerate(PLACES_IN_RUN)
            for value, row in named[f"{place}a"].items()
        )
        self.behind_measured = _lookup(self._measured(named))

    def _measured(self, named: _Named) -> Iterator[tuple[int, int]]:
        for at, place in enumerate(PLACES_IN_RUN):
            for value, row in named[f"{place}as"].items():
                following, _, measure = value.rpartition("|")
                yield behind_key(at, self.words[following], measure_number(measure)), row

    def _by_cluster(self, pairs: Iterable[tuple[str, int, str, int]]) -> Numbers:
        """Return the rows by the cluster before, whether a blank stands between, and the cluster behind."""
        table = np.zeros((len(self.clusters) + 1, 2, len(self.clusters) + 1), np.int64)
        for first, apart, second, row in pairs:
            table[self.clusters[first], apart, self.clusters[second]] = row
        return table


def _cluster_pairs(features: Mapping[str, int]) -> Iterator[tuple[str, int, str, int]]:
    """Yield the cluster before, whether a blank stands between, the cluster behind and the row, in each way to read it.

    `1011` may be 1, 0, 11 or 10, 1, 1: the trainer takes both for one feature.
    """
    for value, row in features.items():
        for at in range(1, len(value) - 1):
            first, second = value[:at], value[at + 1 :]
            if value[at] in "01" and _is_cluster(first) and _is_cluster(second):
                yield first, int(value[at]), second, row


def _is_cluster(name: str) -> bool:
    """Tell whether this is the number of a cluster, or a tag, which stands for words without one."""
    if name.isdigit():
        return name == str(int(name))
    return not any(character.isdigit() for character in name)


def pair_keys(first: Numbers, second: Numbers) -> Numbers:
    """Return the keys of pairs of numbered words or tags."""
    return first * _WIDTH + second


def around_keys(before: Numbers, left: Numbers, tag: Numbers, right: Numbers, behind: Numbers) -> Numbers:
    """Return the keys of three tags and the blanks between them."""
    return ((((before * 2 + left) << 14) + tag) * 2 + right << 14) + behind


def behind_key(place: int, following: int, measure: int) -> int:
    """Return the key of what is glued behind a run, at one place of the run; a measure of 0 leaves that out."""
    return (place * 16 + measure) * _WIDTH + following


def behind_keys(places: Numbers, following: Numbers, measures: Numbers) -> Numbers:
    """Return the keys as `behind_key` does, for all units of runs at once."""
    return (places * 16 + measures) * _WIDTH + following


def measure_number(measure: str) -> int:
    """Return the number, from 1, of what `measure_of` yields; 0 for nothing."""
    return 1 + 6 * int(measure[0]) + int(measure[1]) - 1 if measure else 0


class _Pairs(NamedTuple):
    """What stands before and behind the bar of each feature, and the row of the feature, in columns."""

    left: list[str]
    right: list[str]
    rows: list[int]


def _pairs_in(features: Mapping[str, int]) -> _Pairs:
    parted = [value.partition("|") for value in features]
    left, right = [first for first, _, _ in parted], [second for _, _, second in parted]
    for at, value in enumerate(features):
        if not left[at] and value.startswith("||"):  # the bar may be one of the sides itself
            left[at], right[at] = "|", value[2:]
    return _Pairs(left, right, [*features.values()])


def _numbered_pairs(pairs: _Pairs, first: Mapping[str, int], second: Mapping[str, int]) -> Lookup:
    left = np.array([first[name] for name in pairs.left], np.int64)
    right = np.array([second[name] for name in pairs.right], np.int64)
    return _sorted(left * _WIDTH + right, np.array(pairs.rows, np.int64))


def _words_in(named: _Named, pairs: Mapping[str, _Pairs]) -> Iterator[Iterable[str]]:
    yield from (("_", *_BOUNDARIES), pairs["W+"].left, pairs["W+"].right, pairs["W-"].left, pairs["W-"].right)
    yield from (pairs["T+"].right, pairs["T-"].left)
    for place in PLACES_IN_RUN:
        yield named[f"{place}a"]
        yield [value.rpartition("|")[0] for value in named[f"{place}as"]]


def _tags_in(named: _Named, pairs: Mapping[str, _Pairs]) -> Iterator[Iterable[str]]:
    yield from (_BOUNDARIES, named["0t"], pairs["T+"].left, pairs["T-"].right)
    for value in named["TTT"]:
        yield value.replace("0", "1").split("1")


def _around(named: _Named, tags: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for value, row in named["TTT"].items():
        before, tag, behind = value.replace("0", "1").split("1")
        left, right = int(value[len(before)]), int(value[len(before) + 1 + len(tag)])
        yield ((((tags[before] * 2 + left) << 14) + tags[tag]) * 2 + right << 14) + tags[behind], row


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(dict.fromkeys(names), start=1)}


def _lookup(pairs: Iterable[tuple[int, int]]) -> Lookup:
    found = np.array([*pairs], np.int64).reshape(-1, 2)
    return _sorted(found[:, 0], found[:, 1])


def _sorted(keys: Numbers, rows: Numbers) -> Lookup:
    order = np.argsort(keys, kind="stable")
    # The last key is above all others, so that whatever is looked for finds a place.
    return Lookup(np.append(keys[order], np.iinfo(np.int64).max), np.append(rows[order], 0))
