"""tantivy, SQLite FTS5 and Whoosh, each over the content morphemes of title and body that mecab-ko-dic yields."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import orjson
import tantivy
from tantivy import Occur, Query

from bench.contenders.contender import NotOffered
from bench.kinds import FACET_SIZE, PAGE_SIZE, SIX_FACETS, Kind
from service.domain.article import Article
from service.domain.time import KST
from service.search.documents import to_document
from service.search.engine import Put
from service.search.stored_tokens import decode_tokens
from service.search.tokens import FILLER
from service.search.tree import FilterField, TextField
from service.search.values import filter_values


def content(put: Put) -> str:
    """Return the content morphemes of title and body, with a blank between two."""
    tokens = decode_tokens(put.tokens)
    texts = (*tokens[TextField.TITLE], *tokens[TextField.BODY])
    return " ".join(term for text in texts for term in text.content_terms if term != FILLER)


def source(article: Article) -> bytes:
    """Return what is shown of a hit."""
    document = to_document(article)
    document.pop("body")
    return orjson.dumps(document)


class Tantivy:
    """tantivy by itself."""

    def __init__(self, folder: Path) -> None:
        fresh = not (folder / "meta.json").exists()
        self._schema = _tantivy_schema()
        self._index = tantivy.Index(self._schema, str(folder)) if fresh else tantivy.Index.open(str(folder))
        self._writer = self._index.writer(64_000_000, 1) if fresh else None
        self._searcher = self._index.searcher()

    def add(self, puts: Sequence[Put]) -> None:
        """Take articles."""
        assert self._writer
        for put in puts:
            article = put.article
            document: dict[str, Any] = {name: filter_values(article, FilterField(name)) for name in SIX_FACETS}
            if article.published_at:
                time = article.published_at.astimezone(KST)
                document |= {"published": int(time.timestamp()), "month": time.year * 12 + time.month - 1}
            document |= {"text": content(put), "source": source(article)}
            self._writer.add_document(tantivy.Document.from_dict(document, self._schema))

    def finish(self) -> None:
        """Commit and merge."""
        assert self._writer
        self._writer.commit()
        self._writer.wait_merging_threads()

    def search(self, kind: Kind) -> int:
        """Answer by the searcher."""
        if kind.grouped:
            raise NotOffered
        query = self._query(kind)
        order = {"order_by_field": "published"} if kind.newest else {}
        found: Any = self._searcher.search(query, PAGE_SIZE, offset=(kind.page - 1) * PAGE_SIZE, count=True, **order)
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        for _, address in found.hits:
            document = self._searcher.doc(address)
            orjson.loads(document["source"][0])
            if kind.is_highlighted:
                snippets.snippet_from_doc(document).to_html()
        if kind.counted:
            terms = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in SIX_FACETS}
            self._searcher.aggregate(query, {**terms, "published": {"terms": {"field": "month", "size": 10_000}}})
        return int(found.count)

    def _query(self, kind: Kind) -> Query:
        schema = self._schema
        clauses = [(Occur.Must, Query.term_query(schema, "text", word)) for word in kind.words]
        clauses += [(Occur.Must, Query.phrase_query(schema, "text", list(kind.phrase)))] if kind.phrase else []
        clauses += [(Occur.Must, Query.regex_query(schema, "text", f"{kind.prefix}.*"))] if kind.prefix else []
        clauses += [
            (Occur.Must, Query.const_score_query(Query.term_query(schema, name, value), 0.0))
            for name, value in (("outlet", kind.outlet), ("section", kind.section))
            if value
        ]
        if kind.since:
            since = int(datetime.fromisoformat(kind.since).replace(tzinfo=KST).timestamp())
            clauses.append(
                (Occur.Must, Query.range_query(schema, "published", tantivy.FieldType.Unsigned, since, 1 << 62))
            )
        clauses += [(Occur.MustNot, Query.term_query(schema, "text", kind.without))] if kind.without else []
        return Query.boolean_query(clauses) if clauses else Query.all_query()


class Fts5:
    """SQLite's FTS5, its facets counted by SQL."""

    def __init__(self, folder: Path) -> None:
        self._connection = apsw.Connection(str(folder / "fts5.sqlite3"))
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(_FTS5)
        self._number = self._connection.execute("SELECT coalesce(max(rowid), 0) FROM articles").get

    def add(self, puts: Sequence[Put]) -> None:
        """Take articles."""
        with self._connection:
            for put in puts:
                self._number += 1
                article, time = put.article, put.article.published_at
                self._connection.execute("INSERT INTO texts(rowid, text) VALUES (?, ?)", (self._number, content(put)))
                self._connection.execute(
                    "INSERT INTO articles(rowid, published, month, source) VALUES (?, ?, ?, ?)",
                    (
                        self._number,
                        int(time.timestamp()) if time else None,
                        f"{time.astimezone(KST):%Y-%m}" if time else None,
                        source(article),
                    ),
                )
                self._connection.executemany(
                    "INSERT INTO facets VALUES (?, ?, ?)",
                    [
                        (self._number, name, value)
                        for name in SIX_FACETS
                        for value in filter_values(article, FilterField(name))
                    ],
                )

    def finish(self) -> None:
        """Merge."""
        self._connection.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        self._connection.close()

    def search(self, kind: Kind) -> int:
        """Answer by SQL."""
        if kind.grouped:
            raise NotOffered
        match = _match(kind)
        tables = "texts JOIN articles ON articles.rowid = texts.rowid" if match else "articles"
        where, values = _conditions(kind, match)
        marked = "snippet(texts, 0, '<mark>', '</mark>', '…', 40)" if match else "NULL"
        order = "rank, articles.rowid" if match and not kind.newest else "published DESC, articles.rowid"
        page = f"LIMIT {PAGE_SIZE} OFFSET {(kind.page - 1) * PAGE_SIZE}"
        select = f"SELECT source, {marked} FROM {tables} WHERE {where} ORDER BY {order} {page}"
        for shown, _ in self._connection.execute(select, values):
            orjson.loads(shown)
        if kind.counted:
            self._connection.execute(
                f"SELECT name, value, count(*) FROM facets WHERE number IN (SELECT articles.rowid FROM {tables} "
                f"WHERE {where}) GROUP BY name, value ORDER BY name, 3 DESC",
                values,
            ).fetchall()
            self._connection.execute(
                f"SELECT month, count(*) FROM {tables} WHERE {where} GROUP BY month", values
            ).fetchall()
        return int(self._connection.execute(f"SELECT count(*) FROM {tables} WHERE {where}", values).get)


