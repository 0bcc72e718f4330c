"""The trained sequence model: a conditional random field over morphemes, and what it names in a text.

The model, the features it has weights for and where it comes from lie in `service/enrichment/data/entity_model/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from threading import local
from typing import Literal, NamedTuple

import pycrfsuite

from service.enrichment.entities.unit_features import Featurizer
from service.enrichment.entities.units import units_of
from service.korean.analysis import Analysis, Morpheme

TaggedType = Literal["PS", "LC", "OG", "DT", "TI", "QT"]
_LONGEST = 400  # units of one sequence; a longer stretch without a full stop is cut
_NO_NAME = "O"


class TaggedSpan(NamedTuple):
    """A stretch of a text that the model names: code points, end exclusive; as probable as its least certain unit."""

    start: int
    end: int
    type: TaggedType
    probability: float


class SequenceModel:
    """Tags texts; one instance serves every thread and process, as each thread gets a tagger of its own."""

    def __init__(self, model: bytes, known: frozenset[str] | None) -> None:
        self._model = model  # the taggers read from these very bytes
        self._featurize = Featurizer(known)
        self._taggers = local()

    def tag(self, analysis: Analysis) -> tuple[TaggedSpan, ...]:
        """Return what the model names in a text, in order, without overlaps."""
        return tuple(span for units in sequences_of(analysis) for span in self._tag(units))

    def _tag(self, units: Sequence[Morpheme]) -> Iterator[TaggedSpan]:
        tagger = self._tagger()
        labels: list[str] = tagger.tag(self._featurize(units))
        for first, last, kind in runs_of(labels):
            certainty = min(tagger.marginal(labels[at], at) for at in range(first, last))
            yield TaggedSpan(units[first].start, units[last - 1].end, kind, certainty)

    def _tagger(self) -> pycrfsuite.Tagger:
        # One a thread: a tagger keeps the sequence it is at, so it must not be shared.
        tagger: pycrfsuite.Tagger | None = getattr(self._taggers, "tagger", None)
        if tagger is None:
            tagger = pycrfsuite.Tagger()
            tagger.open_inmemory(self._model)
            self._taggers.tagger = tagger
        return tagger


@cache
def shipped_model() -> SequenceModel:
    """Return the model that comes with the service, read once a process."""
    return read_model(files("service.enrichment").joinpath("data", "entity_model"))


def read_model(folder: Traversable) -> SequenceModel:
    """Return the model of a folder as `training/` writes one."""
    known = frozenset(folder.joinpath("features.txt").read_text("utf-8").split("\n"))
    return SequenceModel(folder.joinpath("model.crfsuite").read_bytes(), known)


def sequences_of(analysis: Analysis) -> Iterator[list[Morpheme]]:
    """Yield the units of a text cut where a sentence or a line ends."""
    text = analysis.text
    sequence: list[Morpheme] = []
    for unit in units_of(analysis):
        if sequence:
            last = sequence[-1]
            apart = unit.start > last.end
            if (apart and (last.tag == "SF" or "\n" in text[last.end : unit.start])) or len(sequence) >= _LONGEST:
                yield sequence
                sequence = []
        sequence.append(unit)
    if sequence:
        yield sequence


def labels_of(units: Sequence[Morpheme], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the label of each unit: `B-`, `I-`, `E-` within a span, `S-` for one of a single unit, `O` elsewhere."""
    labels = [_NO_NAME] * len(units)
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
        place, own = label[0], label[2:]
        if kind and (label == _NO_NAME or own != kind or place in "BS"):
            yield first, at, kind  # type: ignore[misc]  # the labels of the model end in its types
            kind = ""
        if own and not kind:
            first, kind = at, own
        if place in "ES" and kind:
            yield first, at + 1, kind  # type: ignore[misc]
            kind = ""
    if kind:
        yield first, len(labels), kind  # type: ignore[misc]
