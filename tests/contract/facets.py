"""Facets: values counted among the hits."""

from __future__ import annotations

import pytest

from service.domain.article import Article
from service.search.request import FacetSearch, Filter
from service.search.results import Bucket
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Library, Shelf

SHELF = "facets"
OUTLET, PERSON, PLACE = FilterField.OUTLET, FilterField.PERSON, FilterField.PLACE
ARTICLES = (
    article(SHELF, "1", "하천", outlet="새벽신문", persons=("구서율", "맹다온"), places=("대구",)),
    article(SHELF, "2", "하천", outlet="새벽신문", persons=("구서율",), places=("대구", "경북")),
    article(SHELF, "3", "하천", outlet="한낮신문", persons=("맹다온", "길하람"), keywords=("GovTech", "하천 정비")),
    article(SHELF, "4", "공원", outlet="새벽신문", persons=("길하람", "Kim Haram"), keywords=("Gov",)),
    article(SHELF, "5", "공원", outlet="노을일보", reporters=("표이든", "표이든")),
    article(SHELF, "6", "공원", section="사회"),
)


def counts(shelf: Shelf, field: FilterField, q: str = "", **request: object) -> str:
    """Return the buckets of one facet as `value count` pairs in their order."""
    buckets = shelf.search(q, facets=(field,), **request).facets[field]
    assert all(isinstance(bucket, Bucket) for bucket in buckets)
    return ", ".join(f"{bucket.value} {bucket.count}" for bucket in buckets)


def only(field: FilterField, include: str | None = None, exclude: str | None = None) -> dict[FilterField, Filter]:
    """Return a filter of one field."""
    return {field: Filter((include,) if include else (), (exclude,) if exclude else ())}


def valued(shelf: Shelf, key: str, field: FilterField, value: str) -> Article:
    """Return an article with this value of a field."""
    name = {FilterField.OUTLET: "outlet", FilterField.SECTION: "section"}.get(field, f"{field}s")
    return article(shelf.name, key, **{name: value if name in ("outlet", "section") else (value,)})  # type: ignore[arg-type]


