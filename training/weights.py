"""The weights of crfsuite's model files: read, added up, pruned, and written as the service reads them.

crfsuite has no call for it: a file is read as its source lays it out (crf1d_model.c, cqdb.c of CRFsuite 0.12).
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.enrichment.entities.sequence_weights import NO_NAME

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_DATABASE = struct.Struct("<4sIIIII")
_STATE = 0  # the kind of a feature that ties an attribute to a label; the other ties two labels


class Weights(NamedTuple):
    """The weights of a model: of (feature, label) and of (label, next label)."""

    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]


class _Layout(NamedTuple):
    """Where the features of a file begin, how many there are, and what their numbers mean."""

    start: int
    count: int
    attributes: dict[int, str]
    labels: dict[int, str]


def read_weights(path: Path) -> Weights:
    """Return the weights of a model file."""
    content = path.read_bytes()
    layout = _layout(content)
    weights = Weights({}, {})
    for at in range(layout.count):
        kind, source, target, weight = _FEATURE.unpack_from(content, layout.start + at * _FEATURE.size)
        if kind == _STATE:
            weights.states[layout.attributes[source], layout.labels[target]] = weight
        else:
            weights.transitions[layout.labels[source], layout.labels[target]] = weight
    return weights


def summed(models: Iterable[tuple[Weights, float]]) -> Weights:
    """Return the sum of the weights of several models, each times its factor."""
    states: defaultdict[tuple[str, str], float] = defaultdict(float)
    transitions: defaultdict[tuple[str, str], float] = defaultdict(float)
    for model, factor in models:
        for pair, weight in model.states.items():
            states[pair] += factor * weight
        for pair, weight in model.transitions.items():
            transitions[pair] += factor * weight
    return Weights(dict(states), dict(transitions))


def pruned(weights: Weights, smallest: float) -> Weights:
    """Return the weights without those of features that are nearer to zero than `smallest`."""
    return Weights(
        {pair: weight for pair, weight in weights.states.items() if abs(weight) >= smallest}, weights.transitions
    )


def write_weights(weights: Weights, path: Path) -> None:
    """Write the file that the service reads; the same weights give the same bytes."""
    labels = [NO_NAME, *sorted({label for pair in weights.transitions for label in pair} - {NO_NAME})]
    numbers = {label: number for number, label in enumerate(labels)}
    by_feature: dict[str, list[tuple[int, float]]] = {}
    for (feature, label), weight in sorted(weights.states.items()):
        by_feature.setdefault(feature, []).append((numbers[label], weight))
    transitions = np.zeros((len(labels), len(labels)), np.float32)
    for (first, second), weight in weights.transitions.items():
        transitions[numbers[first], numbers[second]] = weight
    np.savez(
        path,
        labels=_bytes(labels),
        features=_bytes(by_feature),
        counts=np.array([len(own) for own in by_feature.values()], np.uint8),
        targets=np.array([target for own in by_feature.values() for target, _ in own], np.uint8),
        weights=np.array([weight for own in by_feature.values() for _, weight in own], np.float32),
        transitions=transitions,
    )


def _bytes(names: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _layout(content: bytes) -> _Layout:
    header = _HEADER.unpack_from(content)
    features, labels, attributes = header[7:10]
    _, _, count = _CHUNK.unpack_from(content, features)
    return _Layout(features + _CHUNK.size, count, _names(content, attributes), _names(content, labels))


def _names(content: bytes, start: int) -> dict[int, str]:
    """Return the strings of one of the file's databases by their numbers."""
    _, _, _, _, count, backward = _DATABASE.unpack_from(content, start)
    names = {}
    for (offset,) in struct.iter_unpack("<I", content[start + backward : start + backward + 4 * count]):
        number, length = struct.unpack_from("<II", content, start + offset)
        names[number] = content[start + offset + 8 : start + offset + 7 + length].decode()
    return names
