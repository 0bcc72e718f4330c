"""One search: a request to the cluster, and a second one where grouping or exact counts need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from service.domain.errors import ExpiredCursor
from service.engines.elasticsearch import aggregations as aggs
from service.engines.elasticsearch import fields
from service.engines.elasticsearch.compile import compile_node, filter_clauses
from service.engines.elasticsearch.compile_positions import Query
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of, tokens_of
from service.engines.elasticsearch.failures import expired
from service.engines.elasticsearch.histogram import counted_field, first_days, needs_days
from service.engines.elasticsearch.paging import (
    Position,
    foreign_cursor,
    needs_point_in_time,
    read_position,
    sort_clauses,
    write_position,
)
from service.engines.elasticsearch.parts import has_parts, search_in_parts
from service.engines.elasticsearch.places import Places
from service.engines.elasticsearch.states import KEEP_ALIVE, Lease
from service.engines.elasticsearch.walking import all_values
from service.korean.folding import fold_value
from service.search.highlight import highlights, sought
from service.search.leaves import scores
from service.search.request import SearchRequest, Sort
from service.search.results import Bucket, Hit, SearchResults
from service.search.time_buckets import time_buckets
from service.search.tree import FilterField

_SAME_SCORE = 1.0
_MOST_PER_SHARD = 65_000

Found = Mapping[str, Any]


class Search:
    """One request against the articles."""

    def __init__(self, connection: Connection, places: Places, states: Lease, request: SearchRequest) -> None:
        self._connection = connection
        self._places = places
        self._states = states
        self._request = request
        self._alike = request.sort is Sort.RELEVANCE and not scores(request.query)
        # Without a word to be found every score is the same: the newest come first then.
        self._sort = Sort.NEWEST if self._alike else request.sort
        self._after = read_position(request)
        self._point_in_time = self._after.point_in_time if self._after else None
        self._needs_state = needs_point_in_time(self._sort, request)

    def run(self) -> SearchResults:
        """Return the page of hits, the total and the facets."""
        answer = self._answer(search_body(self._request, self._sort, self._after))
        self._point_in_time = answer.get("pit_id", self._point_in_time)
        found: Sequence[Found] = answer["hits"]["hits"]
        size, counted = self._request.size, answer.get("aggregations", {})
        more = len(found) > size
        return SearchResults(
            total=answer["hits"]["total"]["value"],
            hits=self._hits(found[:size]),
            stories=self._stories(counted) if self._request.group_by_story else None,
            facets=self._facets(counted),
            histogram=self._histogram(counted),
            next=self._cursor(found[size - 1]) if more else None,
        )

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._point_in_time or not (self._needs_state or has_parts(body)):
            return self._ask(body)
        self._point_in_time = self._states.current()
        try:
            return self._ask(body)
        except ExpiredCursor:
            # The state that others opened is lost, with its node or its index: this search has not begun yet.
            self._states.forget()
            self._point_in_time = self._states.current()
            return self._ask(body)

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._connection.ask(lambda client: self._asked(client, body))
        except NotFoundError as error:
            raise expired() from error
        except BadRequestError as error:
            if self._after and self._after.point_in_time:
                raise foreign_cursor() from error  # its checksum can be made by anyone
            raise

    def _asked(self, client: Elasticsearch, body: dict[str, Any]) -> dict[str, Any]:
        place = self._place()
        if self._point_in_time and has_parts(body):
            return search_in_parts(client, place, body)
        return dict(client.search(**place, **body, allow_partial_search_results=False).body)

    def _place(self) -> dict[str, Any]:
        if self._point_in_time:
            return {"pit": {"id": self._point_in_time, "keep_alive": KEEP_ALIVE}}
        return {"index": self._places.all}

    def _cursor(self, last: Found) -> str:
        rank = (self._after.rank if self._after else 0) + self._request.size
        state = self._point_in_time if self._needs_state else None
        if state:
            self._states.keep()
        # Within a state the place in its index comes last; without one a time and an id are enough.
        values = last["sort"] if state else last["sort"][: len(sort_clauses(self._sort))]
        return write_position(self._request, Position(state, tuple(values), rank))

    def _hits(self, found: Sequence[Found]) -> tuple[Hit, ...]:
        copies = self._copies(found) if self._request.group_by_story else {}
        leaves = sought(self._request) if self._request.highlight else ()
        if self._after and self._after.point_in_time:
            # The kept state may hold what has been deleted or replaced since; nobody is to read that any more.
            sources = self._places.sources([hit["_id"] for hit in found])
        else:
            sources = {hit["_id"]: hit["_source"] for hit in found}
        hits = []
        for hit in found:
            source = sources.get(hit["_id"])
            if source is None:
                continue
            article = article_of(source)
            hits.append(
                Hit(
                    article=article,
                    score=self._score(hit),
                    highlights=highlights(article, tokens_of(source), leaves) if leaves else {},
                    copies=copies.get(hit["_id"]),
                )
            )
        return tuple(hits)

    def _score(self, hit: Found) -> float | None:
        if self._alike:
            return _SAME_SCORE
        return float(hit["sort"][0]) if self._sort is Sort.RELEVANCE else None

    def _copies(self, found: Sequence[Found]) -> dict[str, int]:
        stories = {hit["_id"]: hit["fields"][fields.STORY][0] for hit in found}
        if not stories:
            return {}
        body = {"query": self._whole_query(), "size": 0, "track_total_hits": False}
        counted = self._ask({**body, "aggs": aggs.copies_of(list(stories.values()))})["aggregations"]
        counts = {bucket.value: bucket.count for bucket in aggs.buckets(counted)}
        return {key: counts[story] - 1 for key, story in stories.items()}

    def _stories(self, counted: Mapping[str, Any]) -> int:
        answer = counted[aggs.STORIES]
        if aggs.is_whole(answer):
            return int(answer[aggs.COUNT]["count"])
        return sum(1 for _ in self._all(fields.STORY))

    def _facets(self, counted: Mapping[str, Any]) -> dict[FilterField, tuple[Bucket, ...]]:
        searched = self._request.facet_search
        counted = self._exact(counted)
        found: dict[FilterField, tuple[Bucket, ...]] = {}
        for field in aggs.facet_fields(self._request):
            if searched and field is searched.field:
                found[field] = self._searched(field, searched.text)
            else:
                found[field] = aggs.buckets(counted[str(field)])
        return found

    def _exact(self, counted: Mapping[str, Any]) -> Mapping[str, Any]:
        per_shard = self._request.facet_size
        while per_shard < _MOST_PER_SHARD and not self._are_exact(counted):
            per_shard = min(max(per_shard * 8, 1_000), _MOST_PER_SHARD)
            wanted = aggs.aggregations(self._request, per_shard)
            body = {"query": main_query(self._request), "size": 0, "track_total_hits": False, "aggs": wanted}
            counted = self._ask(body)["aggregations"]
        return counted

    def _are_exact(self, counted: Mapping[str, Any]) -> bool:
        named = [str(field) for field in aggs.facet_fields(self._request)]
        return all(aggs.is_exact(counted[name]) for name in named if name in counted)

    def _searched(self, field: FilterField, text: str) -> tuple[Bucket, ...]:
        wanted = fold_value(text)
        every = self._all(fields.facet_field(field), field)
        values = [Bucket(str(value), count) for value, count in every if wanted in fold_value(str(value))]
        return tuple(sorted(values, key=lambda bucket: (-bucket.count, bucket.value))[: self._request.facet_size])

    def _histogram(self, counted: Mapping[str, Any]) -> tuple[Bucket, ...] | None:
        if not self._request.histogram:
            return None
        answer, field = counted[aggs.TIMES], counted_field(self._request)
        times = aggs.time_counts(answer) if aggs.is_whole(answer) else dict(self._all(field))
        if field == fields.MONTH:
            times = dict(self._all(fields.DAY)) if needs_days(self._request, times) else first_days(times)
        return time_buckets(times, self._request.histogram)

    def _all(self, field: str, facet: FilterField | None = None) -> Any:
        return all_values(self._connection, self._place(), self._whole_query(facet), field)

    def _whole_query(self, without: FilterField | None = None) -> Query:
        query, later = main_query(self._request), aggs.later_clauses(self._request, without)
        return {"bool": {"filter": [query, *later]}}


def main_query(request: SearchRequest) -> Query:
    """Return the query of a request within its filters, without those that are applied after counting."""
    query = compile_node(request.query, request.fields)
    clauses = filter_clauses(request, aggs.filtered_later(request))
    return {"bool": {"must": [query], **clauses}} if clauses else query


def scoring(sort: Sort) -> dict[str, Any]:
    """Return the part of a body that has scores be reckoned over all shards and years."""
    # How rare a word is, counted over all of them: each by itself would rank its own articles otherwise.
    return {"search_type": "dfs_query_then_fetch"} if sort is Sort.RELEVANCE else {}


def search_body(request: SearchRequest, sort: Sort, after: Position | None) -> dict[str, Any]:
    """Return the body of the search: one hit more than the page has, to know whether there is a next one."""
    body: dict[str, Any] = {
        "query": main_query(request),
        "size": request.size + 1,
        "sort": sort_clauses(sort),
        "track_total_hits": True,
        "source": after is None or after.point_in_time is None,
    }
    body |= scoring(sort)
    if later := aggs.later_clauses(request):
        body["post_filter"] = {"bool": {"filter": later}}
    if counted := aggs.aggregations(request):
        body["aggs"] = counted
    if request.group_by_story:
        body |= {"collapse": {"field": fields.STORY}, "filter_path": aggs.WITHOUT_BUCKETS}
        body |= {"from_": after.rank} if after and after.rank else {}
    elif after:
        body["search_after"] = list(after.after)
    return body
