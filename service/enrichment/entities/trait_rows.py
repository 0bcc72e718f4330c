"""Which rows of the model the traits of a unit and the features of a run have, by the place of the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.enrichment.entities.unit_features import AROUND, SHORT, of_run
from service.enrichment.entities.unit_kinds import UnitKind

_OFFSETS = tuple(str(where) for where in AROUND)
_PLACES = "BIES"
_Rows = tuple[tuple[int, int], ...]
"""Places, numbered, with the row of each."""


class TraitRows:
    """The features of `unit_features`, without a string made for each: most values that a text brings are in none."""

    def __init__(self, places: Mapping[str, int]) -> None:
        """Read the names of the features; `places` gives the row of each."""
        around: dict[str, dict[str, _Rows]] = {name: {} for name in SHORT}
        runs: dict[str, _Rows] = {}
        named = {f"{offset}{short}": (at, name) for at, offset in enumerate(_OFFSETS) for name, short in SHORT.items()}
        for feature, row in places.items():
            prefix, _, value = feature.partition("=")
            if prefix in named:
                at, name = named[prefix]
                around[name][value] = (*around[name].get(value, ()), (at, row))
            elif prefix[0] in _PLACES:
                rest = feature[1:]
                runs[rest] = (*runs.get(rest, ()), (_PLACES.index(prefix[0]), row))
        self._around = tuple(around.items())
        self._runs = runs

    def of_kind(self, kind: UnitKind) -> Sequence[list[int]]:
        """Return the rows that a unit gives to itself, the next, the last, the second next and the second last one."""
        found: list[list[int]] = [[] for _ in _OFFSETS]
        for name, held in self._around:
            for at, row in held.get(kind.traits[name], ()):
                found[at].append(row)
        return found

    def of_run(self, kinds: Sequence[UnitKind]) -> Sequence[list[int]]:
        """Return the rows that a run gives to its first unit, those inside, its last, and to the only one."""
        found: list[list[int]] = [[] for _ in _PLACES]
        for feature in of_run(kinds):
            for at, row in self._runs.get(feature, ()):
                found[at].append(row)
        return found
