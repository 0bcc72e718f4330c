"""One feature in place of many for frequent units, so that tagging looks up fewer.

The features that a unit gives to one place depend on the unit alone, so what they weigh for each label may be summed
beforehand. The sums stand in the model under names of their own; the single weights stay for all other units.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from service.enrichment.entities.unit_features import PLACES, of_lone_run, of_unit
from service.enrichment.entities.unit_kinds import UnitKind, kind_of
from service.korean.analysis import Morpheme
from training.weights import Weights


def frequent_kinds(sequences: Iterable[Sequence[Morpheme]], number: int) -> list[UnitKind]:
    """Return the most frequent kinds of units."""
    counts = Counter((unit.surface, unit.tag, unit.semantic) for units in sequences for unit in units)
    ranked = sorted(counts, key=lambda key: (-counts[key], key[0], key[1], key[2] or ""))
    return [kind_of(*key) for key in ranked[:number]]


def with_merged(weights: Weights, kinds: Iterable[UnitKind], smallest: float) -> Weights:
    """Return the weights and, for each kind and place, the sums that stand for its features there."""
    by_feature: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (feature, label), weight in weights.states.items():
        by_feature[feature].append((label, weight))
    states = dict(weights.states)
    for kind in kinds:
        for name, features in _groups(kind):
            sums: Counter[str] = Counter()
            for feature in features:
                for label, weight in by_feature.get(feature, ()):
                    sums[label] += weight  # type: ignore[assignment]  # a Counter of weights
            states.update({(name, label): weight for label, weight in sums.items() if abs(weight) >= smallest})
    return Weights(states, weights.transitions)


def _groups(kind: UnitKind) -> Iterator[tuple[str, Iterator[str]]]:
    for where in PLACES:
        yield f"{where}#{kind.key}", of_unit(kind, where)
    yield f"S#{kind.key}", of_lone_run(kind)
