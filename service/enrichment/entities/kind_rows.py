"""What kinds of units and runs of them weigh, summed once and kept: rows by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from service.enrichment.entities.feature_index import FeatureIndex, Numbers, measure_number
from service.enrichment.entities.sequence_weights import Floats, SequenceWeights
from service.enrichment.entities.unit_features import is_in_run
from service.enrichment.entities.unit_kinds import UnitKind, kind_of, measure_of

Key = tuple[str, str, str | None]
"""The surface, the tag and the class of a unit."""
_ROWS = 6  # of a kind: for itself, the next, the last, the second next and the second last unit, and as a run alone


class KindRows:
    """Numbers kinds of units; each has its traits in numbers, and rows of weights for its places around a unit."""

    def __init__(self, weights: SequenceWeights, index: FeatureIndex) -> None:
        self._weights, self._index = weights, index
        self.rows = _ROWS  # the first ones weigh nothing
        self._sums: Floats = np.zeros((1 << 12, len(weights.labels)), np.float32)
        self._filled = self.rows
        self._waiting: list[int] = []
        self._starts: list[int] = []
        self._targets: list[int] = []
        self._numbers: dict[Key, int] = {}
        self._traits: NDArray[np.int64] = np.zeros((1 << 10, 6), np.int64)
        self._runs: dict[bytes, tuple[int, int]] = {}
        for mark in "^$":
            self._keep(("", mark, None), UnitKind("", mark, mark, mark, mark, "", {}), 0)

    def numbers_of(self, keys: Iterable[Key]) -> list[int]:
        """Return the numbers of units."""
        held = self._numbers
        try:
            return [held[key] for key in keys]
        except KeyError:
            return [held[key] if key in held else self._number(key) for key in keys]

    def traits(self, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers, NDArray[np.bool_]]:
        """Return the first row, the word, the tag, the cluster, the measure, and whether it is in runs, of each."""
        base, words, tags, clusters, measures, in_run = self._traits[numbers].T
        return base, words, tags, clusters, measures, in_run.astype(np.bool_)

    def run(self, numbers: bytes, keys: Sequence[Key]) -> tuple[int, int]:
        """Return the first of the three rows of a run (its first unit, those inside, its last) and its measure."""
        found = self._runs.get(numbers)
        if found is None:
            kinds = [kind_of(*key) for key in keys]
            measure = measure_of("".join(kind.surface for kind in kinds), [kind.tag for kind in kinds])
            found = self._runs[numbers] = self.rows, measure_number(measure)
            for held in self._index.traits.of_run(kinds)[:3]:
                self._row(held)
        return found

    def sums(self) -> Floats:
        """Return the rows of all kinds and runs so far; those of the same numbers never change."""
        if self.rows > len(self._sums):
            grown = np.zeros((2 * self.rows, self._sums.shape[1]), np.float32)
            grown[: self._filled] = self._sums[: self._filled]
            self._sums = grown
        if self._starts:
            self._sums[self._targets] = np.add.reduceat(self._weights.rows[self._waiting], self._starts, axis=0)
            self._waiting, self._starts, self._targets = [], [], []
        self._filled = self.rows
        return self._sums

    def _number(self, key: Key) -> int:
        base = self.rows
        kind = kind_of(*key)
        for held in (*self._index.traits.of_kind(kind), self._index.traits.of_run((kind,))[3]):
            self._row(held)
        return self._keep(key, kind, base)

    def _keep(self, key: Key, kind: UnitKind, base: int) -> int:
        number = self._numbers[key] = len(self._numbers)
        if number >= len(self._traits):
            self._traits = np.concatenate((self._traits, np.zeros_like(self._traits)))
        index = self._index
        self._traits[number] = (
            base,
            index.words.get(kind.word, 0),
            index.tags.get(kind.tag, 0),
            index.clusters.get(kind.coarse, 0),
            measure_number(kind.measure),
            is_in_run(kind.tag),
        )
        return number

    def _row(self, held: Sequence[int]) -> None:
        """Number the next row: the sum of these rows of weights, made by `sums`."""
        if held:
            self._starts.append(len(self._waiting))
            self._targets.append(self.rows)
            self._waiting += held
        self.rows += 1
