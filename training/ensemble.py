"""Trains the models whose weights are put together into the one that is shipped.

Averaged perceptrons, each on other sentences and features, make one opinion; a conditional random field fitted by
L-BFGS to all of them makes the other. Their weights are added (a logarithmic opinion pool, Smith et al. 2005).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from training.weights import Weights, pruned, read_weights, summed

Labelled = tuple[list[list[str]], list[str]]
"""A sequence as crfsuite takes it: the features of each unit, and the label of each."""


class Parameters(NamedTuple):
    """How the members are trained and put together."""

    members: int = 16
    """Perceptrons."""
    iterations: tuple[int, ...] = (10, 6)
    """Passes over the sentences, by turns."""
    shares: tuple[float, ...] = (0.8, 1.0)
    """Which share of the sentences a member sees, by turns."""
    left_out: float = 0.2
    """How likely a member does without a kind of feature."""
    l1: float = 0.15
    l2: float = 0.1
    steps: int = 70
    """Of L-BFGS."""
    perceptrons: float = 0.3
    """What the mean of the perceptrons counts beside the field, as their weights are larger."""
    smallest: float = 0.1
    """Weights nearer to zero are dropped."""
    seed: int = 7


def train_ensemble(sequences: Sequence[Labelled], folder: Path, parameters: Parameters) -> Weights:
    """Return the averaged weights of all members; the same sequences give the same weights."""
    chance = random.Random(parameters.seed)
    kinds = sorted({_kind(feature) for features, _ in sequences for unit in features for feature in unit})
    members = []
    weight = parameters.perceptrons / max(1, parameters.members)
    for turn in range(parameters.members):
        left_out = frozenset(kind for kind in kinds if chance.random() < parameters.left_out)
        share = parameters.shares[turn % len(parameters.shares)]
        drawn = [sequence for sequence in sequences if chance.random() < share]
        chance.shuffle(drawn)
        passes = parameters.iterations[turn % len(parameters.iterations)]
        members.append(_trained(_without(drawn, left_out), "averaged-perceptron", {"max_iterations": passes}, folder))
    penalties = {"c1": parameters.l1, "c2": parameters.l2, "max_iterations": parameters.steps}
    field = _trained(iter(sequences), "lbfgs", penalties, folder)
    return pruned(summed(((field, 1.0), *((one, weight) for one in members))), parameters.smallest)


def _trained(sequences: Iterator[Labelled], algorithm: str, settings: Mapping[str, float], folder: Path) -> Weights:
    path = folder / "member.crfsuite"
    trainer = pycrfsuite.Trainer(algorithm=algorithm, verbose=False)
    trainer.set_params(settings)
    for features, labels in sequences:
        trainer.append(features, labels)
    trainer.train(str(path))
    weights = read_weights(path)
    path.unlink()
    return weights


def _without(sequences: Sequence[Labelled], kinds: frozenset[str]) -> Iterator[Labelled]:
    for features, labels in sequences:
        yield [[feature for feature in unit if _kind(feature) not in kinds] for unit in features], labels


def _kind(feature: str) -> str:
    return feature.partition("=")[0]
