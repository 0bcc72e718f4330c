"""The weights of crfsuite's model files: read, averaged, pruned, and written again as a model file.

crfsuite has no call for either. A file is read as its source lays it out (crf1d_model.c, cqdb.c of CRFsuite 0.12).
It is written by having crfsuite train one step on made-up sequences that hold just the wanted pairs of feature and
label, and then setting the weights in that file.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_DATABASE = struct.Struct("<4sIIIII")
_STATE = 0  # the kind of a feature that ties an attribute to a label; the other ties two labels
_FILLER = "_"


class Weights(NamedTuple):
    """The weights of a model: of (feature, label) and of (label, next label)."""

    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]

    def features(self) -> frozenset[str]:
        """Return the features that have a weight."""
        return frozenset(feature for feature, _ in self.states)


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
    """Write a model file that holds just these weights; the same weights give the same bytes."""
    _write_frame(weights, path)
    content = bytearray(path.read_bytes())
    layout = _layout(bytes(content))
    for at in range(layout.count):
        place = layout.start + at * _FEATURE.size
        kind, source, target, _ = _FEATURE.unpack_from(content, place)
        held: Mapping[tuple[str, str], float]
        if kind == _STATE:
            held, pair = weights.states, (layout.attributes[source], layout.labels[target])
        else:
            held, pair = weights.transitions, (layout.labels[source], layout.labels[target])
        _FEATURE.pack_into(content, place, kind, source, target, held.get(pair, 0.0))
    path.write_bytes(content)


def _write_frame(weights: Weights, path: Path) -> None:
    """Write a model file with the wanted pairs and weights that mean nothing."""
    labels = sorted({label for pair in weights.transitions for label in pair} | {label for _, label in weights.states})
    features: dict[str, list[str]] = {label: [] for label in labels}
    for feature, label in sorted(weights.states):
        features[label].append(feature)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"max_iterations": 1, "c1": 0, "c2": 1, "feature.possible_transitions": True})
    for label in labels:
        trainer.append([features[label] or [_FILLER]], [label])
    followed = [label for first in labels for second in labels for label in (first, second)]
    trainer.append([[_FILLER]] * len(followed), followed)
    trainer.train(str(path))


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
