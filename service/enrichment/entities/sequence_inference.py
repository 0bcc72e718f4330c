"""The probabilities of labels in a chain, and the labels: forward and backward sums over all ways to label it.

Most units are surely no names: the chain is cut there into short stretches, and these are worked through side by
side. Source: Sutton and McCallum, An Introduction to Conditional Random Fields (2012), 4.1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.enrichment.entities.sequence_weights import Floats

_SURE = 8.0
"""By so much `no name` must weigh more than any other label: then 99 % of sentences are labelled as without the cut."""
_SIDE_BY_SIDE = 256  # stretches


class Labelling(NamedTuple):
    """The number of the most probable label of each unit, and how probable all others are together."""

    labels: NDArray[np.intp]
    doubts: Floats


def label(scores: Floats, ends: NDArray[np.bool_], transitions: Floats) -> Labelling:
    """Return the labels of units by their scores; `ends` marks the last unit of each sequence, label 0 is no name."""
    labels = np.zeros(len(scores), np.intp)
    doubts = np.zeros(len(scores), np.float32)
    doubtful = scores[:, 0] - scores[:, 1:].max(axis=1, initial=-np.inf) < _SURE
    first, last = _stretches(doubtful, ends)
    weights = np.exp(transitions)
    order = np.argsort(last - first, kind="stable")
    for at in range(0, len(order), _SIDE_BY_SIDE):
        chosen = order[at : at + _SIDE_BY_SIDE]
        _label_stretches(scores, ends, weights, first[chosen], last[chosen], labels, doubts)
    return Labelling(labels, doubts)


def _stretches(doubtful: NDArray[np.bool_], ends: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first and the last unit of each run of doubtful ones within a sequence."""
    begins = np.ones(len(ends), np.bool_)
    begins[1:] = ends[:-1]
    before, behind = np.zeros(len(ends), np.bool_), np.zeros(len(ends), np.bool_)
    before[1:], behind[:-1] = doubtful[:-1], doubtful[1:]
    first = np.flatnonzero(doubtful & (begins | ~before))
    last = np.flatnonzero(doubtful & (ends | ~behind))
    return first, last


def _label_stretches(
    scores: Floats,
    ends: NDArray[np.bool_],
    transitions: Floats,
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    labels: NDArray[np.intp],
    doubts: Floats,
) -> None:
    """Write the labels and doubts of stretches of about the same length."""
    lengths = last - first + 1
    steps = int(lengths.max())
    places = np.minimum(first[:, None] + np.arange(steps), last[:, None])
    weights = np.exp(scores[places] - scores[places].max(axis=2, keepdims=True))
    held = np.arange(steps) < lengths[:, None]
    begins = np.where(first > 0, ends[first - 1], True)
    start = np.where(begins[:, None], 1.0, transitions[0]).astype(np.float32)
    end = np.where(ends[last][:, None], 1.0, transitions[:, 0]).astype(np.float32)
    forward = np.empty_like(weights)
    state = start
    for step in range(steps):
        state = (state if not step else state @ transitions) * weights[:, step]
        state /= state.sum(axis=1, keepdims=True)
        forward[:, step] = state
    state = end
    for step in reversed(range(steps)):
        if step + 1 < steps:
            ahead = (state * weights[:, step + 1]) @ transitions.T
            state = np.where(held[:, step + 1, None], ahead, end)
            state /= state.sum(axis=1, keepdims=True)
        forward[:, step] *= state
    best = forward.argmax(axis=2)
    total = forward.sum(axis=2)
    np.put_along_axis(forward, best[..., None], 0.0, axis=2)  # the others are added up, as 1 - p would be rounded to 0
    labels[places[held]] = best[held]
    doubts[places[held]] = (forward.sum(axis=2) / total)[held]
