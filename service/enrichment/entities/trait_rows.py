"""Which rows of the model the traits of a unit and the features of a run have, by the place of the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.enrichment.entities.unit_features import AROUND, SHORT, of_run
from service.enrichment.entities.unit_kinds import UnitKind

_PLACES = "BIES"
_OF_RUNS = ("n", "x1", "x2", "s", "t", "u", "w", "l")
_Rows = Mapping[str, int]
"""Rows by value."""


class TraitRows:
    """The features of `unit_features`, without a string made for each: most values that a text brings are in none."""

    def __init__(self, named: Mapping[str, Mapping[str, int]]) -> None:
        """Take what stands before the `=` of the features, and behind it each value with its row."""
        self._around: list[list[tuple[str, _Rows]]] = [
            [(trait, named.get(f"{where}{SHORT[trait]}", {})) for trait in traits] for where, traits in AROUND.items()
        ]
        self._runs = {name: [named.get(place + name, {}) for place in _PLACES] for name in _OF_RUNS}

    def of_kind(self, kind: UnitKind) -> list[list[int]]:
        """Return the rows that a unit gives to itself, the next, the last, the second next and the second last one."""
        traits = kind.traits
        return [[held[traits[name]] for name, held in around if traits[name] in held] for around in self._around]

    def of_run(self, kinds: Sequence[UnitKind]) -> list[list[int]]:
        """Return the rows that a run gives to its first unit, those inside, its last, and to the only one."""
        found: list[list[int]] = [[] for _ in _PLACES]
        for feature in of_run(kinds):
            name, _, value = feature.partition("=")
            for rows, held in zip(found, self._runs[name], strict=True):
                if value in held:
                    rows.append(held[value])
        return found
