"""Articles in SQLite: the system of record."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import apsw
import orjson

from service.domain.article import Article
from service.domain.errors import Conflict, GisaError, NotFound, PreconditionFailed
from service.engines.embedded.database import Database
from service.engines.embedded.failpoints import Failpoint, reach
from service.engines.embedded.given import GivenPages
from service.engines.embedded.quotes import QuoteRow, find_quotes, quote_rows, replace_quotes
from service.engines.embedded.rows import Row, count_articles, last_row, rows_between, rows_of, titles_of
from service.engines.embedded.stories import StoryTable, count_members, members_in_order, membership_of
from service.search.completion import Title
from service.search.documents import to_document
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
from service.search.quotes import QuoteRequest, QuoteResults
from service.search.results import Copy, Duplicates
from service.search.stored_tokens import compress, current_tokens
from service.search.tokens import Tokens
from service.stories.likeness import similarity
from service.stories.precedence import precedence_of

_SCANNED_AT_ONCE = 200  # articles read at a time


class Current(NamedTuple):
    """What is stored under a key, as far as a write needs to know."""

    seq: int
    fingerprint: str


class Encoded(NamedTuple):
    """What is written of an article."""

    document: bytes
    quotes: list[QuoteRow]


class Record(NamedTuple):
    """An article with the tokens of its texts."""

    article: Article
    tokens: Tokens
    seq: int


class Store:
    """The articles of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.pages = GivenPages(database.directory)

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply the operations in one transaction and return their outcomes once it is durable."""
        encoded = self._encoded(operations)
        with self._database.transaction() as connection:
            outcomes = [_apply(connection, operation, encoded) for operation in operations]
            reach(Failpoint.BEFORE_STORE_COMMIT)
        reach(Failpoint.AFTER_STORE_COMMIT)
        return outcomes

    def get(self, key: str) -> Stored:
        """Return the article; NotFound where there is none."""
        for row in self._rows([key]):
            return Stored(row.article(), str(row.seq))
        raise _not_found(key)

    def fingerprints(self, keys: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return (fingerprint, version) of those of the articles that are stored."""
        with self._database.connection() as connection:
            return {key: (current.fingerprint, str(current.seq)) for key, current in _currents(connection, keys)}

    def records(self, keys: Collection[str]) -> dict[str, Record]:
        """Return those of the articles that are stored, with their tokens."""
        return {row.key: _record(row) for row in self._rows(keys)}

    def articles(self, keys: Sequence[str]) -> list[Article]:
        """Return those of the articles that are stored, in this order."""
        found = {row.key: row for row in self._rows(keys)}
        return [found[key].article() for key in keys if key in found]

    def titles(self, keys: Sequence[str]) -> list[Title]:
        """Return the titles of those of the articles that are stored, in this order."""
        with self._database.connection() as connection:
            found = titles_of(connection, keys)
        return [found[key] for key in keys if key in found]

    def tokens(self, keys: Collection[str]) -> list[tuple[str, Tokens]]:
        """Return the tokens of those of the articles that are stored."""
        return [(row.key, row.tokens()) for row in self._rows(keys)]

    def duplicates(self, key: str, size: int) -> Duplicates:
        """Return the other articles of the same story; NotFound where there is no such article."""
        with self._database.snapshot() as connection:
            row = next(rows_of(connection, [key]), None)
            if row is None:
                raise _not_found(key)
            if row.story is None:
                return Duplicates(row.article().story_id, 0, ())
            members = dict(members_in_order(connection, row.story, size + 1))
            own = StoryTable(connection).signatures([key])[key]
            total = count_members(connection, row.story) - 1
            rows = {row.key: row for row in rows_of(connection, members)}
        others = [(other, theirs) for other, theirs in members.items() if other != key][:size]
        copies = (Copy(rows[other].article(), similarity(own, theirs)) for other, theirs in others)
        return Duplicates(row.story, total, tuple(copies))

    def quotes(self, request: QuoteRequest) -> QuoteResults:
        """Return a page of quotes with the articles they stand in."""
        with self._database.snapshot() as connection:
            return find_quotes(connection, request)

    def scan(self) -> Iterator[Scanned]:
        """Yield every article in the order in which they were first stored, up to the last one of now."""
        with self._database.connection() as connection:
            number, last = 0, last_row(connection)
        while True:
            # Short reads: one long snapshot would keep the write-ahead log from being reset.
            with self._database.connection() as connection:
                rows = rows_between(connection, number, last, _SCANNED_AT_ONCE)
            for row in rows:
                yield Scanned(row.article(), row.fingerprint)
            if not rows:
                return
            number = rows[-1].number

    def count(self) -> int:
        """Return the number of articles."""
        with self._database.connection() as connection:
            return count_articles(connection)

    def _rows(self, keys: Collection[str]) -> list[Row]:
        with self._database.connection() as connection:
            return list(rows_of(connection, keys))

    def _encoded(self, operations: Sequence[Operation]) -> dict[int, Encoded]:
        # This takes longer than storing: it is done outside the transaction, for what has changed by then.
        stored = self.fingerprints({operation.id for operation in map(_identified, operations)})
        encoded = {}
        for operation in operations:
            if isinstance(operation, Put):
                fingerprint, _ = stored.get(operation.article.id, ("", ""))
                if fingerprint != operation.fingerprint:
                    encoded[id(operation)] = _encode(operation)
        return encoded


