"""Reading articles out of SQLite: a row of `articles` with its place among the stories."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import apsw
import msgspec
import orjson

from service.domain.article import Article
from service.search.completion import Title
from service.search.documents import from_document
from service.search.stored_tokens import current_tokens, decompress
from service.search.tokens import Tokens

_AT_ONCE = 500  # keys in one statement
_ROWS = (
    "SELECT articles.rowid, articles.key, seq, fingerprint, document, tokens, stories.story, "
    "(SELECT key FROM stories AS first WHERE first.story = stories.story ORDER BY precedence, key LIMIT 1) "
    "FROM articles LEFT JOIN stories ON stories.key = articles.key"
)


class Row(NamedTuple):
    """What is stored of an article, still compressed; `story` and its `first` article are None where it keeps its own.

    `number` counts up in the order in which articles were first stored.
    """

    number: int
    key: str
    seq: int
    fingerprint: str
    document: bytes
    packed_tokens: bytes
    story: str | None
    first: str | None

    def article(self) -> Article:
        """Return the article with its place among the stories."""
        document = orjson.loads(decompress(self.document))
        if self.story is not None:
            document |= {"story_id": self.story, "duplicate_of": self.first if self.first != self.key else None}
        return from_document(document)

    def tokens(self) -> Tokens:
        """Return the tokens of the article's texts, by today's analyser."""
        return current_tokens(self.packed_tokens, self.article)


def rows_of(connection: apsw.Connection, keys: Collection[str]) -> Iterator[Row]:
    """Return those of the articles that are stored, read as they are asked for."""
    return map(Row._make, _of_keys(connection, _ROWS, keys))


def _of_keys(connection: apsw.Connection, selected: str, keys: Collection[str]) -> Iterator[tuple[Any, ...]]:
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        yield from connection.execute(f"{selected} WHERE articles.key IN ({marks})", part)


class _OfTitle(msgspec.Struct):
    title: str
    published_at: datetime | None


_TITLES = msgspec.json.Decoder(_OfTitle)


def titles_of(connection: apsw.Connection, keys: Collection[str]) -> dict[str, Title]:
    """Return the titles of those of the articles that are stored, by key; nothing else of them is decoded."""
    rows = _of_keys(connection, "SELECT key, document FROM articles", keys)
    read = ((key, _TITLES.decode(decompress(document))) for key, document in rows)
    return {key: Title(found.title, found.published_at) for key, found in read}


def rows_between(connection: apsw.Connection, after: int, last: int, limit: int) -> list[Row]:
    """Return the next articles in the order in which they were first stored."""
    statement = f"{_ROWS} WHERE articles.rowid > ? AND articles.rowid <= ? ORDER BY articles.rowid LIMIT ?"
    return list(map(Row._make, connection.execute(statement, (after, last, limit))))


def last_row(connection: apsw.Connection) -> int:
    """Return the number of the last row of articles, 0 without any."""
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM articles").get)


def count_articles(connection: apsw.Connection) -> int:
    """Return the number of articles this connection sees."""
    return int(connection.execute("SELECT count(*) FROM articles").get)
