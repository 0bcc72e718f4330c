"""The table of outlets: found by name or alias, and written as the record that engines keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

import msgspec

from service.domain.errors import Conflict
from service.domain.outlets import Outlet
from service.korean.folding import fold_value


@dataclass(frozen=True)
class OutletTable:
    """Outlets in the order of their names; no name or alias belongs to two of them, however it is written."""

    outlets: tuple[Outlet, ...] = field(default=())

    def find(self, written: str | None) -> Outlet | None:
        """Return the outlet of this name or alias, whatever its case."""
        return self._by_name.get(fold_value(written)) if written else None

    def named(self, name: str) -> Outlet | None:
        """Return the outlet that bears this very name, not an alias of it."""
        found = self.find(name)
        return found if found and fold_value(found.name) == fold_value(name) else None

    def having(self, outlet: Outlet) -> OutletTable:
        """Return the table with the outlet in place of the one of its name; Conflict where another has its names."""
        others = [other for other in self.outlets if fold_value(other.name) != fold_value(outlet.name)]
        taken = {fold_value(name): other for other in others for name in (other.name, *other.aliases)}
        for name in (outlet.name, *outlet.aliases):
            if other := taken.get(fold_value(name)):
                raise _taken(name, other)
        return OutletTable(_in_order((*others, outlet)))

    def without(self, outlet: Outlet) -> OutletTable:
        """Return the table without this outlet."""
        return OutletTable(tuple(other for other in self.outlets if other is not outlet))

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return {fold_value(name): outlet for outlet in self.outlets for name in (outlet.name, *outlet.aliases)}


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    outlets: tuple[Outlet, ...]


def parse_table(content: str) -> OutletTable:
    """Return the table of a record; msgspec.ValidationError where it is none."""
    return OutletTable(_in_order(msgspec.json.decode(content, type=_Kept).outlets))


def dump_table(table: OutletTable) -> str:
    """Return the table as a record."""
    return msgspec.json.encode(_Kept(table.outlets)).decode()


def shipped_table() -> OutletTable:
    """Return the outlets that come with the service: kinds of well-known ones, and no licence."""
    return parse_table(files(__package__).joinpath("data/outlets.json").read_text(encoding="utf-8"))


def _in_order(outlets: Iterable[Outlet]) -> tuple[Outlet, ...]:
    return tuple(sorted(outlets, key=lambda outlet: fold_value(outlet.name)))


def _taken(name: str, other: Outlet) -> Conflict:
    return Conflict(
        f"{name!r}은(는) 이미 언론사 {other.name!r}의 이름이나 별칭입니다. 그쪽에서 먼저 빼세요.",
        f"{name!r} is a name or an alias of the outlet {other.name!r} already. Take it away there first.",
    )
