"""Carrying changes into the index, whatever fails on the way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from service.engines.embedded.index_writer import Change, Committed, IndexWriter, is_environment

_LOG = logging.getLogger("gisa.engine")


class Replay:
    """A writer that is opened afresh after every error: one that failed once may lose documents unnoticed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: IndexWriter | None = IndexWriter(path)

    def apply(self, changes: Sequence[Change]) -> tuple[Committed, dict[str, str]]:
        """Commit the changes and return what the index holds then, and the keys that cannot be indexed with reasons.

        Errors of the disk, of permissions and of locks are raised: no article is to blame for them.
        """
        try:
            return self._open().apply(changes), {}
        except BaseException as error:  # noqa: BLE001 -- a panic of tantivy is one
            self._drop(error)
        return self._bisect(changes)

    def documents(self) -> int:
        """Return the number of documents in the index."""
        return self._open().documents()

    def close(self) -> None:
        """Let go of the index; a merge under way is given up, as it could hold up a stop for minutes."""
        writer, self._writer = self._writer, None
        if writer:
            writer.drop()

    def _bisect(self, changes: Sequence[Change]) -> tuple[Committed, dict[str, str]]:
        try:
            return self._open().apply(changes), {}
        except BaseException as error:  # noqa: BLE001 -- a panic of tantivy is one
            self._drop(error)
            reason = repr(error)[:500]
        if len(changes) == 1:
            # What fails without the article too is not its fault, and is raised.
            return self._open().apply([Change(changes[0].key, None)]), {changes[0].key: reason}
        middle = len(changes) // 2
        _, guilty = self._bisect(changes[:middle])
        committed, more = self._bisect(changes[middle:])
        return committed, guilty | more

    def _open(self) -> IndexWriter:
        if self._writer is None:
            self._writer = IndexWriter(self._path)
        return self._writer

    def _drop(self, error: BaseException) -> None:
        self.close()
        if is_environment(error) or isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise error
        _LOG.warning("indexing a batch failed, trying it in parts: %r", error)
