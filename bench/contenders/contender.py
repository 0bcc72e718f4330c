"""What every contender does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.kinds import Kind
from service.search.engine import Put


class NotOffered(Exception):
    """The contender has nothing for this kind of search."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A search that was answered: milliseconds, and the number of hits in all."""

    milliseconds: float
    total: int


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of memory over all processes: what no other process shares, and what is resident."""

    private: int
    resident: int


class Contender(Protocol):
    """Something that takes articles and answers searches; each does what a user of it would do."""

    name: str
    most_articles: int | None

    def load(self, folder: Path, parts: Iterable[Sequence[Put]]) -> float:
        """Store articles that are enriched already, and return the seconds until all of them can be found."""
        ...

    def open(self, folder: Path) -> float | None:
        """Start on what was loaded and return the seconds until the first answer; None where others start it."""
        ...

    def search(self, kind: Kind) -> Answered:
        """Answer a search; NotOffered."""
        ...

    def url(self, kind: Kind) -> str | None:
        """Return the address that answers the search to a GET; None where it is no server."""
        ...

    def memory(self) -> Memory | None:
        """Return what its processes hold; None where the process is another's."""
        ...

    def stored_bytes(self, folder: Path) -> int:
        """Return the bytes it has on disk."""
        ...

    def close(self) -> None:
        """End it; what it stored stays."""
        ...

    def remove(self, folder: Path) -> None:
        """Remove what it stored outside of the folder."""
        ...


def folder_bytes(folder: Path) -> int:
    """Return the size of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def memory_of(pids: Iterable[int]) -> Memory:
    """Return what these processes hold (Linux)."""
    private = resident = 0
    for pid in pids:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in rollup.splitlines()[1:]}
        private += sizes["Private_Clean"] + sizes["Private_Dirty"]
        resident += sizes["Rss"]
    return Memory(private, resident)
