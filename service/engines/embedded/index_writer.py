"""Writing to one generation of the tantivy index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy

from service.engines.embedded.failpoints import Failpoint, reach
from service.engines.embedded.index_schema import KEY, open_index

_MEMORY = 64_000_000  # bytes that tantivy gathers before it writes a segment by itself

_ENVIRONMENT = (
    "permission denied", "no space left", "lockbusy", "input/output error", "too many open files", "cannot allocate",
    "read-only file system", "quota exceeded", "os error 5)", "os error 12)", "os error 13)", "os error 28)",
)  # fmt: skip


class Change(NamedTuple):
    """What is to become of one key: its new document, or None for nothing."""

    key: str
    document: tantivy.Document | None


class Committed(NamedTuple):
    """What a commit left behind."""

    opstamp: int
    documents: int


class IndexWriter:
    """The one writer of a generation; after any error it must be dropped and another one opened."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._index = open_index(path, create=create)
        self._writer = self._index.writer(_MEMORY, 1)
        # Replaying after a kill can meet the files of the killed commit.
        self._writer.garbage_collect_files()
        # After a kill the first operation reuses the committed stamp, and a delete can revert: hence an empty commit.
        self._writer.commit()

    def apply(self, changes: Sequence[Change]) -> Committed:
        """Index the changes and commit them; doing it again changes nothing."""
        self.add(changes)
        reach(Failpoint.BEFORE_INDEX_COMMIT)
        committed = self.commit()
        reach(Failpoint.AFTER_INDEX_COMMIT)
        return committed

    def add(self, changes: Sequence[Change]) -> None:
        """Index the changes without committing them."""
        for change in changes:
            self._writer.delete_documents_by_term(KEY, change.key)
            if change.document is not None:
                self._writer.add_document(change.document)

    def add_new(self, document: tantivy.Document) -> None:
        """Index a document whose key the index does not hold yet, without committing it."""
        self._writer.add_document(document)

    def commit(self) -> Committed:
        """Commit what was added and return what the index holds."""
        opstamp = self._writer.commit()
        return Committed(opstamp, self.documents())

    def documents(self) -> int:
        """Return the number of documents committed."""
        self._index.reload()
        return self._index.searcher().num_docs

    def drop(self) -> None:
        """Let go of the index lock without finishing anything; the writer cannot be used afterwards.

        Not left to the garbage collector: the traceback of the error that led here may hold this object.
        """
        del self._writer, self._index

    def close(self) -> None:
        """Finish the merges under way and let go of the files; the writer cannot be used afterwards."""
        self._writer.wait_merging_threads()


def is_environment(error: BaseException) -> bool:
    """Return whether an error comes from the disk, a permission or a lock, so that the data is not to blame."""
    if isinstance(error, (OSError, MemoryError)):
        return True
    text = str(error).lower()
    return any(sign in text for sign in _ENVIRONMENT)