def _record(row: Row) -> Record:
    article = row.article()
    return Record(article, current_tokens(row.packed_tokens, lambda: article), row.seq)


class _Identified(NamedTuple):
    id: str


def _identified(operation: Operation) -> _Identified:
    return _Identified(operation.article.id if isinstance(operation, Put) else operation.id)


def _currents(connection: apsw.Connection, keys: Collection[str]) -> Iterator[tuple[str, Current]]:
    for key in keys:
        row = _current(connection, key)
        if row:
            yield key, row


def _current(connection: apsw.Connection, key: str) -> Current | None:
    row = connection.execute("SELECT seq, fingerprint FROM articles WHERE key = ?", (key,)).fetchone()
    return Current(*row) if row else None


def _encode(put: Put) -> Encoded:
    return Encoded(_document(put), quote_rows(put.article))


def _document(put: Put) -> bytes:
    document = to_document(put.article)
    try:
        data = orjson.dumps(document)
    except TypeError:  # a sum over 64 bits: orjson writes none, and reads it as a float
        data = json.dumps(document, ensure_ascii=False).encode()
    return compress(data)


def _apply(connection: apsw.Connection, operation: Operation, encoded: dict[int, Encoded]) -> Outcome:
    key = _identified(operation).id
    current = _current(connection, key)
    error = _refusal(operation, key, current)
    if error:
        return Refused(key, error)
    if isinstance(operation, Delete):
        _stories(connection).discard(key)
        connection.execute("DELETE FROM articles WHERE key = ?", (key,))
        replace_quotes(connection, key, ())
        seq = _journal(connection, key)
        return Written(key, Change.DELETED, str(seq), seq)
    if current and current.fingerprint == operation.fingerprint:
        membership = membership_of(connection, key)
        return Written(key, Change.UNCHANGED, str(current.seq), current.seq, membership)
    _find_story(connection, operation)
    document, quotes = encoded.get(id(operation)) or _encode(operation)
    replace_quotes(connection, key, quotes)
    seq = _journal(connection, key)
    values: tuple[Any, ...] = (key, seq, operation.fingerprint, document, operation.tokens)
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET seq = excluded.seq, "
        "fingerprint = excluded.fingerprint, document = excluded.document, tokens = excluded.tokens",
        values,
    )
    change = Change.REPLACED if current else Change.CREATED
    return Written(key, change, str(seq), seq, membership_of(connection, key))


def _find_story(connection: apsw.Connection, put: Put) -> None:
    if put.signature:
        _stories(connection).put(put.article.id, put.signature, precedence_of(put.article))
    else:
        _stories(connection).discard(put.article.id)


def _stories(connection: apsw.Connection) -> StoryTable:
    # What moves to another story is indexed anew; its own version stays, as nothing that was given has changed.
    return StoryTable(connection, lambda keys: [_journal(connection, key) for key in keys])


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
