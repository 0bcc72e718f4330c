"""crfsuite's model files: what is written is what crfsuite reads."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from service.enrichment.entities.unit_features import of_unit
from service.enrichment.entities.unit_kinds import kind_of
from training.merging import with_merged
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


def opened(path: Path) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def test_the_weights_read_are_those_that_crfsuite_tells(trained: Path) -> None:
    told = opened(trained).info()
    weights = read_weights(trained)
    assert {pair: pytest.approx(weight, abs=1e-5) for pair, weight in weights.states.items()} == told.state_features
    assert {pair: pytest.approx(weight, abs=1e-5) for pair, weight in weights.transitions.items()} == told.transitions


def test_a_model_written_again_tags_as_before_with_the_same_probabilities(trained: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.crfsuite"
    write_weights(read_weights(trained), again)
    for features, _ in _SEQUENCES:
        before, after = opened(trained), opened(again)
        assert before.tag(features) == after.tag(features)
        assert before.probability(before.tag(features)) == pytest.approx(after.probability(after.tag(features)))


def test_the_same_weights_give_the_same_bytes(trained: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_weights(read_weights(trained), first)
    write_weights(read_weights(trained), second)
    assert first.read_bytes() == second.read_bytes()


def test_weights_are_added_with_their_factors_and_small_ones_dropped() -> None:
    first = Weights({("w=a", "O"): 1.0, ("w=b", "O"): 0.1}, {("O", "O"): 2.0})
    second = Weights({("w=a", "O"): 4.0}, {})
    total = summed([(first, 1.0), (second, 0.5)])
    assert total.states == {("w=a", "O"): 3.0, ("w=b", "O"): 0.1}
    assert pruned(total, 0.5).states == {("w=a", "O"): 3.0}
    assert pruned(total, 0.5).transitions == {("O", "O"): 2.0}


def test_a_merged_feature_weighs_what_those_weigh_that_it_stands_for() -> None:

    kind = kind_of("시장", "NNG", None)
    features = list(of_unit(kind, 0))
    weights = Weights({(feature, "O"): 0.25 for feature in features}, {})
    merged = with_merged(weights, [kind], 0.0)
    assert merged.states[f"0#{kind.key}", "O"] == pytest.approx(0.25 * len(features))
