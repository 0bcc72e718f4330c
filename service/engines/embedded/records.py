"""Records of the service and counts of views in SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.errors import Conflict
from service.engines.embedded.database import Database
from service.search.records import CountedView, Record, View

_READ_AT_ONCE = 1_000


class RecordTable:
    """The records of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self, name: str) -> str | None:
        """Return the version of the record, None where there is none."""
        with self._database.connection() as connection:
            found = connection.execute("SELECT version FROM records WHERE name = ?", (name,)).get
        return None if found is None else str(found)

    def read(self, name: str) -> Record | None:
        """Return the record, None where there is none."""
        with self._database.connection() as connection:
            row = connection.execute("SELECT content, version FROM records WHERE name = ?", (name,)).fetchone()
        return Record(row[0], str(row[1])) if row else None

    def write(self, name: str, content: str, seen: str | None) -> str:
        """Keep the record and return its new version; Conflict where it is not the one that was seen."""
        with self._database.transaction() as connection:
            found = connection.execute("SELECT version FROM records WHERE name = ?", (name,)).get
            if (None if found is None else str(found)) != seen:
                raise overtaken()
            version = 1 if found is None else int(found) + 1
            connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (name, content, version))
        return str(version)


class ViewTable:
    """The counts of views of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, counts: Mapping[View, int]) -> None:
        """Add to the counts in one durable transaction."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO views VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
                [(*view, count) for view, count in counts.items()],
            )

    def counted(self, first: str, last: str, outlet: str | None = None) -> Iterator[CountedView]:
        """Yield the counts in their order, some at a time: one long read would keep the write-ahead log growing."""
        after: tuple[Any, ...] = ("", "", "", "")
        while True:
            with self._database.connection() as connection:
                rows: list[tuple[Any, ...]] = connection.execute(
                    "SELECT month, outlet, audience, article, count FROM views "
                    "WHERE (month, outlet, audience, article) > (?, ?, ?, ?) AND month BETWEEN ? AND ? "
                    "AND (?7 IS NULL OR outlet = ?7) ORDER BY month, outlet, audience, article LIMIT ?8",
                    (*after, first, last, outlet, _READ_AT_ONCE),
                ).fetchall()
            for row in rows:
                yield CountedView(View(*row[:4]), row[4])
            if len(rows) < _READ_AT_ONCE:
                return
            after = rows[-1][:4]


def overtaken() -> Conflict:
    """Return the error of a write that another one came before."""
    return Conflict(
        "다른 쓰기가 먼저 저장되었습니다. 다시 읽고 시도하세요.",
        "Another write came first. Read it again and retry.",
    )
