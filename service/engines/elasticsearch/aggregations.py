"""Facets, the histogram and stories as aggregations, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.engines.elasticsearch import fields
from service.engines.elasticsearch.compile import included
from service.engines.elasticsearch.compile_positions import Query
from service.engines.elasticsearch.histogram import counted_field
from service.search.request import SearchRequest
from service.search.results import Bucket
from service.search.tree import FilterField

TIMES = "times"
STORIES = "stories"
VALUES = "values"
COUNT = "count"
_MOST_TIMES = 20_000  # buckets; more, and the days are walked through in parts
_MOST_STORIES = 40_000
_PER_SHARD = 100  # values beyond the wanted ones that each shard tells: makes a second look rare
WITHOUT_BUCKETS = f"-aggregations.{STORIES}.{VALUES}.buckets"
"""The `filter_path` that leaves the stories themselves out of the answer and keeps their number."""


def filtered_later(request: SearchRequest) -> frozenset[FilterField]:
    """Return the fields whose inclusions must not narrow their own facet."""
    return frozenset(field for field in facet_fields(request) if _includes(request, field))


def facet_fields(request: SearchRequest) -> tuple[FilterField, ...]:
    """Return the fields to be counted, each once."""
    searched = (request.facet_search.field,) if request.facet_search else ()
    return tuple(dict.fromkeys((*request.facets, *searched)))


def later_clauses(request: SearchRequest, without: FilterField | None = None) -> list[Query]:
    """Return the inclusions that are applied after counting, those of one field left out."""
    return [
        included(field, wanted)
        for field, wanted in request.filters.items()
        if wanted.include and field in filtered_later(request) and field is not without
    ]


def aggregations(request: SearchRequest, per_shard: int | None = None) -> dict[str, Any]:
    """Return the aggregations of a request; `per_shard` is how many values each shard tells of a facet."""
    found: dict[str, Any] = {}
    searched = request.facet_search.field if request.facet_search else None
    for field in facet_fields(request):
        if field is not searched:
            found[str(field)] = _within(later_clauses(request, field), {VALUES: _facet(field, request, per_shard)})
    if request.histogram:
        terms = {"terms": {"field": counted_field(request), "size": _MOST_TIMES}}
        found[TIMES] = _within(later_clauses(request), {VALUES: terms})
    if request.group_by_story:
        stories = {"terms": {"field": fields.STORY, "size": _MOST_STORIES}}
        # The number of buckets, without their names: names of stories nobody sees need not travel.
        count = {"stats_bucket": {"buckets_path": f"{VALUES}>_count"}}
        found[STORIES] = _within(later_clauses(request), {VALUES: stories, COUNT: count})
    return found


def copies_of(stories: Sequence[str]) -> dict[str, Any]:
    """Return the aggregation that counts the articles of these stories."""
    return {VALUES: {"terms": {"field": fields.STORY, "size": len(stories), "include": list(stories)}}}


def is_exact(answer: Mapping[str, Any]) -> bool:
    """Return whether the counts of a facet are exact: with several shards a value may be cut off on some of them."""
    return not answer[VALUES].get("doc_count_error_upper_bound")


def is_whole(answer: Mapping[str, Any]) -> bool:
    """Return whether every value is among the buckets."""
    return not answer[VALUES].get("sum_other_doc_count")


def buckets(answer: Mapping[str, Any]) -> tuple[Bucket, ...]:
    """Return the values of a facet by count, then by value."""
    return tuple(Bucket(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[VALUES]["buckets"])


def time_counts(answer: Mapping[str, Any]) -> dict[int, int]:
    """Return the number of articles of each day or month."""
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[VALUES]["buckets"]}


def _facet(field: FilterField, request: SearchRequest, per_shard: int | None) -> dict[str, Any]:
    return {
        "terms": {
            "field": fields.facet_field(field),
            "size": request.facet_size,
            "shard_size": per_shard or request.facet_size + _PER_SHARD,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }


def _within(clauses: Sequence[Query], inner: dict[str, Any]) -> dict[str, Any]:
    condition: Query = {"bool": {"filter": list(clauses)}} if clauses else {"match_all": {}}
    return {"filter": condition, "aggs": inner}


def _includes(request: SearchRequest, field: FilterField) -> bool:
    return field in request.filters and bool(request.filters[field].include)
