"""Locks between the processes on one data directory; the system lets go of them when a process dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INDEXING = "indexing.lock"
"""Held by the one process that indexes."""
BUILDING = "building.lock"
"""Held while another generation is built: the journal is not pruned and no generation removed meanwhile."""


class FileLock:
    """An exclusive lock on a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock if it is free and return whether this object holds it."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let go of the lock where it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @contextmanager
    def tried(self) -> Iterator[bool]:
        """Hold the lock for the block where it is free; gives whether it is held."""
        held = self.acquire()
        try:
            yield held
        finally:
            self.release()


def is_held(path: Path) -> bool:
    """Return whether some process holds this lock."""
    with FileLock(path).tried() as free:
        return not free
