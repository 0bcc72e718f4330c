"""Stories in SQLite: the signature of each article, the keys it is found by, and its place in its story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import apsw

from service.stories import clustering
from service.stories.clustering import MOST_OF_A_BAND
from service.stories.membership import Membership
from service.stories.signature import Signature, decode, encode

_AT_ONCE = 500  # values in one statement

SCHEMA = """
CREATE TABLE stories(
  number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, story TEXT NOT NULL, precedence INTEGER NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX stories_in_order ON stories(story, precedence, key);
CREATE TABLE bands(band INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (band, number)) WITHOUT ROWID;
"""


class StoryTable:
    """The stories as one transaction sees and changes them; `moved` is told the keys whose story has changed."""

    def __init__(self, connection: apsw.Connection, moved: Callable[[Collection[str]], object] = len) -> None:
        self._connection = connection
        self._moved = moved

    def put(self, key: str, signature: Signature, precedence: int) -> None:
        """Keep an article that is new or has changed, and find its story."""
        clustering.put(self, key, signature)
        self._connection.execute(
            "UPDATE stories SET precedence = ? WHERE key = ? AND precedence <> ?", (precedence, key, precedence)
        )

    def discard(self, key: str) -> None:
        """Forget an article where it is kept."""
        clustering.discard(self, key)

    def kept(self, article_id: str) -> tuple[Signature, str] | None:
        """Return the signature and the story of an article."""
        row = self._connection.execute("SELECT signature, story FROM stories WHERE key = ?", (article_id,)).fetchone()
        return (decode(row[0]), row[1]) if row else None

    def sharing(self, signature: Signature) -> Mapping[str, str]:
        """Return id to story of articles that share a band."""
        found: Counter[int] = Counter()
        for band in signature.bands:
            rows = self._connection.execute("SELECT number FROM bands WHERE band = ? LIMIT ?", (band, MOST_OF_A_BAND))
            found.update(number for (number,) in rows)
        named = {
            number: (key, story)
            for number, key, story in _selected(
                self._connection, "SELECT number, key, story FROM stories WHERE number IN", list(found)
            )
        }
        return dict(named[number] for number, _ in found.most_common())

    def signatures(self, ids: Collection[str]) -> dict[str, Signature]:
        """Return the signatures of these articles."""
        rows = _selected(self._connection, "SELECT key, signature FROM stories WHERE key IN", list(ids))
        return {key: decode(data) for key, data in rows}

    def members(self, story: str) -> Collection[str]:
        """Return the ids of all articles of a story."""
        return [key for (key,) in self._connection.execute("SELECT key FROM stories WHERE story = ?", (story,))]

    def add(self, article_id: str, signature: Signature, story: str) -> None:
        """Keep a new article with its story."""
        self._connection.execute(
            "INSERT INTO stories(key, story, precedence, signature) VALUES (?, ?, 0, ?)",
            (article_id, story, encode(signature)),
        )
        number = self._connection.last_insert_rowid()
        self._connection.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in signature.bands]
        )

    def remove(self, article_id: str) -> None:
        """Forget an article."""
        statement = "DELETE FROM stories WHERE key = ? RETURNING number, signature"
        rows: list[Any] = self._connection.execute(statement, (article_id,)).fetchall()
        for number, data in rows:
            self._connection.executemany(
                "DELETE FROM bands WHERE band = ? AND number = ?", [(band, number) for band in decode(data).bands]
            )

    def move(self, ids: Collection[str], story: str) -> None:
        """Give articles another story."""
        self._connection.executemany("UPDATE stories SET story = ? WHERE key = ?", [(story, key) for key in ids])
        self._moved(ids)


def membership_of(connection: apsw.Connection, key: str) -> Membership | None:
    """Return the story of an article and the one it is a copy of; None where it keeps its own."""
    row = connection.execute("SELECT story FROM stories WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    [(first, *_)] = members_in_order(connection, row[0], 1)
    return Membership(row[0], first if first != key else None)


def members_in_order(connection: apsw.Connection, story: str, limit: int) -> list[tuple[str, Signature]]:
    """Return the first articles of a story, the one that the others are copies of before them."""
    rows = connection.execute(
        "SELECT key, signature FROM stories WHERE story = ? ORDER BY precedence, key LIMIT ?", (story, limit)
    )
    return [(key, decode(data)) for key, data in rows]


def count_members(connection: apsw.Connection, story: str) -> int:
    """Return the number of articles of a story."""
    return int(connection.execute("SELECT count(*) FROM stories WHERE story = ?", (story,)).get)


def _selected(connection: apsw.Connection, statement: str, values: Sequence[object]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        found += connection.execute(f"{statement} ({','.join('?' * len(part))})", part).fetchall()
    return found
