"""The SQLite database: connections, transactions and its schema."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from service.domain.errors import EngineUnavailable, StartupError
from service.engines.embedded import quotes, stories
from service.engines.embedded.failures import damaged, translated, translated_at_start
from service.engines.embedded.moves import finish_moves

FILE_NAME = "gisa.sqlite3"
SCHEMA_VERSION = 4
_BUSY_TIMEOUT = 10_000  # milliseconds
_OLDEST_SQLITE = (3, 51, 3)  # those before have a race at a WAL reset that can damage the file
_CHECKED_AT_OPEN = 64 << 20  # bytes: a larger file would hold up the start for longer than a second

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE articles(
  key TEXT PRIMARY KEY, seq INTEGER NOT NULL, fingerprint TEXT NOT NULL, document BLOB NOT NULL, tokens BLOB NOT NULL
);
CREATE TABLE journal(seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL);
CREATE TABLE checkpoint(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation TEXT NOT NULL, seq INTEGER NOT NULL, opstamp INTEGER NOT NULL, documents INTEGER NOT NULL
);
CREATE TABLE set_aside(key TEXT PRIMARY KEY, seq INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE idempotency(
  key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
  kept_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_kept_at ON idempotency(kept_at);
"""
_RECORDS = """
CREATE TABLE records(name TEXT PRIMARY KEY, content TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE views(
  month TEXT NOT NULL, outlet TEXT NOT NULL, audience TEXT NOT NULL, article TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (month, outlet, audience, article)
) WITHOUT ROWID;
"""
_SINCE = {2: stories.SCHEMA, 3: quotes.SCHEMA, 4: _RECORDS}
"""What each version of the schema added to the first.

Articles from before get their story and their quotes when they are next put.
"""


class Database:
    """A pool of connections to one database file; every connection waits for durability (`synchronous=FULL`)."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._path = str(directory / FILE_NAME)
        self._idle: queue.LifoQueue[apsw.Connection] = queue.LifoQueue()
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[apsw.Connection]:
        """Give a connection for reading; it belongs to the caller until the block ends."""
        if self._closed:
            raise EngineUnavailable("엔진이 닫혔습니다.", "The engine is closed.")
        with translated(self.directory):
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                connection = connect(self._path)
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def transaction(self) -> Iterator[apsw.Connection]:
        """Give a connection inside a write transaction; it is committed, durably, when the block ends well."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                # A failed COMMIT and some errors inside have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[apsw.Connection]:
        """Give a connection whose reads all see one state."""
        with self.connection() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def close(self) -> None:
        """Close every idle connection; one in use is closed when it is given back."""
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def _give_back(self, connection: apsw.Connection) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.put(connection)


def connect(path: str) -> apsw.Connection:
    """Return a new connection as every one must be."""
    connection = apsw.Connection(path)
    connection.set_busy_timeout(_BUSY_TIMEOUT)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def open_database(directory: Path) -> Database:
    """Return the database in this directory, made where there is none; StartupError says why it cannot be opened."""
    _require_sqlite(apsw.sqlite_lib_version())
    with translated_at_start(directory):
        directory.mkdir(parents=True, exist_ok=True)
        finish_moves(directory)
        connection = connect(str(directory / FILE_NAME))
        try:
            _prepare(connection, directory)
        finally:
            connection.close()
    return Database(directory)


def _require_sqlite(version: str) -> None:
    if tuple(int(part) for part in version.split(".")) < _OLDEST_SQLITE:
        raise StartupError(
            f"SQLite {version}은 데이터를 손상시킬 수 있습니다. apsw를 3.51.3 이상으로 설치하세요.",
            f"SQLite {version} can damage the data. Install apsw 3.51.3 or newer.",
        )


def _prepare(connection: apsw.Connection, directory: Path) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    # IMMEDIATE: of several processes that start at once, one makes the tables.
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get:
            connection.execute(_SCHEMA)
            connection.execute("INSERT INTO meta VALUES ('schema_version', 1)")
        version = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").get
        for added in range(version + 1, SCHEMA_VERSION + 1) if isinstance(version, int) else ():
            connection.execute(_SINCE[added])
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (added,))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise StartupError(
            f"데이터 폴더 {directory}는 더 새로운 기사(형식 {version})가 만든 것입니다. 그 판으로 다시 시작하세요.",
            f"The data directory {directory} was written by a newer Gisa (format {version}). Start that version.",
        )
    if (directory / FILE_NAME).stat().st_size <= _CHECKED_AT_OPEN:
        finding = connection.execute("PRAGMA quick_check(1)").get
        if finding != "ok":
            raise damaged(directory, str(finding))