_FTS5 = """
CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(text, tokenize='unicode61', prefix='2 3');
CREATE TABLE IF NOT EXISTS articles(rowid INTEGER PRIMARY KEY, published INTEGER, month TEXT, source BLOB);
CREATE INDEX IF NOT EXISTS articles_published ON articles(published);
CREATE TABLE IF NOT EXISTS facets(number INTEGER, name TEXT, value TEXT);
CREATE INDEX IF NOT EXISTS facets_number ON facets(number);
CREATE INDEX IF NOT EXISTS facets_value ON facets(name, value);
"""


def _match(kind: Kind) -> str:
    parts = [f'"{word}"' for word in kind.words]
    parts += [f'"{" ".join(kind.phrase)}"'] if kind.phrase else []
    parts += [f'"{kind.prefix}"*'] if kind.prefix else []
    return " AND ".join(parts) + (f' NOT "{kind.without}"' if kind.without else "")


def _conditions(kind: Kind, match: str) -> tuple[str, list[Any]]:
    where, values = ["texts MATCH ?"] if match else [], [match] if match else []
    bound: list[Any] = [*values]
    for name, value in (("outlet", kind.outlet), ("section", kind.section)):
        if value:
            where.append("articles.rowid IN (SELECT number FROM facets WHERE name = ? AND value = ?)")
            bound += [name, value]
    if kind.since:
        where.append("published >= ?")
        bound.append(int(datetime.fromisoformat(kind.since).replace(tzinfo=KST).astimezone(UTC).timestamp()))
    return " AND ".join(where) or "1", bound


class Whoosh:
    """Whoosh, whose facets are counted in Python."""

    def __init__(self, folder: Path) -> None:
        from whoosh import analysis, fields, index  # noqa: PLC0415 -- of the group `bench`, imported where it is measured

        tokens = analysis.SpaceSeparatedTokenizer()
        schema = fields.Schema(
            text=fields.TEXT(analyzer=tokens, stored=True),
            published=fields.NUMERIC(int, 64, sortable=True, stored=True),
            outlet=fields.ID(stored=True),
            section=fields.ID(stored=True),
            source=fields.STORED,
        )
        self._index = index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, schema)
        self._writer: Any = None
        self._searcher: Any = None

    def add(self, puts: Sequence[Put]) -> None:
        """Take articles."""
        self._writer = self._writer or self._index.writer(limitmb=256)
        for put in puts:
            article, time = put.article, put.article.published_at
            shown = {name: filter_values(article, FilterField(name)) for name in SIX_FACETS}
            self._writer.add_document(
                text=content(put),
                published=int(time.timestamp()) if time else 0,
                outlet=article.outlet,
                section=article.section,
                source=(source(article), shown, f"{time.astimezone(KST):%Y-%m}" if time else None),
            )

    def finish(self) -> None:
        """Commit."""
        self._writer.commit()

    def search(self, kind: Kind) -> int:
        """Answer by the searcher."""
        if kind.grouped:
            raise NotOffered
        self._searcher = self._searcher or self._index.searcher()
        order = {"sortedby": "published", "reverse": True} if kind.newest else {}
        limit = None if kind.counted else PAGE_SIZE * kind.page
        results = self._searcher.search(_whoosh_query(kind), limit=limit, **order)
        for hit in results[(kind.page - 1) * PAGE_SIZE : kind.page * PAGE_SIZE]:
            orjson.loads(hit["source"][0])
            if kind.is_highlighted:
                hit.highlights("text")
        if kind.counted:
            counts: dict[str, Counter[str]] = defaultdict(Counter)
            for hit in results:
                _, shown, month = hit["source"]
                counts["published"][month] += 1
                for name, values in shown.items():
                    counts[name].update(values)
        return len(results)


def _whoosh_query(kind: Kind) -> Any:
    from whoosh import query  # noqa: PLC0415 -- of the group `bench`

    parts: list[Any] = [query.Term("text", word) for word in kind.words]
    parts += [query.Phrase("text", list(kind.phrase))] if kind.phrase else []
    parts += [query.Prefix("text", kind.prefix)] if kind.prefix else []
    for name, value in (("outlet", kind.outlet), ("section", kind.section)):
        parts += [query.Term(name, value)] if value else []
    if kind.since:
        since = int(datetime.fromisoformat(kind.since).replace(tzinfo=KST).timestamp())
        parts.append(query.NumericRange("published", since, None))
    found = query.And(parts) if parts else query.Every()
    return query.AndNot(found, query.Term("text", kind.without)) if kind.without else found


def _tantivy_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace", index_option="position")
    for name in SIX_FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("published", "month"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()
