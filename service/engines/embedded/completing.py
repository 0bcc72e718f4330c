"""Values and titles that begin like what is being typed, and the newest articles with a word of some shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.compile import any_of, number_range
from service.engines.embedded.compile_positions import limited
from service.engines.embedded.ranking import page
from service.search.completion import Completed, Completion, completed_of
from service.search.request import Sort
from service.search.tree import FilterField, TextField

_MOST = 300  # values told in one answer
_OF_SEGMENT = 2_000  # values each segment tells: those that it leaves out are in an article or two of it
_ANYTHING = ".*"


def complete(searcher: tantivy.Searcher, wanted: Completion) -> tuple[Completed, ...]:
    """Return the values asked for, the most frequent first."""
    field = fields.completion_field(wanted.group)
    query = Query.all_query() if wanted.of_all else _matching(field, wanted.pattern or _ANYTHING)
    terms: dict[str, Any] = {
        "field": field,
        "size": _MOST,
        "segment_size": _OF_SEGMENT,
    }
    if wanted.pattern:
        terms["include"] = wanted.pattern
    newest = {"newest": {"max": {"field": fields.NEWEST}}}
    answer = searcher.aggregate(_newest(searcher, query, wanted.among), {"values": {"terms": terms, "aggs": newest}})
    buckets: list[dict[str, Any]] = answer["values"]["buckets"]
    return completed_of([(b["key"], int(b["doc_count"]), int(b["newest"]["value"] or 0)) for b in buckets], _MOST)


def with_title_words(searcher: tantivy.Searcher, patterns: Sequence[str], size: int) -> list[str]:
    """Return the ids of the newest articles in whose title every pattern matches a written word."""
    field = fields.words_field(TextField.TITLE)
    matching = [(Occur.Must, _matching(field, pattern)) for pattern in patterns]
    query = Query.boolean_query(matching) if matching else Query.all_query()
    return [hit.id for hit in page(searcher, query, Sort.NEWEST, None, size)]


def with_word(
    searcher: tantivy.Searcher, patterns: Sequence[str], size: int, of: FilterField | None = None
) -> list[str]:
    """Return the ids of the newest articles in which one of the patterns matches a written word, or a value `of`."""
    field = fields.value_field(of) if of else fields.words_field(None)
    query = any_of([_matching(field, pattern) for pattern in patterns])
    return [hit.id for hit in page(searcher, query, Sort.NEWEST, None, size)]


def _matching(field: str, pattern: str) -> Query:
    return Query.regex_query(fields.schema(), field, pattern)


def _newest(searcher: tantivy.Searcher, query: Query, among: int) -> Query:
    if searcher.num_docs <= among:
        return query
    found = searcher.search(
        query, 1, count=False, order_by_field=fields.NEWEST, order=Order.Desc, offset=among - 1
    ).hits
    if not found:
        return query
    within = number_range(fields.NEWEST, int(found[0][0]), None)
    return limited(query, within)
