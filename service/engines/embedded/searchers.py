"""Readers of the index: every process has its own and follows the checkpoint."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import tantivy

from service.domain.errors import EngineUnavailable, GisaError
from service.engines.embedded.checkpoint import Checkpoint, read_checkpoint
from service.engines.embedded.database import Database
from service.engines.embedded.dictionary import DictionaryInUse
from service.engines.embedded.generations import IndexDamaged, IndexOutdated, generation_path, require_version
from service.engines.embedded.index_schema import open_index
from service.engines.embedded.index_writer import is_environment
from service.engines.embedded.known import Known
from service.engines.embedded.status import write_suspected


class View(NamedTuple):
    """One state of the index and what was counted on it; hits and facets of a request come out of one view."""

    searcher: tantivy.Searcher
    checkpoint: Checkpoint
    known: Known


class Searchers:
    """Gives the newest view of the index."""

    def __init__(self, database: Database, dictionary: DictionaryInUse) -> None:
        self._database = database
        self._dictionary = dictionary
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._view: View | None = None

    @contextmanager
    def view(self) -> Iterator[View]:
        """Give a view that holds at least what the checkpoint says now; a failure inside makes the next one afresh."""
        view = self._current()
        try:
            yield view
        except GisaError:
            raise
        except BaseException as error:
            if _shows_damage(error):
                self._drop()
                write_suspected(self._database, view.checkpoint.generation)
                raise _unavailable() from error
            raise

    def close(self) -> None:
        """Let go of the index."""
        self._drop()

    def _current(self) -> View:
        with self._lock:
            try:
                return self._refreshed()
            except (IndexDamaged, IndexOutdated, ValueError, OSError):
                # The generation may have been replaced between the two reads.
                self._index = self._view = None
            except BaseException as error:
                self._index = self._view = None
                if not _shows_damage(error):
                    raise
            try:
                return self._refreshed()
            except (IndexDamaged, IndexOutdated, ValueError, OSError) as error:
                if isinstance(error, ValueError) and not is_environment(error):
                    self._suspect()
                raise _unavailable() from error

    def _refreshed(self) -> View:
        # The checkpoint is read first: the searcher opened after it holds at least that much.
        with self._database.connection() as connection:
            checkpoint = read_checkpoint(connection)
        if checkpoint is None:
            raise _unavailable()
        if self._view and self._view.checkpoint == checkpoint:
            return self._view
        if self._index is None or self._view is None or self._view.checkpoint.generation != checkpoint.generation:
            path = generation_path(self._database.directory, checkpoint.generation)
            self._dictionary.follow()
            require_version(path)
            self._index = open_index(path)
        self._index.reload()
        self._view = View(self._index.searcher(), checkpoint, Known())
        return self._view

    def _suspect(self) -> None:
        with self._database.connection() as connection:
            checkpoint = read_checkpoint(connection)
        if checkpoint:
            write_suspected(self._database, checkpoint.generation)

    def _drop(self) -> None:
        with self._lock:
            self._index = self._view = None


def _shows_damage(error: BaseException) -> bool:
    # A panic of tantivy has no class of its own that could be imported.
    return type(error).__name__ == "PanicException" or "corrupt" in str(error).lower()


def _unavailable() -> EngineUnavailable:
    return EngineUnavailable(
        "검색 색인을 만드는 중입니다. 저장은 계속됩니다. 잠시 뒤 다시 검색하세요.",
        "The search index is being built. Storing goes on. Search again shortly.",
    )
