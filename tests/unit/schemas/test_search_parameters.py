"""Search parameters out of query strings and JSON bodies."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.search import FACET_SEARCH_PATTERN, FILTER_PATTERN, load_search_document, load_search_query
from service.domain.errors import ValidationFailed
from service.search.request import FacetSearch, Filter, Interval, Match, SearchParameters, Sort
from service.search.tree import FilterField, TextField

EXPECTED = SearchParameters(
    q="도서관",
    match=Match.ANY,
    fields=(TextField.TITLE, TextField.BODY),
    filters={FilterField.OUTLET: Filter(("하늘일보", "한빛,신문"), ("별빛뉴스",))},
    published_from=datetime(2025, 12, 31, 15, tzinfo=UTC),
    published_to=datetime(2026, 1, 31, 14, 59, 59, 999999, tzinfo=UTC),
    sort=Sort.OLDEST,
    size=100,
    cursor="abc",
    facets=("person", "published"),
    facet_size=1000,
    facet_search=FacetSearch(FilterField.PERSON, "홍"),
    interval=Interval.WEEK,
    group_by_story=True,
    highlight=False,
)


def test_a_query_string_and_a_body_say_the_same() -> None:
    body = {
        "q": "도서관",
        "match": "any",
        "fields": ["title", "body", "title"],
        "outlet": ["하늘일보", "-별빛뉴스", "한빛,신문"],
        "published_from": "2026-01-01",
        "published_to": "2026-01-31",
        "sort": "oldest",
        "size": 100.0,
        "cursor": "abc",
        "facets": ["person", "published"],
        "facet_size": 1000,
        "facet_search": "person:홍",
        "interval": "week",
        "group": "story",
        "highlight": False,
    }
    query = {name: [str(value)] for name, value in body.items()} | {
        "fields": ["title,body,title"],
        "outlet": body["outlet"],
        "facets": ["person,published"],
        "highlight": ["false"],
    }
    assert load_search_document(body) == EXPECTED
    assert load_search_query(query) == EXPECTED  # type: ignore[arg-type] # a body holds other values than lists


def test_nothing_at_all_is_a_search_for_everything() -> None:
    assert load_search_query({}) == load_search_document({}) == SearchParameters()
    assert load_search_query({"q": [""]}) == SearchParameters()
    assert load_search_document({"q": None, "size": None, "outlet": None, "sort": None}) == SearchParameters()


def test_a_query_is_kept_as_it_was_typed_as_positions_in_it_are_told() -> None:
    decomposed = "\u1109\u116e \u2018x\u2019"
    assert load_search_document({"q": decomposed}).q == decomposed
    assert len(load_search_document({"q": "가" * 5_000}).q) == 5_000


@pytest.mark.parametrize(
    ("parameters", "name", "code"),
    [
        ({"size": ["0"]}, "size", "out-of-range"),
        ({"size": ["101"]}, "size", "out-of-range"),
        ({"size": ["1e400"]}, "size", "out-of-range"),
        ({"size": ["20.5"]}, "size", "not-an-integer"),
        ({"size": ["+20"]}, "size", "not-an-integer"),
        ({"size": ["020"]}, "size", "not-an-integer"),
        ({"size": [" 20"]}, "size", "not-an-integer"),
        ({"size": ["２０"]}, "size", "not-an-integer"),
        ({"size": ["9" * 5_000]}, "size", "not-an-integer"),
        ({"size": ["true"]}, "size", "not-an-integer"),
        ({"facet_size": ["1001"]}, "facet_size", "out-of-range"),
        ({"facet_size": ["0"]}, "facet_size", "out-of-range"),
        ({"size": [""]}, "size", "blank"),
        ({"size": ["1", "1"]}, "size", "repeated"),
        ({"q": ["a", "b"]}, "q", "repeated"),
        ({"q": ["a\x00"]}, "q", "control-character"),
        ({"outlet": [""]}, "outlet", "blank"),
        ({"outlet": [" "]}, "outlet", "blank"),
        ({"outlet": ["-"]}, "outlet", "blank"),
        ({"outlet": ["가"] * 501}, "outlet", "too-many"),
        ({"outlet": ["가" * 2_001]}, "outlet", "too-long"),
        ({"fields": [""]}, "fields", "blank"),
        ({"fields": ["title,"]}, "fields", "not-one-of"),
        ({"fields": ["title", "body"]}, "fields", "repeated"),
        ({"facets": ["story"]}, "facets", "not-one-of"),
        ({"sort": ["NEWEST"]}, "sort", "not-one-of"),
        ({"match": ["some"]}, "match", "not-one-of"),
        ({"interval": ["hour"]}, "interval", "not-one-of"),
        ({"group": ["outlet"]}, "group", "not-one-of"),
        ({"highlight": ["1"]}, "highlight", "not-a-boolean"),
        ({"highlight": ["True"]}, "highlight", "not-a-boolean"),
        ({"published_from": ["2026-13-01"]}, "published_from", "not-in-calendar"),
        ({"published_to": ["2026"]}, "published_to", "invalid-time"),
        ({"facet_search": ["홍"]}, "facet_search", "invalid-facet-search"),
        ({"facet_search": ["published:2026"]}, "facet_search", "invalid-facet-search"),
        ({"facet_search": ["person:"]}, "facet_search", "invalid-facet-search"),
        ({"facet_search": ["person: "]}, "facet_search", "invalid-facet-search"),
        ({"page": ["2"]}, "page", "unknown"),
        ({"": ["2"]}, "", "unknown"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(parameters: dict[str, list[str]], name: str, code: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        load_search_query(parameters)
    assert {(error.parameter, error.code) for error in refused.value.errors} == {(name, code)}


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        ([], "", "not-an-object"),
        ({"size": "20"}, "/size", "not-an-integer"),
        ({"size": True}, "/size", "not-an-integer"),
        ({"size": float("inf")}, "/size", "out-of-range"),
        ({"highlight": "true"}, "/highlight", "not-a-boolean"),
        ({"outlet": "하늘일보"}, "/outlet", "not-a-list"),
        ({"outlet": []}, "/outlet", "blank"),
        ({"outlet": ["하늘일보", None]}, "/outlet/1", "null"),
        ({"fields": "title,body"}, "/fields", "not-a-list"),
        ({"q": ["a"]}, "/q", "not-a-string"),
        ({"q": "\ud800"}, "/q", "lone-surrogate"),
        ({"sort": 1}, "/sort", "not-a-string"),
        ({"page": None}, "/page", "unknown"),
    ],
)
def test_a_value_of_a_body_that_does_not_fit_is_named(document: Any, pointer: str, code: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        load_search_document(document)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [(pointer, code)]


@pytest.mark.parametrize("value", ["가", "-가", "--", "- -", " -", "a-", "\u200b", "-\u200b", "-", "", " ", "\t가"])
def test_the_pattern_of_filters_takes_what_the_schema_takes(value: str) -> None:
    try:
        load_search_document({"outlet": [value]})
        taken = True
    except ValidationFailed:
        taken = False
    assert bool(re.search(FILTER_PATTERN, value)) is taken


@pytest.mark.parametrize("value", ["person:가", "person:", "person: ", "person:::", "published:1", "x:1", "PERSON:a"])
def test_the_pattern_of_facet_searches_takes_what_the_schema_takes(value: str) -> None:
    try:
        load_search_document({"facet_search": value})
        taken = True
    except ValidationFailed:
        taken = False
    assert bool(re.search(FACET_SEARCH_PATTERN, value)) is taken
