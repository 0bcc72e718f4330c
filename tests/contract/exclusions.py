"""Exclusions by filter and by field."""

from __future__ import annotations

import pytest

from service.search.request import Filter
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "exclusions"
ARTICLES = (
    article(SHELF, "dawn", outlet="새벽신문", persons=("구서율", "맹다온")),
    article(SHELF, "noon", outlet="한낮신문", persons=("구서율",)),
    article(SHELF, "none"),
)


class ExclusionContract:
    """What exclusions leave."""

    @pytest.mark.parametrize(
        ("wanted", "keys"),
        [
            (Filter(exclude=("새벽신문",)), "none noon"),
            (Filter(exclude=("새벽신문", "한낮신문")), "none"),
            (Filter(("새벽신문", "한낮신문"), ("새벽신문",)), "noon"),
            (Filter(("새벽신문",), ("새벽신문",)), ""),
            (Filter(exclude=("모르는신문",)), "dawn none noon"),
            (Filter(), "dawn none noon"),
        ],
    )
    def test_a_filter_may_exclude(self, library: Library, wanted: Filter, keys: str) -> None:
        assert library(SHELF).found(filters={FilterField.OUTLET: wanted}) == keys

    def test_one_of_several_values_excludes(self, library: Library) -> None:
        filters = {FilterField.PERSON: Filter(("구서율",), ("맹다온",))}
        assert library(SHELF).found(filters=filters) == "noon"

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("-언론사:새벽신문", "none noon"),
            ("-인물:맹다온", "none noon"),
            ("-인물:구서율", "none"),
            ("-언론사:(새벽신문 | 한낮신문)", "none"),
            ("인물:구서율 -언론사:한낮신문", "dawn"),
        ],
    )
    def test_a_field_may_be_excluded(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    def test_excluded_values_are_folded(self, library: Library) -> None:
        shelf = library(SHELF)
        assert shelf.found(filters={FilterField.OUTLET: Filter(exclude=(" 새벽신문 ",))}) == "none noon"
