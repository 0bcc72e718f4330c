"""Counting and streaming hits."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from service.engines.elasticsearch import fields
from service.engines.elasticsearch.compile import compile_node
from service.engines.elasticsearch.compile_positions import Query
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of, tokens_of
from service.engines.elasticsearch.paging import sort_clauses
from service.engines.elasticsearch.places import Places
from service.engines.elasticsearch.scanning import KEEP_ALIVE, Page, pages_of, point_in_time
from service.engines.elasticsearch.search import main_query, scoring
from service.engines.elasticsearch.walking import all_values
from service.search.analytics import HitStream, Named
from service.search.highlight import highlights, sought
from service.search.leaves import scores
from service.search.request import SearchRequest, Sort
from service.search.results import Hit
from service.search.tree import FilterField, Node

_AT_ONCE = 500  # conditions counted with one request
_READ_AT_ONCE = 200  # articles of a stream that are held at a time
_SAME_SCORE = 1.0
_WITHOUT_TOKENS: dict[str, Any] = {"source_excludes": ["tokens"]}


class Analytics:
    """What is counted and streamed beside searches."""

    def __init__(self, connection: Connection, places: Places) -> None:
        self._connection = connection
        self._places = places

    def counts_within(self, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        """Return for each condition the number of hits that it holds of as well."""
        compiled = [compile_node(condition, request.fields) for condition in conditions]
        parts = (compiled[start : start + _AT_ONCE] for start in range(0, len(compiled), _AT_ONCE))
        return tuple(number for part in parts for number in self._counts(main_query(request), part))

    def value_counts(self, request: SearchRequest, values: Sequence[Named]) -> tuple[int, ...]:
        """Return for each value, as it is spelled, the number of hits that have it."""
        answer = self._aggregated(main_query(request), _some(values)) if values else {}
        counted = {Named(field, key): bucket["doc_count"] for field, key, bucket in _buckets(answer, values)}
        return tuple(int(counted.get(value, 0)) for value in values)

    def pair_counts(self, request: SearchRequest, values: Sequence[Named]) -> Mapping[tuple[Named, Named], int]:
        """Return for each two of the values, as they are spelled, the number of hits that have both."""
        outer = {name: terms | {"aggs": _some(values)} for name, terms in _some(values).items()}
        answer = self._aggregated(main_query(request), outer) if values else {}
        place = {value: number for number, value in enumerate(values)}
        found = (
            (Named(first, key), Named(second, other), int(inner["doc_count"]))
            for first, key, bucket in _buckets(answer, values)
            for second, other, inner in _buckets(bucket, values)
        )
        return {(one, other): count for one, other, count in found if place[one] < place[other]}

    def days(self, request: SearchRequest) -> Mapping[int, int]:
        """Return the number of hits of each day in Asia/Seoul, by its number."""
        place = {"index": self._places.all, "allow_partial_search_results": False}
        return dict(all_values(self._connection, place, main_query(request), fields.DAY))

    def stream(self, request: SearchRequest, limit: int) -> HitStream:
        """Return the first hits in the order of the request; their state is kept until they are read or closed."""
        with ExitStack() as stack:
            point = stack.enter_context(point_in_time(self._connection, self._places.all))
            query = main_query(request)
            answer = self._connection.ask_patiently(
                lambda client: client.search(
                    pit={"id": point, "keep_alive": KEEP_ALIVE}, query=query, size=0, track_total_hits=True
                )
            )
            total = int(answer.body["hits"]["total"]["value"])
            return HitStream(total, self._held(stack.pop_all(), point, request, limit))

    def _counts(self, query: Query, conditions: Sequence[Query]) -> list[int]:
        counted = {"counts": {"filters": {"filters": list(conditions)}}}
        answer = self._aggregated(query, counted)
        return [int(bucket["doc_count"]) for bucket in answer["counts"]["buckets"]]

    def _aggregated(self, query: Query, aggregations: dict[str, Any]) -> dict[str, Any]:
        answer = self._connection.ask_patiently(
            lambda client: client.search(
                index=self._places.all,
                query={"bool": {"filter": [query]}},
                size=0,
                track_total_hits=False,
                allow_partial_search_results=False,
                aggs=aggregations,
            )
        )
        return dict(answer.body["aggregations"])

    def _held(self, held: ExitStack, point: str, request: SearchRequest, limit: int) -> Generator[Hit]:
        alike = request.sort is Sort.RELEVANCE and not scores(request.query)
        sort = Sort.NEWEST if alike else request.sort  # as in a search: without a word to be found, the newest first
        with held:
            found = pages_of(
                self._connection,
                point,
                size=_READ_AT_ONCE,
                query=main_query(request),
                sort=sort_clauses(sort),
                source=False,
                **scoring(sort),
            )
            for page in found:
                yield from self._hits(page[:limit], request, alike=alike, by_score=sort is Sort.RELEVANCE)
                limit -= len(page)
                if limit <= 0:
                    return

    def _hits(self, page: Page, request: SearchRequest, *, alike: bool, by_score: bool) -> Iterator[Hit]:
        leaves = sought(request) if request.highlight else ()
        # Not out of the kept state: it may hold what has been deleted or replaced since.
        sources = self._places.sources([hit["_id"] for hit in page], **({} if leaves else _WITHOUT_TOKENS))
        for hit in page:
            source = sources.get(hit["_id"])
            if source is None:
                continue
            article = article_of(source)
            yield Hit(
                article=article,
                score=_SAME_SCORE if alike else float(hit["sort"][0]) if by_score else None,
                highlights=highlights(article, tokens_of(source), leaves) if leaves else {},
            )


def _some(values: Sequence[Named]) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    for field in dict.fromkeys(value.field for value in values):
        own = [value.value for value in values if value.field is field]
        # All of them are told by every shard, so that the counts are exact.
        terms[str(field)] = {
            "terms": {"field": fields.facet_field(field), "include": own, "size": len(own), "shard_size": len(own)}
        }
    return terms


def _buckets(
    answer: Mapping[str, Any], values: Sequence[Named]
) -> Iterator[tuple[FilterField, str, Mapping[str, Any]]]:
    for field in dict.fromkeys(value.field for value in values):
        for bucket in answer[str(field)]["buckets"]:
            yield field, bucket["key"], bucket
