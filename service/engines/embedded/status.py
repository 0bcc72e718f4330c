"""What the indexing worker and the searches tell each other across processes."""

from __future__ import annotations

import apsw

from service.engines.embedded.database import Database

_FAILURE = "indexing_failure"
_SUSPECTED = "suspected_generation"


def write_failure(database: Database, failure: str | None) -> None:
    """Keep why indexing fails, None while it works."""
    with database.connection() as connection:
        known = read_entry(connection, _FAILURE)
    if known != failure:
        with database.transaction() as connection:
            write_entry(connection, _FAILURE, failure)


def read_failure(connection: apsw.Connection) -> str | None:
    """Return why indexing fails."""
    return read_entry(connection, _FAILURE)


def write_suspected(database: Database, generation: str) -> None:
    """Tell the indexing worker that a search failed in this generation in a way only damage explains."""
    with database.transaction() as connection:
        write_entry(connection, _SUSPECTED, generation)


def clear_suspected(database: Database) -> None:
    """Forget the suspicion once it was looked into."""
    with database.transaction() as connection:
        write_entry(connection, _SUSPECTED, None)


def read_suspected(connection: apsw.Connection) -> str | None:
    """Return the generation in which a search failed."""
    return read_entry(connection, _SUSPECTED)


def read_entry(connection: apsw.Connection, name: str) -> str | None:
    """Return what is kept under this name, None where nothing is."""
    value = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).get
    return None if value is None else str(value)


def write_entry(connection: apsw.Connection, name: str, value: str | None) -> None:
    """Keep a text under this name, or nothing; the caller holds a transaction."""
    if value is None:
        connection.execute("DELETE FROM meta WHERE name = ?", (name,))
    else:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
