"""Grouping by story."""

from __future__ import annotations

from itertools import chain

import pytest

from service.search.request import Filter, Sort
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Library, Shelf

SHELF = "grouping"
ARTICLES = (
    article(SHELF, "x1", "하천 정비", story_id="x", published="2026-01-01T09:00+09:00", outlet="새벽신문"),
    article(SHELF, "x2", "하천 정비", story_id="x", published="2026-01-05T09:00+09:00", outlet="한낮신문"),
    article(SHELF, "x3", "하천 공사", story_id="x", published="2026-01-03T09:00+09:00", outlet="노을일보"),
    article(SHELF, "y1", "하천 정비", story_id="y", published="2026-01-04T09:00+09:00", outlet="새벽신문"),
    article(SHELF, "y2", "공원 정비", story_id="y", published="2026-01-06T09:00+09:00", outlet="한낮신문"),
    article(SHELF, "z", "하천 정비", published="2026-01-02T09:00+09:00"),
    article(SHELF, "w", "하천 정비"),
)


def grouped(shelf: Shelf, q: str = "", **request: object) -> str:
    """Return the hits as `key+copies` in their order, and `of` the stories and articles counted."""
    results = shelf.search(q, group_by_story=True, **request)
    hits = " ".join(f"{key}+{hit.copies}" for key, hit in zip(shelf.keys_of(results), results.hits, strict=True))
    return f"{hits} of {results.stories}/{results.total}"


class GroupingContract:
    """What one hit for each story means."""

    @pytest.mark.parametrize(
        ("q", "sort", "expected"),
        [
            ("", Sort.NEWEST, "y2+1 x2+2 z+0 w+0 of 4/7"),
            ("", Sort.OLDEST, "x1+2 z+0 y1+1 w+0 of 4/7"),
            ("하천", Sort.NEWEST, "x2+2 y1+0 z+0 w+0 of 4/6"),
            ("정비", Sort.NEWEST, "y2+1 x2+1 z+0 w+0 of 4/6"),
            ("공사", Sort.NEWEST, "x3+0 of 1/1"),
            ("우주", Sort.NEWEST, " of 0/0"),
        ],
    )
    def test_one_hit_for_each_story(self, library: Library, q: str, sort: Sort, expected: str) -> None:
        assert grouped(library(SHELF), q, sort=sort) == expected

    def test_only_copies_among_the_hits_are_counted(self, library: Library) -> None:
        filters = {FilterField.OUTLET: Filter(("새벽신문", "한낮신문"))}
        assert grouped(library(SHELF), filters=filters, sort=Sort.NEWEST) == "y2+1 x2+1 of 2/4"

    def test_the_best_of_a_story_stands_for_it(self, library: Library) -> None:
        results = library(SHELF).search("하천 | 공사", group_by_story=True, sort=Sort.RELEVANCE)
        assert library(SHELF).keys_of(results)[0] == "x3"
        scores = [hit.score for hit in results.hits if hit.score is not None]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 4

    def test_without_grouping_there_are_no_copies_and_stories(self, library: Library) -> None:
        results = library(SHELF).search()
        assert results.stories is None
        assert {hit.copies for hit in results.hits} == {None}

    def test_facets_count_articles(self, library: Library) -> None:
        results = library(SHELF).search(group_by_story=True, facets=(FilterField.OUTLET,))
        buckets = [(bucket.value, bucket.count) for bucket in results.facets[FilterField.OUTLET]]
        assert buckets == [("새벽신문", 2), ("한낮신문", 2), ("노을일보", 1)]

    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("size", [1, 2, 3])
    def test_pages_give_each_story_once(self, library: Library, sort: Sort, size: int) -> None:
        shelf = library(SHELF)
        pages = list(shelf.pages("하천", group_by_story=True, sort=sort, size=size))
        whole = shelf.keys("하천", group_by_story=True, sort=sort)
        assert list(chain.from_iterable(pages)) == whole
        assert len(whole) == 4

    def test_pages_over_many_stories(self, shelf: Shelf) -> None:
        shelf.store(
            *(
                article(shelf.name, f"{n:03}", published="2026-01-01T09:00+09:00", story_id=str(n % 60))
                for n in range(180)
            )
        )
        pages = list(shelf.pages(group_by_story=True, sort=Sort.NEWEST, size=25))
        assert [len(page) for page in pages] == [25, 25, 10]
        assert list(chain.from_iterable(pages)) == [f"{n:03}" for n in range(60)]
        results = shelf.search(group_by_story=True, size=25)
        assert (results.total, results.stories) == (180, 60)
        assert {hit.copies for hit in results.hits} == {2}
