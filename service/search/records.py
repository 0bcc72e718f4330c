"""The part of the port that keeps what is no article: records of the service itself, and the count of views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is kept, and the version that names this state of it."""

    content: str
    version: str


class Records(Protocol):
    """A few named texts, each read and replaced whole; what one process writes every other one reads at once.

    Every method may raise EngineUnavailable.
    """

    def version(self, name: str) -> str | None:
        """Return the version of the record, None where there is none; far cheaper than reading it."""
        ...

    def read(self, name: str) -> Record | None:
        """Return the record, None where there is none."""
        ...

    def write(self, name: str, content: str, seen: str | None) -> str:
        """Keep the record, durably, and return its new version.

        Conflict where its version is no longer `seen`, which is None where there was none.
        """
        ...


class View(NamedTuple):
    """What is counted of a view: `month` is `2026-01` in Asia/Seoul, `outlet` the name in the table of outlets."""

    month: str
    outlet: str
    audience: str
    article: str


@dataclass(frozen=True, slots=True)
class CountedView:
    """How often an article was seen whole by an audience in a month."""

    view: View
    count: int


class Views(Protocol):
    """The counts of views of licensed text; every method may raise EngineUnavailable."""

    def add(self, counts: Mapping[View, int]) -> None:
        """Add to the counts, durably; where this raises, calling again with the same or more counts each view once."""
        ...

    def counted(self, first: str, last: str, outlet: str | None = None) -> Iterator[CountedView]:
        """Yield the counts from the first month to the last, both included, by month, outlet, audience and article."""
        ...
