"""Facets: the values of a field among the hits, counted exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import tantivy
from tantivy import Query

from service.engines.embedded.compile_positions import limited
from service.engines.embedded.index_schema import facet_field, schema
from service.engines.embedded.ranking import count
from service.korean.folding import fold_value
from service.search.analytics import Named
from service.search.results import Bucket
from service.search.tree import FilterField

_SPARE = 50  # values asked for beyond the wanted ones, for ties at the cut
_OF_SEGMENT = 3_000  # values each segment tells at first: exact wherever a field has no more
_FEW_HITS = 10_000
_OF_FEW_HITS = 10_000  # values each segment tells of few hits: dearer to tell, but hardly one has to be counted again
_MANY = 200  # values: so many reach down to where thousands are as rare, and the cut among those takes all of them
_MOST = 65_000  # tantivy's own limit of buckets
_FEW_IN_PAIRS = 40  # values: of more of them, pairs one by one take longer than all at once


class _Counted(NamedTuple):
    buckets: list[Bucket]
    missing: int  # articles counted under values that are not among the buckets
    error: int  # what a value that is not among them, or the count of one that is, may be too low by


def count_facets(
    searcher: tantivy.Searcher, query: Query, facets: Sequence[FilterField], size: int, hits: int
) -> dict[FilterField, tuple[Bucket, ...]]:
    """Return the most frequent values of each field, by count, then by value; exact at the cut too.

    `hits` is the number of articles that the query matches.
    """
    if not facets:
        return {}
    if size >= _MANY:
        return {field: _first(_all(searcher, query, field), size) for field in facets}
    of_segment = _OF_FEW_HITS if hits <= _FEW_HITS else _OF_SEGMENT
    answer = searcher.aggregate(
        query, {str(field): _terms(field, size + _SPARE, max(of_segment, size + _SPARE)) for field in facets}
    )
    counted = {field: _counted(answer[str(field)]) for field in facets}
    return {field: _exact(searcher, query, field, size, counted[field]) for field in facets}


def search_facet(
    searcher: tantivy.Searcher, query: Query, field: FilterField, text: str, size: int
) -> tuple[Bucket, ...]:
    """Return the most frequent values that contain these characters, whatever their case."""
    wanted = fold_value(text)
    values = (bucket for bucket in _all(searcher, query, field) if wanted in fold_value(bucket.value))
    return _first(values, size)


def count_values(searcher: tantivy.Searcher, query: Query, values: Sequence[Named]) -> dict[Named, int]:
    """Return the number of articles with each of the values; those of none are left out."""
    counts = {value: count(searcher, _also(query, value)) for value in values}
    return {value: number for value, number in counts.items() if number}


def count_pairs(searcher: tantivy.Searcher, query: Query, values: Sequence[Named]) -> dict[tuple[Named, Named], int]:
    """Return the number of articles with both of two values, the first before the second; 0 is left out."""
    if len(values) > _FEW_IN_PAIRS:
        return _pairs_at_once(searcher, query, values)
    counts = {(one, other): count(searcher, _also(_also(query, one), other)) for one, other in combinations(values, 2)}
    return {pair: number for pair, number in counts.items() if number}


def _pairs_at_once(searcher: tantivy.Searcher, query: Query, values: Sequence[Named]) -> dict[tuple[Named, Named], int]:
    outer = {name: terms | {"aggs": _some(values)} for name, terms in _some(values).items()}
    answer = searcher.aggregate(query, outer)
    place = {value: number for number, value in enumerate(values)}
    found = (
        (Named(first, bucket["key"]), Named(second, inner["key"]), int(inner["doc_count"]))
        for first in _fields(values)
        for bucket in answer[str(first)]["buckets"]
        for second in _fields(values)
        for inner in bucket[str(second)]["buckets"]
    )
    return {(one, other): count for one, other, count in found if place[one] < place[other]}


def _also(query: Query, value: Named) -> Query:
    # Looked up in the postings: an aggregation told which values to count reads those of every hit.
    own = Query.term_query(schema(), facet_field(value.field), value.value, index_option="basic")
    return limited(query, own)


def _some(values: Sequence[Named]) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    for field in _fields(values):
        own = [value.value for value in values if value.field is field]
        terms[str(field)] = _terms(field, len(own))
        terms[str(field)]["terms"]["include"] = own
    return terms


def _fields(values: Sequence[Named]) -> tuple[FilterField, ...]:
    return tuple(dict.fromkeys(value.field for value in values))


def _exact(
    searcher: tantivy.Searcher, query: Query, field: FilterField, size: int, counted: _Counted
) -> tuple[Bucket, ...]:
    buckets = sorted(counted.buckets, key=_order)
    if counted.missing == 0:
        return tuple(buckets[:size])
    least = buckets[size - 1].count if len(buckets) >= size else 0
    # A value that is not among them was counted no higher than the last one is, and that may be too low by the error.
    if least <= buckets[-1].count + counted.error:
        return _first(_all(searcher, query, field), size)
    if counted.error == 0:
        return tuple(buckets[:size])
    candidates = [Named(field, bucket.value) for bucket in buckets if bucket.count + counted.error >= least]
    counts = count_values(searcher, query, candidates)
    return _first((Bucket(value.value, number) for value, number in counts.items()), size)


def _all(searcher: tantivy.Searcher, query: Query, field: FilterField) -> list[Bucket]:
    counted = _counted(searcher.aggregate(query, {"all": _terms(field, _MOST)})["all"])
    if counted.missing == 0:
        return counted.buckets
    # More values than tantivy counts at once: the dictionary of the field is walked in parts.
    values = [value for value, _ in searcher.terms_with_prefix(facet_field(field), "")]
    return [
        bucket
        for start in range(0, len(values), _MOST)
        for bucket in _counts_of(searcher, query, field, values[start : start + _MOST])
    ]


def _counts_of(searcher: tantivy.Searcher, query: Query, field: FilterField, values: Sequence[str]) -> list[Bucket]:
    terms: dict[str, Any] = _terms(field, max(len(values), 1))
    terms["terms"]["include"] = list(values)
    return _counted(searcher.aggregate(query, {"some": terms})["some"]).buckets


def _terms(field: FilterField, size: int, of_segment: int | None = None) -> dict[str, Any]:
    return {"terms": {"field": facet_field(field), "size": size, "segment_size": of_segment or size}}


def _counted(answer: Mapping[str, Any]) -> _Counted:
    buckets = [Bucket(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["buckets"]]
    return _Counted(buckets, int(answer["sum_other_doc_count"]), int(answer["doc_count_error_upper_bound"] or 0))


def _first(buckets: Iterable[Bucket], size: int) -> tuple[Bucket, ...]:
    found = list(buckets)
    if len(found) > size:
        least = sorted(bucket.count for bucket in found)[-size]
        found = [bucket for bucket in found if bucket.count >= least]  # ties at the cut go by value
    return tuple(sorted(found, key=_order)[:size])


def _order(bucket: Bucket) -> tuple[int, str]:
    return -bucket.count, bucket.value
