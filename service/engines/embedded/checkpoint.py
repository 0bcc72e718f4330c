"""The journal of writes and the checkpoint up to which they are indexed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import apsw


class Checkpoint(NamedTuple):
    """The generation of the index that is in use and what it holds for certain.

    `seq` is the last journal row indexed, `opstamp` tantivy's stamp of the commit that holds it, `documents` its count.
    """

    generation: str
    seq: int
    opstamp: int
    documents: int


def read_checkpoint(connection: apsw.Connection) -> Checkpoint | None:
    """Return the checkpoint, None before the first index is built."""
    row = connection.execute("SELECT generation, seq, opstamp, documents FROM checkpoint").fetchone()
    return Checkpoint(*row) if row else None


def advance(connection: apsw.Connection, checkpoint: Checkpoint) -> bool:
    """Move the checkpoint on within its generation; false where another generation is in use by now."""
    connection.execute(
        "UPDATE checkpoint SET seq = ?, opstamp = ?, documents = ? WHERE generation = ?",
        (checkpoint.seq, checkpoint.opstamp, checkpoint.documents, checkpoint.generation),
    )
    return connection.changes() == 1


def install(connection: apsw.Connection, checkpoint: Checkpoint) -> None:
    """Put another generation of the index to use."""
    connection.execute("INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)", checkpoint)


def last_sequence(connection: apsw.Connection) -> int:
    """Return the sequence of the last write there was, 0 before the first."""
    value = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").get
    return int(value) if value is not None else 0


def lag(connection: apsw.Connection) -> int:
    """Return the number of journal rows that are not indexed yet."""
    checkpoint = read_checkpoint(connection)
    seq = checkpoint.seq if checkpoint else 0
    return int(connection.execute("SELECT count(*) FROM journal WHERE seq > ?", (seq,)).get)


def journal_after(connection: apsw.Connection, seq: int, limit: int, size: int | None = None) -> tuple[int, list[str]]:
    """Return the sequence of the last of the next rows after `seq`, and their keys, each once.

    At most `limit` rows, and no more once their articles take over `size` bytes as stored.
    """
    statement = (
        "SELECT journal.seq, journal.key, coalesce(length(document) + length(tokens), 0) FROM journal "
        "LEFT JOIN articles USING (key) WHERE journal.seq > ? ORDER BY journal.seq LIMIT ?"
    )
    last, keys, taken = seq, dict[str, None](), 0
    rows: Iterator[Any] = connection.execute(statement, (seq, limit))
    for row_seq, key, length in rows:
        last, keys[key], taken = row_seq, None, taken + length
        if size is not None and taken > size:
            break
    return last, list(keys)


def prune(connection: apsw.Connection, seq: int) -> None:
    """Forget the journal rows up to `seq`; their sequences are never given again."""
    connection.execute("DELETE FROM journal WHERE seq <= ?", (seq,))
