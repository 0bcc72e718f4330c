"""Values and titles that begin like what is being typed, and the newest articles with a word of some shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.compile import any_of, number_range
from service.engines.embedded.compile_positions import limited
from service.engines.embedded.ranking import page
from service.engines.embedded.searchers import View
from service.search.completion import Completed, Completion, completed_of
from service.search.request import Sort
from service.search.tree import FilterField, TextField

_MOST = 300  # values told in one answer
_OF_SEGMENT = 2_000  # values each segment tells: those that it leaves out are in an article or two of it
_FEW = 120  # terms, of which each is counted by itself in less time than all are by a pattern
_OF_GROUP = 20_000  # terms of a group among the newest articles
_ANYTHING = ".*"

Counted = tuple[str, int, int]
"""A term, the number of its articles and the newest of their times."""


def complete(view: View, wanted: Completion) -> tuple[Completed, ...]:
    """Return the values asked for, the most frequent first."""
    field = fields.completion_field(wanted.group)
    counted = _one_by_one(view, wanted, field)
    if counted is None and wanted.of_all:
        counted = _of_newest(view, wanted)
    if counted is None:
        matching = Query.all_query() if wanted.of_all else _matching(field, wanted.pattern or _ANYTHING)
        query = _both(matching, _times(view, wanted, matching))
        counted, _ = _counted(view.searcher, query, _terms(field, _MOST, _OF_SEGMENT, wanted.pattern))
    return completed_of(counted, _MOST)


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


def _one_by_one(view: View, wanted: Completion, field: str) -> list[Counted] | None:
    """Return the terms of a pattern that have some known beginning; None where they are many or have none."""
    if not wanted.prefixes or wanted.pattern is None:
        return None
    matches = re.compile(wanted.pattern, re.DOTALL).fullmatch
    listed = (view.searcher.terms_with_prefix(field, prefix) for prefix in wanted.prefixes)
    terms = {term: articles for part in listed for term, articles in part if matches(term)}
    if len(terms) > _FEW:
        return None
    any_of_them = Query.term_set_query(fields.schema(), field, list(terms))
    # No more articles can have one of the terms than each of them has in all, deleted ones among them.
    is_limited = wanted.of_all or sum(terms.values()) > wanted.among
    times = _times(view, wanted, any_of_them) if is_limited else None
    found = (_count(view.searcher, term, field, times) for term in terms)
    return sorted((each for each in found if each), key=_frequency)[:_MOST]


def _count(searcher: tantivy.Searcher, term: str, field: str, times: Query | None) -> Counted | None:
    query = Query.term_query(fields.schema(), field, term, index_option="basic")
    found: Any = searcher.search(  # the stubs leave `count` out
        _both(query, times), 1, count=True, order_by_field=fields.NEWEST, order=Order.Desc
    )
    # As an aggregation tells it, which is as near as a float comes.
    return (term, int(found.count), int(float(found.hits[0][0]))) if found.count else None


def _of_newest(view: View, wanted: Completion) -> list[Counted] | None:
    """Return the most frequent terms of a pattern among the newest articles; None where these have too many terms.

    All terms of the group are counted, once for a state of the index: matching them in the index would go through all
    of its terms, segment by segment, for each pattern.
    """
    group = view.known.answer(("group", wanted.group, wanted.among), lambda: _group(view, wanted))
    if group is None or wanted.pattern is None:
        return group and group[:_MOST]
    matches = re.compile(wanted.pattern, re.DOTALL).fullmatch
    return list(islice((each for each in group if matches(each[0])), _MOST))


def _group(view: View, wanted: Completion) -> list[Counted] | None:
    field = fields.completion_field(wanted.group)
    everything = Query.all_query()
    newest = _both(everything, _times(view, wanted, everything))
    counted, is_all = _counted(view.searcher, newest, _terms(field, _OF_GROUP, _OF_GROUP))
    return sorted(counted, key=_frequency) if is_all else None


def _times(view: View, wanted: Completion, matching: Query) -> Query | None:
    """Return the query for the times of the newest articles to be looked at, of all or of those that match."""
    if not wanted.of_all:
        return _newest(view.searcher, matching, wanted.among)
    everything = Query.all_query()
    return view.known.answer(("newest", wanted.among), lambda: _newest(view.searcher, everything, wanted.among))


def _both(query: Query, times: Query | None) -> Query:
    return limited(query, times) if times else query


def _terms(field: str, size: int, of_segment: int, pattern: str | None = None) -> dict[str, Any]:
    return {"field": field, "size": size, "segment_size": of_segment} | ({"include": pattern} if pattern else {})


def _counted(searcher: tantivy.Searcher, query: Query, terms: Mapping[str, Any]) -> tuple[list[Counted], bool]:
    newest = {"newest": {"max": {"field": fields.NEWEST}}}
    answer = searcher.aggregate(query, {"values": {"terms": terms, "aggs": newest}})["values"]
    buckets: list[dict[str, Any]] = answer["buckets"]
    counted = [(b["key"], int(b["doc_count"]), int(b["newest"]["value"] or 0)) for b in buckets]
    return counted, not answer["sum_other_doc_count"]


def _frequency(counted: Counted) -> int:
    return -counted[1]


def _matching(field: str, pattern: str) -> Query:
    return Query.regex_query(fields.schema(), field, pattern)


def _newest(searcher: tantivy.Searcher, query: Query, among: int) -> Query | None:
    if searcher.num_docs <= among:
        return None
    found = searcher.search(
        query, 1, count=False, order_by_field=fields.NEWEST, order=Order.Desc, offset=among - 1
    ).hits
    return number_range(fields.NEWEST, int(found[0][0]), None) if found else None
