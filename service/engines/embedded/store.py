"""Articles in SQLite: the system of record."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import apsw
import orjson

from service.domain.article import Article
from service.domain.errors import Conflict, GisaError, NotFound, PreconditionFailed
from service.engines.embedded.database import Database
from service.search.documents import from_document, to_document
from service.search.engine import (
    Change,
    Delete,
    Operation,
    Outcome,
    Precondition,
    Put,
    Refused,
    Scanned,
    Stored,
    Written,
)
from service.search.stored_tokens import compress, current_tokens, decompress, encode_tokens
from service.search.tokens import Tokens

_AT_ONCE = 500  # keys in one statement
_SCANNED_AT_ONCE = 200  # articles read at a time
_SCAN = "SELECT rowid, fingerprint, document FROM articles WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"


class Current(NamedTuple):
    """What is stored under a key, as far as a write needs to know."""

    seq: int
    fingerprint: str


class Record(NamedTuple):
    """An article with the tokens of its texts."""

    article: Article
    tokens: Tokens
    seq: int


class Store:
    """The articles of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply the operations in one transaction and return their outcomes once it is durable."""
        encoded = self._encoded(operations)
        with self._database.transaction() as connection:
            return [_apply(connection, operation, encoded) for operation in operations]

    def get(self, key: str) -> Stored:
        """Return the article; NotFound where there is none."""
        with self._database.connection() as connection:
            row = connection.execute("SELECT document, seq FROM articles WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise _not_found(key)
        return Stored(decode_article(row[0]), str(row[1]))

    def fingerprints(self, keys: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return (fingerprint, version) of those of the articles that are stored."""
        with self._database.connection() as connection:
            return {key: (current.fingerprint, str(current.seq)) for key, current in _currents(connection, keys)}

    def records(self, keys: Collection[str]) -> dict[str, Record]:
        """Return those of the articles that are stored, with their tokens."""
        with self._database.connection() as connection:
            rows = list(rows_of(connection, keys))
        return {key: _record(document, tokens, seq) for key, document, tokens, seq in rows}

    def tokens(self, keys: Collection[str]) -> list[tuple[str, Tokens]]:
        """Return the tokens of those of the articles that are stored."""
        with self._database.connection() as connection:
            rows = list(rows_of(connection, keys))
        return [(key, current_tokens(tokens, partial(decode_article, document))) for key, document, tokens, _ in rows]

    def scan(self) -> Iterator[Scanned]:
        """Yield every article in the order in which they were first stored, up to the last one of now."""
        with self._database.connection() as connection:
            row, last = 0, last_row(connection)
        while True:
            # Short reads: one long snapshot would keep the write-ahead log from being reset.
            with self._database.connection() as connection:
                rows: list[Any] = connection.execute(_SCAN, (row, last, _SCANNED_AT_ONCE)).fetchall()
            for _, fingerprint, document in rows:
                yield Scanned(decode_article(document), fingerprint)
            if not rows:
                return
            row = rows[-1][0]

    def count(self) -> int:
        """Return the number of articles."""
        with self._database.connection() as connection:
            return count_articles(connection)

    def _encoded(self, operations: Sequence[Operation]) -> dict[int, tuple[bytes, bytes]]:
        # Compressing takes longer than storing: it is done outside the transaction, for what has changed by then.
        stored = self.fingerprints({operation.id for operation in map(_identified, operations)})
        encoded = {}
        for operation in operations:
            if isinstance(operation, Put):
                fingerprint, _ = stored.get(operation.article.id, ("", ""))
                if fingerprint != operation.fingerprint:
                    encoded[id(operation)] = _encode(operation)
        return encoded


def _record(document: bytes, tokens: bytes, seq: int) -> Record:
    article = decode_article(document)
    return Record(article, current_tokens(tokens, lambda: article), seq)


class _Identified(NamedTuple):
    id: str


def _identified(operation: Operation) -> _Identified:
    return _Identified(operation.article.id if isinstance(operation, Put) else operation.id)


def decode_article(document: bytes) -> Article:
    """Return the article out of its stored form."""
    return from_document(orjson.loads(decompress(document)))