class FacetContract:
    """What facets count, and in which order."""

    def test_values_come_by_count_and_then_by_value(self, library: Library) -> None:
        assert counts(library(SHELF), PERSON) == "구서율 2, 길하람 2, 맹다온 2, Kim Haram 1"
        assert counts(library(SHELF), OUTLET) == "새벽신문 3, 노을일보 1, 한낮신문 1"

    def test_values_of_one_count_come_by_code_point(self, shelf: Shelf) -> None:
        values = ("나", "가", "Z", "a", "10", "9")
        shelf.store(article(shelf.name, "a", keywords=values))
        assert counts(shelf, FilterField.KEYWORD) == "10 1, 9 1, Z 1, a 1, 가 1, 나 1"

    def test_only_hits_are_counted(self, library: Library) -> None:
        assert counts(library(SHELF), OUTLET, "하천") == "새벽신문 2, 한낮신문 1"
        assert counts(library(SHELF), PLACE, "공원") == ""

    def test_hits_beyond_the_page_are_counted(self, library: Library) -> None:
        assert counts(library(SHELF), OUTLET, size=1) == "새벽신문 3, 노을일보 1, 한낮신문 1"

    def test_an_article_counts_once_for_each_value(self, library: Library) -> None:
        assert counts(library(SHELF), FilterField.REPORTER) == "표이든 1"

    def test_no_more_values_than_asked_for(self, library: Library) -> None:
        assert counts(library(SHELF), PERSON, facet_size=2) == "구서율 2, 길하람 2"

    def test_only_what_is_asked_for_is_counted(self, library: Library) -> None:
        assert set(library(SHELF).search(facets=(OUTLET, PLACE)).facets) == {OUTLET, PLACE}
        assert library(SHELF).search().facets == {}

    @pytest.mark.parametrize("field", [field for field in FilterField if field is not FilterField.TAG])
    def test_every_filter_field_can_be_counted(self, library: Library, field: FilterField) -> None:
        everything = library("filters").search(facets=(field,)).facets[field]
        assert everything

    def test_tags_can_be_counted(self, library: Library) -> None:
        assert "filters 주요 1" in counts(library("filters"), FilterField.TAG, facet_size=1_000)

    def test_a_facet_ignores_its_own_filter(self, library: Library) -> None:
        filters = {OUTLET: Filter(("한낮신문",))}
        assert counts(library(SHELF), OUTLET, filters=filters) == "새벽신문 3, 노을일보 1, 한낮신문 1"
        assert library(SHELF).found(filters=filters) == "3"

    def test_a_facet_minds_the_filters_of_others(self, library: Library) -> None:
        filters = {OUTLET: Filter(("한낮신문",))}
        assert counts(library(SHELF), PERSON, filters=filters) == "길하람 1, 맹다온 1"

    def test_two_filtered_facets_mind_each_other(self, library: Library) -> None:
        filters = {OUTLET: Filter(("새벽신문",)), PERSON: Filter(("맹다온",))}
        assert counts(library(SHELF), OUTLET, filters=filters) == "새벽신문 1, 한낮신문 1"
        assert counts(library(SHELF), PERSON, filters=filters) == "구서율 2, Kim Haram 1, 길하람 1, 맹다온 1"

    def test_a_facet_minds_its_own_exclusions(self, library: Library) -> None:
        assert (
            counts(library(SHELF), OUTLET, filters={OUTLET: Filter(exclude=("새벽신문",))}) == "노을일보 1, 한낮신문 1"
        )
        both = {OUTLET: Filter(("한낮신문",), ("노을일보",))}
        assert counts(library(SHELF), OUTLET, filters=both) == "새벽신문 3, 한낮신문 1"

    def test_a_facet_minds_a_field_of_the_query(self, library: Library) -> None:
        assert counts(library(SHELF), OUTLET, "언론사:한낮신문") == "한낮신문 1"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("gov", "Gov 1, GovTech 1"), ("TECH", "GovTech 1"), ("정비", "하천 정비 1"), ("없음", "")],
    )
    def test_a_facet_can_be_searched(self, library: Library, text: str, expected: str) -> None:
        sought = FacetSearch(FilterField.KEYWORD, text)
        assert counts(library(SHELF), FilterField.KEYWORD, facet_search=sought) == expected

    @pytest.mark.parametrize("field", FilterField)
    def test_every_facet_can_be_searched_filtered_and_excluded(self, shelf: Shelf, field: FilterField) -> None:
        first, second, third = (f"{name} {shelf.name}" for name in ("한빛나루", "한빛누리", "달섬"))
        shelf.store(
            valued(shelf, "1", field, first), valued(shelf, "2", field, first), valued(shelf, "3", field, second),
            valued(shelf, "4", field, third),
        )  # fmt: skip
        sought = FacetSearch(field, f"빛누리 {shelf.name.upper()}")
        assert counts(shelf, field, facet_search=sought) == f"{second} 1"
        several = FacetSearch(field, "한빛")
        assert counts(shelf, field, facet_search=several, facet_size=1) == f"{first} 2"
        assert counts(shelf, field, facet_search=several, filters=only(field, exclude=first)) == f"{second} 1"
        if field is not FilterField.TAG:  # the shelf itself is a filter by tag
            assert counts(shelf, field, facet_search=several, filters=only(field, third)) == f"{first} 2, {second} 1"
            assert shelf.found(filters=only(field, third)) == "4"

    def test_searching_one_facet_leaves_the_others(self, library: Library) -> None:
        sought = FacetSearch(PERSON, "kim")
        facets = library(SHELF).search(facets=(PERSON, OUTLET), facet_search=sought).facets
        assert [bucket.value for bucket in facets[PERSON]] == ["Kim Haram"]
        assert len(facets[OUTLET]) == 3

    def test_searching_a_facet_reaches_rare_values(self, shelf: Shelf) -> None:
        names = [f"이름{number:03}" for number in range(150)]
        shelf.store(
            *(article(shelf.name, str(half), persons=names[:140]) for half in range(2)),
            article(shelf.name, "rare", persons=names),
        )
        sought = FacetSearch(PERSON, "149")
        assert counts(shelf, PERSON, facet_search=sought, facet_size=1) == "이름149 1"

    def test_counts_are_exact_over_many_values(self, shelf: Shelf) -> None:
        shelf.store(
            *(article(shelf.name, str(n), persons=[f"이름{m:03}" for m in range(n, 300)]) for n in range(0, 300, 30))
        )
        buckets = shelf.search(facets=(PERSON,), facet_size=1_000).facets[PERSON]
        assert [(bucket.value, bucket.count) for bucket in buckets] == sorted(
            ((f"이름{m:03}", m // 30 + 1) for m in range(300)), key=lambda pair: (-pair[1], pair[0])
        )
