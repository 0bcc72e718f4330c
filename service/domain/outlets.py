"""Outlets: what kind each is, how else it is written, and what its licence lets each audience see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from service.domain.keys import Audience


class OutletKind(StrEnum):
    """The kinds of outlets."""

    WIRE = "wire"
    DAILY = "daily"
    REGIONAL = "regional"
    BROADCAST = "broadcast"
    ONLINE = "online"


class Display(StrEnum):
    """How much of an article may be seen: all of it, some characters, or its title and the way to it."""

    FULL = "full"
    SNIPPET = "snippet"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Licence:
    """What one audience may see of an outlet's articles, from the first day to the last, both included, in KST."""

    display: Display
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None

    def is_in_force(self, today: date) -> bool:
        """Return whether the day is within the term."""
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or today <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: `aliases` are other spellings of its name, `licences` hold for the audiences that they name."""

    name: str
    kind: OutletKind
    aliases: tuple[str, ...] = ()
    licences: Mapping[Audience, Licence] = field(default_factory=dict)
