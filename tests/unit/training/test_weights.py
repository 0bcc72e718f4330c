"""crfsuite's model files, and the file that the service reads."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from service.enrichment.entities.sequence_weights import read_weights as read_written
from training.weights import Weights, pruned, read_weights, summed, write_weights

_SEQUENCES = [
    ([["w=가온", "t=NNP"], ["w=은", "t=JX"], ["w=달리", "t=VV"]], ["S-PS", "O", "O"]),
    ([["w=미르", "t=NNP"], ["w=에서", "t=JKB"], ["w=가온", "t=NNP"]], ["S-LC", "O", "S-PS"]),
]


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    path = tmp_path / "trained.crfsuite"
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for features, labels in _SEQUENCES:
        trainer.append(features, labels)
    trainer.train(str(path))
    return path


def test_the_weights_read_are_those_that_crfsuite_tells(trained: Path) -> None:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    told = tagger.info()
    weights = read_weights(trained)
    assert {pair: pytest.approx(weight, abs=1e-5) for pair, weight in weights.states.items()} == told.state_features
    assert {pair: pytest.approx(weight, abs=1e-5) for pair, weight in weights.transitions.items()} == told.transitions


def test_the_service_reads_what_was_written_and_the_same_weights_give_the_same_bytes(
    trained: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    weights = read_weights(trained)
    write_weights(weights, first)
    write_weights(weights, second)
    assert first.read_bytes() == second.read_bytes()
    held = read_written(first)
    for (feature, label), weight in weights.states.items():
        assert held.rows[held.places[feature], held.labels.index(label)] == pytest.approx(weight)
    for (before, label), weight in weights.transitions.items():
        assert held.transitions[held.labels.index(before), held.labels.index(label)] == pytest.approx(weight)
    assert not held.rows[0].any()


def test_weights_are_added_with_their_factors_and_small_ones_dropped() -> None:
    first = Weights({("w=a", "O"): 1.0, ("w=b", "O"): 0.1}, {("O", "O"): 2.0})
    second = Weights({("w=a", "O"): 4.0}, {})
    total = summed([(first, 1.0), (second, 0.5)])
    assert total.states == {("w=a", "O"): 3.0, ("w=b", "O"): 0.1}
    assert pruned(total, 0.5).states == {("w=a", "O"): 3.0}
    assert pruned(total, 0.5).transitions == {("O", "O"): 2.0}
