"""The file of the trained model: for each feature and for each pair of labels, what it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NO_NAME = "O"


class SequenceWeights(NamedTuple):
    """A linear-chain conditional random field: `rows[places[feature]]` is what a feature weighs for each label.

    Row 0 is that of features without weights.
    """

    labels: tuple[str, ...]
    """`NO_NAME` first, then `B-`, `I-`, `E-` and `S-` with each type."""
    transitions: Floats
    """By the label before and the label."""
    places: Mapping[str, int]
    rows: Floats


def read_weights(file: Traversable) -> SequenceWeights:
    """Return the weights of a file that `training/weights.py` wrote."""
    with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as held:
        labels = tuple(held["labels"].tobytes().decode().split("\n"))
        features = held["features"].tobytes().decode().split("\n")
        rows = np.zeros((len(features) + 1, len(labels)), np.float32)
        rows[1 + np.repeat(np.arange(len(features)), held["counts"]), held["targets"]] = held["weights"]
        return SequenceWeights(labels, held["transitions"], {name: at for at, name in enumerate(features, 1)}, rows)