def count_articles(connection: apsw.Connection) -> int:
    """Return the number of articles this connection sees."""
    return int(connection.execute("SELECT count(*) FROM articles").get)


def rows_of(connection: apsw.Connection, keys: Collection[str]) -> Iterator[tuple[str, bytes, bytes, int]]:
    """Yield (key, document, tokens, seq) of those of the articles that are stored, still compressed."""
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        statement = f"SELECT key, document, tokens, seq FROM articles WHERE key IN ({marks})"  # noqa: S608 -- marks alone
        yield from connection.execute(statement, part)


def last_row(connection: apsw.Connection) -> int:
    """Return the number of the last row of articles, 0 without any."""
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM articles").get)


def rows_between(
    connection: apsw.Connection, after: int, last: int, limit: int
) -> list[tuple[int, str, bytes, bytes, int]]:
    """Return (row, key, document, tokens, seq) of the next articles in the order in which they were first stored."""
    statement = (
        "SELECT rowid, key, document, tokens, seq FROM articles WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"
    )
    found: list[Any] = connection.execute(statement, (after, last, limit)).fetchall()
    return found


def _currents(connection: apsw.Connection, keys: Collection[str]) -> Iterator[tuple[str, Current]]:
    for key in keys:
        row = _current(connection, key)
        if row:
            yield key, row


def _current(connection: apsw.Connection, key: str) -> Current | None:
    row = connection.execute("SELECT seq, fingerprint FROM articles WHERE key = ?", (key,)).fetchone()
    return Current(*row) if row else None


def _encode(put: Put) -> tuple[bytes, bytes]:
    document = to_document(put.article)
    try:
        data = orjson.dumps(document)
    except TypeError:  # a sum over 64 bits: orjson writes none, and reads it as a float
        data = json.dumps(document, ensure_ascii=False).encode()
    return compress(data), encode_tokens(put.texts)


def _apply(connection: apsw.Connection, operation: Operation, encoded: dict[int, tuple[bytes, bytes]]) -> Outcome:
    key = _identified(operation).id
    current = _current(connection, key)
    error = _refusal(operation, key, current)
    if error:
        return Refused(key, error)
    if isinstance(operation, Delete):
        connection.execute("DELETE FROM articles WHERE key = ?", (key,))
        seq = _journal(connection, key)
        return Written(key, Change.DELETED, str(seq), seq)
    if current and current.fingerprint == operation.fingerprint:
        return Written(key, Change.UNCHANGED, str(current.seq), current.seq)
    document, tokens = encoded.get(id(operation)) or _encode(operation)
    seq = _journal(connection, key)
    values: tuple[Any, ...] = (key, seq, operation.fingerprint, document, tokens)
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET seq = excluded.seq, "
        "fingerprint = excluded.fingerprint, document = excluded.document, tokens = excluded.tokens",
        values,
    )
    return Written(key, Change.REPLACED if current else Change.CREATED, str(seq), seq)


def _journal(connection: apsw.Connection, key: str) -> int:
    connection.execute("INSERT INTO journal(key) VALUES (?)", (key,))
    return connection.last_insert_rowid()


def _refusal(operation: Operation, key: str, current: Current | None) -> GisaError | None:
    if isinstance(operation, Delete) and current is None:
        return _not_found(key)
    if _holds(operation.precondition, current):
        return None
    if operation.precondition.conflict:
        return Conflict(
            "다른 쓰기가 먼저 저장되었습니다. 기사를 다시 읽고 시도하세요.",
            "Another write came first. Read the article again and retry.",
        )
    return PreconditionFailed(
        "저장된 기사가 조건(If-Match, If-None-Match)에 맞지 않습니다. 기사를 다시 읽고 시도하세요.",
        "The stored article does not meet If-Match or If-None-Match. Read it again and retry.",
    )


def _holds(precondition: Precondition, current: Current | None) -> bool:
    if precondition.absent and current is not None:
        return False
    if precondition.present and current is None:
        return False
    return precondition.versions is None or (current is not None and str(current.seq) in precondition.versions)


def _not_found(key: str) -> NotFound:
    return NotFound(f"기사 {key}이(가) 없습니다. id를 확인하세요.", f"There is no article {key}. Check the id.")
