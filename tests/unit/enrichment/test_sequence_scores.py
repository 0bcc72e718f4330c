"""The scores by numbers are the sums over the features by name, and the labels are those of the whole chain."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise, product

import numpy as np
import pytest

from service.enrichment.entities.sequence_inference import label
from service.enrichment.entities.sequence_model import sequences_of
from service.enrichment.entities.sequence_scores import SequenceScores
from service.enrichment.entities.sequence_weights import SequenceWeights, read_weights
from service.enrichment.entities.unit_features import features_of
from service.korean.analysis import analyze

_TEXTS = (
    "지난 8일 오후 3시 김하람 가온시장은 부산을 찾아 시민 1200명에게 “내년 3월까지 끝내겠다”고 말했다.",
    "㈜나래(대표 강라온)는 12.5%, 3억5000만원을 냈다. 尹대통령·美 국무장관; A|B=C 0101 1011호\n둘째 줄",
    "가나다라마바사아자차카타파하1234가나다라ABCD마바사아자차카타파하가나다라마바사아자차카타파하",
    "|| = | _ ^ $ ||",
)


@pytest.fixture(scope="module")
def weights() -> SequenceWeights:
    return read_weights(files("service.enrichment").joinpath("data", "entity_model", "model.npz"))


def test_a_unit_scores_what_its_features_weigh(weights: SequenceWeights) -> None:
    sequences = [units for text in _TEXTS for units in sequences_of(analyze(text))]
    expected = [
        weights.rows[[weights.places.get(feature, 0) for feature in features]].sum(axis=0)
        for units in sequences
        for features in features_of(units)
    ]
    scores = SequenceScores(weights)
    assert scores(sequences) == pytest.approx(np.array(expected), abs=1e-3)
    assert scores(sequences[1:]) == pytest.approx(np.array(expected)[len(sequences[0]) :], abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_labels_and_doubts_are_those_of_all_ways_to_label_the_chain(seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(0, 2, (9, 3)).astype(np.float32)
    scores[4, 0] += 40  # surely no name: the chain is cut there
    transitions = chance.normal(0, 1, (3, 3)).astype(np.float32)
    ends = np.array([False, False, True, False, False, False, False, True, True])
    found = label(scores, ends, transitions)
    start = 0
    for end in np.flatnonzero(ends):
        own = scores[start : end + 1]
        shares = np.zeros_like(own, dtype=float)
        for way in product(range(3), repeat=len(own)):
            weight = np.exp(
                sum(own[at, one] for at, one in enumerate(way))
                + sum(transitions[first, second] for first, second in pairwise(way))
            )
            for at, one in enumerate(way):
                shares[at, one] += weight
        shares /= shares.sum(axis=1, keepdims=True)
        assert found.labels[start : end + 1].tolist() == shares.argmax(axis=1).tolist()
        assert found.doubts[start : end + 1] == pytest.approx(1 - shares.max(axis=1), abs=1e-3)
        start = end + 1


def test_no_units_have_no_labels() -> None:
    found = label(np.zeros((0, 3), np.float32), np.zeros(0, np.bool_), np.zeros((3, 3), np.float32))
    assert len(found.labels) == 0
