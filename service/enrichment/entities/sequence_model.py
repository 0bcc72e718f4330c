"""The trained sequence model: a conditional random field over morphemes, and what it names in a text.

The model, the features it has weights for and where it comes from lie in `service/enrichment/data/entity_model/`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import numpy as np

from service.enrichment.entities.sequence_inference import label as label_units
from service.enrichment.entities.sequence_scores import SequenceScores
from service.enrichment.entities.sequence_weights import NO_NAME, SequenceWeights, read_weights
from service.enrichment.entities.units import units_of
from service.korean.analysis import Analysis, Morpheme

TaggedType = Literal["PS", "LC", "OG", "DT", "TI", "QT"]
_LONGEST = 400  # units of one sequence; a longer stretch without a full stop is cut
_SOBERING = 0.25  # measured on sentences that a model had not seen; see training/README.md
_BATCH = 4_000  # units labelled side by side


class TaggedSpan(NamedTuple):
    """A stretch of a text that the model names: code points, end exclusive; as probable as its least certain unit."""

    start: int
    end: int
    type: TaggedType
    probability: float


class SequenceModel:
    """Tags texts; one instance serves every thread, and every process forked from this one."""

    def __init__(self, weights: SequenceWeights) -> None:
        self._labels = weights.labels
        self._transitions = weights.transitions
        self._scores = SequenceScores(weights)

    def tag(self, analyses: Sequence[Analysis]) -> tuple[tuple[TaggedSpan, ...], ...]:
        """Return what the model names in each text of an article, in order, without overlaps."""
        sequences = [[*sequences_of(analysis)] for analysis in analyses]
        spans = self._spans([sequence for text in sequences for sequence in text])
        return tuple(tuple(span for _ in text for span in next(spans)) for text in sequences)

    def _spans(self, sequences: Sequence[Sequence[Morpheme]]) -> Iterator[list[TaggedSpan]]:
        """Yield the spans of each sequence, a batch of sequences at a time so that long texts take no more memory."""
        batch: list[Sequence[Morpheme]] = []
        size = 0
        for sequence in sequences:
            batch.append(sequence)
            size += len(sequence)
            if size >= _BATCH:
                yield from self._label(batch)
                batch, size = [], 0
        if batch:
            yield from self._label(batch)

    def _label(self, sequences: Sequence[Sequence[Morpheme]]) -> Iterator[list[TaggedSpan]]:
        lengths = np.cumsum([len(sequence) for sequence in sequences])
        ends = np.zeros(lengths[-1], np.bool_)
        ends[lengths - 1] = True
        found = label_units(self._scores(sequences), ends, self._transitions)
        labels, doubts = found.labels.tolist(), found.doubts.tolist()
        start = 0
        for sequence in sequences:
            named = [self._labels[at] for at in labels[start : start + len(sequence)]]
            own = doubts[start : start + len(sequence)]
            yield [
                TaggedSpan(sequence[first].start, sequence[last - 1].end, kind, _probability(max(own[first:last])))
                for first, last, kind in runs_of(named)
            ]
            start += len(sequence)


def _probability(doubt: float) -> float:
    """Return how often a label with this doubt is right: the model is surer of itself than it should be."""
    return 1 / (1 + math.pow(doubt / (1 - doubt), _SOBERING))


@cache
def shipped_model() -> SequenceModel:
    """Return the model that comes with the service, read once a process."""
    return SequenceModel(read_weights(files("service.enrichment").joinpath("data", "entity_model", "model.npz")))


def sequences_of(analysis: Analysis) -> Iterator[Sequence[Morpheme]]:
    """Yield the units of a text cut where a sentence or a line ends."""
    text, units = analysis.text, units_of(analysis)
    first, end, stopped = 0, 0, False
    for at, unit in enumerate(units):
        start = unit[4]  # by index, as this is done for every unit
        if at > first and ((start > end and (stopped or "\n" in text[end:start])) or at - first >= _LONGEST):
            yield units[first:at]
            first = at
        end, stopped = unit[5], unit[1] == "SF"
    if units:
        yield units[first:]


def labels_of(units: Sequence[Morpheme], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the label of each unit: `B-`, `I-`, `E-` within a span, `S-` for one of a single unit, `O` elsewhere."""
    labels = [NO_NAME] * len(units)
    for start, end, kind in spans:
        held = [at for at, unit in enumerate(units) if unit.start < end and unit.end > start]
        for at in held:
            place = "S" if len(held) == 1 else "B" if at == held[0] else "E" if at == held[-1] else "I"
            labels[at] = f"{place}-{kind}"
    return labels


def runs_of(labels: Sequence[str]) -> Iterator[tuple[int, int, TaggedType]]:
    """Yield the first unit, the one behind the last, and the type of each labelled stretch."""
    first, kind = 0, ""
    for at, label in enumerate(labels):
        if label == NO_NAME:  # as most are
            if kind:
                yield first, at, kind  # type: ignore[misc]  # the labels of the model end in its types
                kind = ""
            continue
        place, own = label[0], label[2:]
        if kind and (own != kind or place in "BS"):
            yield first, at, kind  # type: ignore[misc]
            kind = ""
        if not kind:
            first, kind = at, own
        if place in "ES":
            yield first, at + 1, kind  # type: ignore[misc]
            kind = ""
    if kind:
        yield first, len(labels), kind  # type: ignore[misc]
