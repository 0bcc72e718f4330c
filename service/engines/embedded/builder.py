"""Building a whole generation of the index out of the store, beside a running service."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import apsw

from index_mappings import UserWord
from service.domain.errors import EngineUnavailable
from service.engines.embedded.checkpoint import (
    Checkpoint,
    install,
    journal_after,
    last_sequence,
    read_checkpoint,
)
from service.engines.embedded.database import Database, open_database
from service.engines.embedded.dictionary import keep_own_words, own_words, renewed
from service.engines.embedded.failpoints import Failpoint, reach
from service.engines.embedded.generations import generation_path, new_generation, remove_unused
from service.engines.embedded.index_document import index_document
from service.engines.embedded.index_writer import Change, IndexWriter
from service.engines.embedded.locks import BUILDING, FileLock
from service.engines.embedded.rows import Row, count_articles, last_row, rows_between, rows_of
from service.korean.dictionary import Dictionary, dictionary_of, in_force
from service.search.stored_tokens import current_tokens

_LOG = logging.getLogger("gisa.engine")
_ROWS = 200  # articles decoded at a time
_FEW = 50  # journal rows that may be caught up with while writers wait
_ROUNDS = 10_000
# Times a batch is caught up with. Only writers that are faster than indexing for all that time have to wait at the end.
_SIZE = 8 << 20  # bytes of compressed articles read at a time, about
_PATIENCE = 5.0  # seconds: the indexing worker holds the building lock for a moment after each commit

Progress = Callable[[int, int], None]


class _Built(NamedTuple):
    """A generation that is to be put to use, and what it was made with."""

    generation: str
    dictionary: Dictionary
    words: Sequence[UserWord]


class SetAside(NamedTuple):
    """An article that cannot be indexed and why."""

    key: str
    seq: int
    reason: str


def rebuild(directory: Path, progress: Progress | None = None, words: Sequence[UserWord] | None = None) -> int:
    """Build the index anew and put it to use; returns the number of articles in it.

    `words` are the operator's from now on; None leaves those of the index in use. Works beside a running service,
    whose searches go on with the old index until then. `progress` is told (articles done, articles in all). Raises
    EngineUnavailable while another rebuild is under way.
    """
    database = open_database(directory)
    try:
        lock = _building_lock(directory)
        try:
            checkpoint = build(database, progress, words)
            remove_unused(directory, checkpoint.generation)
            return checkpoint.documents
        finally:
            lock.release()
    finally:
        database.close()


def build(database: Database, progress: Progress | None = None, words: Sequence[UserWord] | None = None) -> Checkpoint:
    """Build a new generation, catch up with the journal and put it to use; the caller holds the building lock."""
    with database.connection() as connection:
        seq, current = last_sequence(connection), read_checkpoint(connection)
        own = own_words(connection) if words is None else words
    dictionary = dictionary_of(own)
    name = new_generation(database.directory, current.generation if current else None, dictionary)
    _LOG.info("building the index %s", name)
    writer = IndexWriter(generation_path(database.directory, name), create=True)
    refused = _add_all(database, writer, progress, dictionary)
    for _ in range(_ROUNDS):
        with database.connection() as connection:
            last, keys = journal_after(connection, seq, _ROWS, _SIZE)
            changes, more = changes_of(connection, keys, dictionary)
        if len(keys) < _FEW:
            break
        writer.add(changes)
        refused, seq = [*_without(refused, keys), *more], last
    writer.commit()
    reach(Failpoint.BEFORE_SWAP)
    checkpoint = _swap(database, _Built(name, dictionary, own), writer, seq, refused)
    reach(Failpoint.AFTER_SWAP)
    writer.close()
    _LOG.info("the index %s is in use with %d articles", name, checkpoint.documents)
    return checkpoint


def changes_of(
    connection: apsw.Connection, keys: Iterable[str], dictionary: Dictionary | None = None
) -> tuple[list[Change], list[SetAside]]:
    """Return what is to be indexed for these keys as they are stored now, and those that cannot be.

    `dictionary` is that of the index, the one in force where none is named.
    """
    wanted = list(keys)
    changes, refused = {key: Change(key, None) for key in wanted}, []
    for row in rows_of(connection, wanted):
        change, problem = _change(row, dictionary or in_force())
        changes[row.key] = change
        if problem:
            refused.append(problem)
    return list(changes.values()), refused


def record_set_aside(connection: apsw.Connection, keys: Iterable[str], refused: Iterable[SetAside]) -> None:
    """Write down which of these keys could not be indexed and forget it of the others."""
    connection.executemany("DELETE FROM set_aside WHERE key = ?", [(key,) for key in keys])
    connection.executemany("INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?)", list(refused))


def _building_lock(directory: Path) -> FileLock:
    lock = FileLock(directory / BUILDING)
    deadline = time.monotonic() + _PATIENCE
    while not lock.acquire():
        if time.monotonic() > deadline:
            raise EngineUnavailable(
                "다른 재색인이 진행 중입니다. 끝난 뒤 다시 시도하세요.",
                "Another rebuild is under way. Try again when it has ended.",
            )
        time.sleep(0.01)
    return lock


def _change(row: Row, dictionary: Dictionary) -> tuple[Change, SetAside | None]:
    try:
        article = row.article()
        tokens = current_tokens(row.packed_tokens, lambda: article, dictionary)
        return Change(row.key, index_document(article, tokens)), None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with one article must not stop the others
        _LOG.error("article %s cannot be indexed and is set aside: %r", row.key, error)
        return Change(row.key, None), SetAside(row.key, row.seq, repr(error)[:500])


def _add_all(
    database: Database, writer: IndexWriter, progress: Progress | None, dictionary: Dictionary
) -> list[SetAside]:
    refused: list[SetAside] = []
    done, number = 0, 0
    with database.connection() as connection:
        # What is stored from here on comes out of the journal: else a busy service would never let this end.
        total, last = count_articles(connection), last_row(connection)
    while True:
        # Short reads: one long snapshot would keep the write-ahead log from being reset.
        with database.connection() as connection:
            rows = rows_between(connection, number, last, _ROWS)
        if not rows:
            break
        number = rows[-1].number
        for row in renewed(database, rows, dictionary):
            change, problem = _change(row, dictionary)
            refused += [problem] if problem else []
            if change.document is not None:
                writer.add_new(change.document)
        done += len(rows)
        reach(Failpoint.WITHIN_BUILD)
        if progress and done < total:
            progress(done, total)
    if progress:
        progress(total, total)
    return refused


def _swap(database: Database, built: _Built, writer: IndexWriter, seq: int, refused: list[SetAside]) -> Checkpoint:
    # Writers wait for these few rows, so that the new index never holds less than the old one has promised.
    with database.transaction() as connection:
        last, keys = journal_after(connection, seq, 1 << 30)
        changes, more = changes_of(connection, keys, built.dictionary)
        committed = writer.apply(changes)
        connection.execute("DELETE FROM set_aside")
        record_set_aside(connection, (), [*_without(refused, keys), *more])
        current = read_checkpoint(connection)
        checkpoint = Checkpoint(built.generation, max(last, current.seq if current else 0), *committed)
        install(connection, checkpoint)
        keep_own_words(connection, built.words)
        reach(Failpoint.WITHIN_SWAP)
    return checkpoint


def _without(refused: list[SetAside], keys: Iterable[str]) -> list[SetAside]:
    gone = set(keys)
    return [problem for problem in refused if problem.key not in gone]
