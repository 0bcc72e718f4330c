"""Bytes that one thread writes and another reads, without either waiting for the other's client."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from threading import Condition

MEMORY_BYTES = 1 << 20
PIECE_BYTES = 1 << 16


class Abandoned(Exception):
    """The reader has gone, so that there is nobody to write for."""


class Unfinished(Exception):
    """The writer failed; what it wrote before has been read."""


class Spool:
    """A file in memory, on disk beyond 1 MiB, that is read while it is still written."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 # closed by `abandon`
        self._changed = Condition()
        self._written = 0
        self._ended = False
        self._failed = False
        self._abandoned = False

    @property
    def abandoned(self) -> bool:
        """Return whether the reader has gone."""
        return self._abandoned

    def write(self, data: bytes) -> None:
        """Append the bytes; raises Abandoned where the reader has gone."""
        with self._changed:
            if self._abandoned:
                raise Abandoned
            self._file.seek(self._written)
            self._file.write(data)
            self._written += len(data)
            self._changed.notify_all()

    def end(self, *, failed: bool = False) -> None:
        """Say that nothing follows; with `failed` the reader gets Unfinished after what was written."""
        with self._changed:
            self._ended, self._failed = True, failed
            self._changed.notify_all()

    def read(self) -> Iterator[bytes]:
        """Yield the bytes as they come until their end."""
        position = 0
        while True:
            with self._changed:
                while not (self._written > position or self._ended or self._abandoned):
                    self._changed.wait()
                if self._abandoned:
                    return
                if self._written == position:
                    break
                self._file.seek(position)
                piece = self._file.read(PIECE_BYTES)
            position += len(piece)
            yield piece
        if self._failed:
            raise Unfinished

    def abandon(self) -> None:
        """Let go of the file; the writer is told at its next write."""
        with self._changed:
            self._abandoned = True
            self._file.close()
            self._changed.notify_all()
