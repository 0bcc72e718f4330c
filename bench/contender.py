"""What takes part in a comparison: one class for each contender."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol


class Contender(Protocol):
    """Something that takes articles and answers searches; each method does what a user of it would do."""

    name: str

    def start(self) -> None:
        """Start with nothing in it."""
        ...

    def load(self, corpus: Path) -> None:
        """Take every article of a .jsonl.gz over HTTP; returns once all of them can be found."""
        ...

    def import_files(self, corpus: Path) -> float | None:
        """Return the seconds its own command takes to import the same articles; None where it has none."""
        ...

    def count(self) -> int:
        """Return the number of articles that can be found."""
        ...

    def search(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the answer in the form of `POST /v1/search`."""
        ...

    def memory(self) -> dict[str, int]:
        """Return the bytes of memory of each of its processes."""
        ...

    def stored_bytes(self) -> int:
        """Return the bytes it has on disk."""
        ...

    def stop(self) -> None:
        """End it and remove what it stored."""
        ...
