"""How much the features of each unit speak for each label: the rows of the model summed, for a whole text at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from service.enrichment.entities.feature_index import FeatureIndex, Numbers, around_keys, behind_keys, pair_keys
from service.enrichment.entities.kind_rows import KindRows
from service.enrichment.entities.sequence_weights import Floats, SequenceWeights
from service.enrichment.entities.unit_features import LONGEST_RUN
from service.korean.analysis import Morpheme

_MOST_ROWS = 1 << 18  # then the kept ones are dropped: some 60 MB with what they stand for
_SINGLE, _BEGIN, _INSIDE, _END = range(4)


class SequenceScores:
    """Scores the units of sequences; one instance serves every thread."""

    def __init__(self, weights: SequenceWeights) -> None:
        self._weights = weights
        self._index = FeatureIndex(weights.places)
        self._nothing_behind = self._index.words["_"]
        self._lock = Lock()
        self._kinds = KindRows(weights, self._index)
        # A process forked while another thread held the lock would wait for it for ever.
        os.register_at_fork(after_in_child=self._renew)

    def __call__(self, sequences: Sequence[Sequence[Morpheme]]) -> Floats:
        """Return the scores of all units of the sequences in order, by unit and label."""
        numbers, real, apart = self._framed(sequences)
        with self._lock:
            if self._kinds.rows > _MOST_ROWS:
                self._kinds = KindRows(self._weights, self._index)
            kinds = self._kinds
            of = np.array(kinds.numbers_of(numbers), np.int64)
            base, words, tags, clusters, measures, in_run = kinds.traits(of)
            first, last = _runs(in_run, apart)
            runs = np.zeros(len(of), np.int64)
            runs[first] = base[first] + 5
            measured = measures[first]
            for at in np.flatnonzero(last > first).tolist():
                start, end = int(first[at]), int(last[at])
                found, measured[at] = kinds.run(of[start : end + 1].tobytes(), numbers[start : end + 1])
                runs[start], runs[start + 1 : end], runs[end] = found, found + 1, found + 2
            sums = kinds.sums()
        scores = sums[_around(base)].sum(axis=0) + sums[runs]
        self._add_neighbours(scores, words, tags, clusters, apart)
        self._add_behind_runs(scores, first, last, measured, words, apart)
        chosen: Floats = scores[real]
        return chosen

    def _renew(self) -> None:
        self._lock = Lock()
        self._kinds = KindRows(self._weights, self._index)

    def _framed(
        self, sequences: Sequence[Sequence[Morpheme]]
    ) -> tuple[list[tuple[str, str, str | None]], NDArray[np.bool_], NDArray[np.bool_]]:
        """Return what the units are with a mark at each end of a sequence, which are real, and which stand apart."""
        keys: list[tuple[str, str, str | None]] = []
        starts, ends = [], []
        for sequence in sequences:
            keys.append(("", "^", None))
            keys += [unit[:3] for unit in sequence]
            keys.append(("", "$", None))
            starts += [0, *(unit[4] for unit in sequence), 1]
            ends += [-1, *(unit[5] for unit in sequence), 0]
        real = np.array(ends) > 0
        apart = np.ones(len(keys), np.bool_)
        apart[1:] = (np.array(starts)[1:] > np.array(ends)[:-1]) | ~real[1:] | ~real[:-1]
        return keys, real, apart

    def _add_neighbours(
        self, scores: Floats, words: Numbers, tags: Numbers, clusters: Numbers, apart: NDArray[np.bool_]
    ) -> None:
        index, rows = self._index, self._weights.rows
        between = apart[1:].astype(np.int64)
        left = index.cluster_left[clusters[:-1], between, clusters[1:]]
        right = index.cluster_right[clusters[:-1], between, clusters[1:]]
        pairs = pair_keys(words[:-1], words[1:])
        scores[:-1] += rows[left] + rows[index.tag_word.find(pair_keys(tags[:-1], words[1:]))]
        scores[1:] += rows[right] + rows[index.word_tag.find(pair_keys(words[:-1], tags[1:]))]
        _add_some(scores[:-1], rows, index.word_left.find(pairs))
        _add_some(scores[1:], rows, index.word_right.find(pairs))
        around = around_keys(tags[:-2], between[:-1], tags[1:-1], between[1:], tags[2:])
        scores[1:-1] += rows[index.spaces[between[:-1], between[1:]]]
        _add_some(scores[1:-1], rows, index.around.find(around))

    def _add_behind_runs(
        self,
        scores: Floats,
        first: Numbers,
        last: Numbers,
        measured: Numbers,
        words: Numbers,
        apart: NDArray[np.bool_],
    ) -> None:
        following = np.where(apart[last + 1], self._nothing_behind, words[last + 1])
        lengths = last - first + 1
        units = np.repeat(first - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
        places = np.full(len(units), _INSIDE, np.int64)
        begins = np.cumsum(lengths) - lengths
        places[begins + lengths - 1] = _END
        places[begins] = np.where(lengths == 1, _SINGLE, _BEGIN)
        followed, measures = np.repeat(following, lengths), np.repeat(measured, lengths)
        rows = self._weights.rows
        scores[units] += rows[self._index.behind.find(behind_keys(places, followed, np.zeros_like(measures)))]
        told = self._index.behind_measured.find(behind_keys(places, followed, measures))
        scores[units] += rows[np.where(measures > 0, told, 0)]


def _around(base: Numbers) -> Numbers:
    """Return the rows that each unit takes from itself, the last, the next, the second last and the second next one."""
    rows = np.zeros((5, len(base)), np.int64)
    rows[0] = base
    rows[1, 1:] = base[:-1] + 1
    rows[2, :-1] = base[1:] + 2
    rows[3, 2:] = base[:-2] + 3
    rows[4, :-2] = base[2:] + 4
    return rows


def _runs(in_run: NDArray[np.bool_], apart: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Return the first and the last unit of each run; one that is too long is cut."""
    begins = in_run.copy()
    begins[1:] &= ~in_run[:-1] | apart[1:]
    ends = in_run.copy()
    ends[:-1] &= ~in_run[1:] | apart[1:]
    first, last = np.flatnonzero(begins), np.flatnonzero(ends)
    if len(first) and int((last - first).max()) >= LONGEST_RUN:
        cut = [
            (start, min(start + LONGEST_RUN - 1, int(end)))
            for begin, end in zip(first, last, strict=True)
            for start in range(int(begin), int(end) + 1, LONGEST_RUN)
        ]
        first, last = np.array([start for start, _ in cut]), np.array([end for _, end in cut])
    return first, last


def _add_some(scores: Floats, rows: Floats, found: Numbers) -> None:
    """Add the rows found to the scores, where few are found."""
    hits = np.flatnonzero(found)
    scores[hits] += rows[found[hits]]
