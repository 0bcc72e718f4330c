"""Values and titles that begin like what is being typed, and the newest articles with a word of some shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from service.domain.article import Article
from service.engines.elasticsearch import fields
from service.engines.elasticsearch.compile import EVERYTHING
from service.engines.elasticsearch.compile_positions import Query, any_of
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of
from service.search.completion import Completed, Completion, Title, completed_of
from service.search.tree import FilterField, TextField

_MOST = 300  # values told in one answer
_PER_SHARD = 2_000  # values each shard tells: those that it leaves out are in an article or two of it
_ANYTHING = ".*"
_NEWEST_FIRST = [{fields.NEWEST: "desc"}, {fields.ID: "asc"}]
_OF_A_TITLE = ["title", "unfolded.title", "published_at"]


class Completing:
    """Questions for what begins somehow, put to the articles of an index or alias."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def values(self, wanted: Completion) -> tuple[Completed, ...]:
        """Return the values asked for, the most frequent first."""
        field = fields.completion_field(wanted.group)
        query = EVERYTHING if wanted.of_all else _matching(field, wanted.pattern or _ANYTHING)
        answer = self._search(values_body(self._among_newest(query, wanted.among), field, wanted.pattern))
        buckets = answer["aggregations"]["values"]["buckets"]
        return completed_of([(b["key"], int(b["doc_count"]), int(b["newest"]["value"] or 0)) for b in buckets], _MOST)

    def titles(self, patterns: Sequence[str], size: int) -> tuple[Title, ...]:
        """Return the titles of the newest articles in whose title every pattern matches a written word."""
        field = fields.words_field(TextField.TITLE)
        query: Query = {"bool": {"filter": [_matching(field, pattern) for pattern in patterns]}}
        return tuple(map(_title, self._newest(query, size, _OF_A_TITLE)))

    def articles(self, patterns: Sequence[str], size: int, of: FilterField | None) -> tuple[Article, ...]:
        """Return the newest articles in which one of the patterns matches a written word, or a value `of` a field."""
        field = fields.value_field(of) if of else fields.words_field(None)
        query: Query = {"constant_score": {"filter": any_of([_matching(field, pattern) for pattern in patterns])}}
        return tuple(map(article_of, self._newest(query, size, True)))

    def _among_newest(self, query: Query, among: int) -> list[Query]:
        body = {"query": query, "from_": among - 1, "size": 1, "sort": [{fields.NEWEST: "desc"}], "source": False}
        found = self._search(body)["hits"]["hits"]
        return [query, *({"range": {fields.NEWEST: {"gte": hit["sort"][0]}}} for hit in found)]

    def _newest(self, query: Query, size: int, source: list[str] | bool) -> list[Mapping[str, Any]]:
        body = {"query": query, "size": size, "sort": _NEWEST_FIRST, "source": source}
        return [hit["_source"] for hit in self._search(body)["hits"]["hits"]]

    def _search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = self._connection.ask(
            lambda client: client.search(
                index=self._index, track_total_hits=False, allow_partial_search_results=False, **body
            )
        )
        return dict(answer.body)


def values_body(clauses: Sequence[Query], field: str, pattern: str | None) -> dict[str, Any]:
    """Return the body of the request that counts the terms of a pattern among the articles of all these clauses."""
    terms: dict[str, Any] = {"field": field, "size": _MOST, "shard_size": _PER_SHARD}
    if pattern:
        terms["include"] = pattern
    newest = {"newest": {"max": {"field": fields.NEWEST}}}
    return {
        "query": {"bool": {"filter": list(clauses)}},
        "size": 0,
        "aggs": {"values": {"terms": terms, "aggs": newest}},
    }


def counts_body(queries: Sequence[Query]) -> dict[str, Any]:
    """Return the body of the request that counts the articles of each query, under its number."""
    return {"size": 0, "aggs": {str(number): {"filter": query} for number, query in enumerate(queries)}}


def counts(connection: Connection, index: str, queries: Sequence[Query]) -> list[int]:
    """Return the number of articles of each query."""
    if not queries:
        return []
    answer = connection.ask(
        lambda client: client.search(
            index=index, track_total_hits=False, allow_partial_search_results=False, **counts_body(queries)
        )
    )
    return [int(answer.body["aggregations"][str(number)]["doc_count"]) for number in range(len(queries))]


def _matching(field: str, pattern: str) -> Query:
    return {"regexp": {field: {"value": pattern, "flags": "NONE"}}}


def _title(source: Mapping[str, Any]) -> Title:
    time = source.get("published_at")
    text = source.get("unfolded", {}).get("title", source["title"])
    return Title(text, datetime.fromisoformat(time) if time else None)
