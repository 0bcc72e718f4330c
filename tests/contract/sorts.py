"""The orders of hits."""

from __future__ import annotations

import pytest

from service.search.request import Sort
from tests.contract.articles import article
from tests.contract.shelves import Library, Shelf

SHELF = "sorts"
ARTICLES = (
    article(SHELF, "c-undated", "하천"),
    article(SHELF, "a-undated", "하천"),
    article(SHELF, "late", "하천", published="2026-03-01T09:00+09:00"),
    article(SHELF, "tie-b", "하천", published="2026-02-01T09:00+09:00"),
    article(SHELF, "tie-a", "하천", published="2026-02-01T00:00+00:00"),
    article(SHELF, "early", "하천", published="1950-06-01T09:00+09:00"),
    article(SHELF, "micro", "하천", published="2026-02-01T09:00:00.000001+09:00"),
    article(SHELF, "strong", "공원 공원", title="공원", published="2020-01-01T09:00+09:00"),
    article(SHELF, "weak", "공원 " + "나무를 심었다. " * 20, published="2021-01-01T09:00+09:00"),
)
BY_TIME = ["late", "micro", "tie-a", "tie-b", "early"]
UNDATED = ["a-undated", "c-undated"]


class SortContract:
    """What comes first."""

    def test_newest_first_and_undated_last(self, library: Library) -> None:
        assert library(SHELF).keys("하천", sort=Sort.NEWEST) == [*BY_TIME, *UNDATED]

    def test_oldest_first_and_undated_last(self, library: Library) -> None:
        expected = ["early", "tie-a", "tie-b", "micro", "late", *UNDATED]
        assert library(SHELF).keys("하천", sort=Sort.OLDEST) == expected

    def test_the_best_first(self, library: Library) -> None:
        hits = library(SHELF).search("공원", sort=Sort.RELEVANCE).hits
        assert [hit.article.id for hit in hits] == ["sorts.strong", "sorts.weak"]
        assert hits[0].score is not None
        assert hits[1].score is not None
        assert hits[0].score > hits[1].score > 0

    def test_equal_scores_go_by_id(self, library: Library) -> None:
        assert library(SHELF).keys("하천", sort=Sort.RELEVANCE) == sorted([*BY_TIME, *UNDATED])

    @pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
    def test_scores_are_given_where_they_order_the_hits_alone(self, library: Library, sort: Sort) -> None:
        assert {hit.score for hit in library(SHELF).search("하천", sort=sort).hits} == {None}

    def test_a_rare_word_counts_for_more(self, shelf: Shelf) -> None:
        shelf.store(
            article(shelf.name, "common", "강변 산책"),
            article(shelf.name, "rare", "강변 반딧불이"),
            *(article(shelf.name, str(number), "산책 모임") for number in range(10)),
        )
        assert shelf.keys("산책 | 반딧불이")[0] == "rare"

    def test_a_page_holds_no_more_than_asked_for(self, library: Library) -> None:
        results = library(SHELF).search("하천", sort=Sort.NEWEST, size=2)
        assert library(SHELF).keys_of(results) == BY_TIME[:2]
        assert results.total == 7

    def test_hits_bear_the_whole_article(self, library: Library) -> None:
        [hit] = library(SHELF).search("나무", sort=Sort.RELEVANCE).hits
        assert hit.article == ARTICLES[-1]
