"""A table of queries and the articles they must find, among them what gave others trouble."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from service.domain.errors import QuerySyntaxError
from service.search.query_language import parse
from service.search.request import FacetSearch, Filter, Match
from service.search.tree import FilterField, TextField
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "table"
TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("queries.json").read_text(encoding="utf-8"))
ARTICLES = tuple(article(SHELF, key, **fields) for key, fields in TABLE["articles"].items())
_FILTERS = {field.value: field for field in FilterField}


def _named(case: dict[str, Any]) -> str:
    return f"{case['about']}: {case['q']} {case.get('match', '')}".strip()


def _request(case: dict[str, Any]) -> dict[str, Any]:
    """Return what a case asks for beside its query."""
    filters = {
        _FILTERS[name]: Filter(
            tuple(value for value in case[name] if not value.startswith("-")),
            tuple(value[1:] for value in case[name] if value.startswith("-")),
        )
        for name in case.keys() & _FILTERS.keys()
    }
    times = {name: datetime.fromisoformat(case[name]) for name in ("published_from", "published_to") if name in case}
    fields = tuple(TextField(name) for name in case.get("fields", ()))
    return {"match": Match(case.get("match", "all")), "fields": fields, "filters": filters, **times}


class QueryTableContract:
    """What the queries of the table find."""

    @pytest.mark.parametrize("case", TABLE["queries"], ids=_named)
    def test_a_query_finds_its_articles_and_no_others(self, library: Library, case: dict[str, Any]) -> None:
        assert library(SHELF).found(case["q"], **_request(case)) == " ".join(sorted(case["ids"]))

    @pytest.mark.parametrize("q", TABLE["refused"])
    def test_what_cannot_be_read_is_refused_with_its_place(self, q: str) -> None:
        # zenodo#791: a query that could not be read was an internal error there.
        with pytest.raises(QuerySyntaxError) as caught:
            parse(q)
        assert 0 <= caught.value.position <= len(q)
        if caught.value.correction is not None:
            parse(caught.value.correction)

    @pytest.mark.parametrize("part", ["습", "습지", "딧불", "govt"])
    def test_a_part_of_a_value_finds_the_value_as_it_is(self, library: Library, part: str) -> None:
        # typesense#977: a searched facet gave values broken by the analyser there.
        sought = FacetSearch(FilterField.KEYWORD, part)
        values = library(SHELF).search(facets=(FilterField.KEYWORD,), facet_search=sought).facets[FilterField.KEYWORD]
        every = {keyword for fields in TABLE["articles"].values() for keyword in fields["keywords"]}
        assert {bucket.value for bucket in values} == {value for value in every if part in value.lower()}
