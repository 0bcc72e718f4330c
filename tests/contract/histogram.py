"""The histogram of publication times."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.errors import ValidationFailed
from service.domain.time import KST
from service.search.request import Filter, Interval
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Library, Shelf

SHELF = "histogram"
ARTICLES = (
    article(SHELF, "1", "하천", published="2024-12-29T14:59:59+00:00"),  # Sunday 29 December, 23:59 in Seoul
    article(SHELF, "2", "하천", published="2024-12-29T23:30:00+00:00"),  # Monday 30 December, 08:30 in Seoul
    article(SHELF, "3", "공원", published="2024-12-31T23:30:00+09:00"),
    article(SHELF, "4", "공원", published="2024-12-31T15:00:00+00:00", outlet="새벽신문"),  # 1 January in Seoul
    article(SHELF, "5", "하천", published="2025-01-03T00:00:00+09:00"),
    article(SHELF, "6", "하천"),
)


def buckets(shelf: Shelf, interval: Interval, q: str = "", **request: object) -> str:
    """Return the buckets as `value count` pairs in their order."""
    histogram = shelf.search(q, histogram=interval, **request).histogram
    assert histogram is not None
    return ", ".join(f"{bucket.value} {bucket.count}" for bucket in histogram)


class HistogramContract:
    """How times are put into buckets."""

    @pytest.mark.parametrize(
        ("interval", "expected"),
        [
            (
                Interval.DAY,
                "2024-12-29 1, 2024-12-30 1, 2024-12-31 1, 2025-01-01 1, 2025-01-02 0, 2025-01-03 1",
            ),
            (Interval.WEEK, "2024-12-23 1, 2024-12-30 4"),
            (Interval.MONTH, "2024-12-01 3, 2025-01-01 2"),
            (Interval.YEAR, "2024-01-01 3, 2025-01-01 2"),
        ],
    )
    def test_buckets_are_spans_in_seoul(self, library: Library, interval: Interval, expected: str) -> None:
        assert buckets(library(SHELF), interval) == expected

    def test_only_hits_are_counted(self, library: Library) -> None:
        assert buckets(library(SHELF), Interval.MONTH, "공원") == "2024-12-01 1, 2025-01-01 1"
        filters = {FilterField.OUTLET: Filter(("새벽신문",))}
        assert buckets(library(SHELF), Interval.DAY, filters=filters) == "2025-01-01 1"

    def test_hits_beyond_the_page_are_counted(self, library: Library) -> None:
        assert buckets(library(SHELF), Interval.YEAR, size=1) == "2024-01-01 3, 2025-01-01 2"

    def test_it_keeps_the_range_of_publication(self, library: Library) -> None:
        start = datetime(2024, 12, 31, tzinfo=KST)
        assert buckets(library(SHELF), Interval.MONTH, published_from=start) == "2024-12-01 1, 2025-01-01 2"
        end = datetime(2024, 12, 31, 23, 30, tzinfo=KST)
        assert buckets(library(SHELF), Interval.YEAR, published_to=end) == "2024-01-01 3"

    def test_without_hits_there_are_no_buckets(self, library: Library) -> None:
        assert buckets(library(SHELF), Interval.DAY, "우주정거장") == ""

    def test_undated_hits_alone_make_no_buckets(self, shelf: Shelf) -> None:
        shelf.store(article(shelf.name, "a"))
        assert buckets(shelf, Interval.AUTO) == ""

    def test_it_is_not_there_unless_asked_for(self, library: Library) -> None:
        assert library(SHELF).search().histogram is None

    def test_empty_months_and_years_are_given(self, shelf: Shelf) -> None:
        for key, published in (("a", "2023-11-30T00:00+09:00"), ("b", "2024-02-01T00:00+09:00")):
            shelf.store(article(shelf.name, key, published=published))
        assert buckets(shelf, Interval.MONTH) == "2023-11-01 1, 2023-12-01 0, 2024-01-01 0, 2024-02-01 1"
        assert buckets(shelf, Interval.YEAR) == "2023-01-01 1, 2024-01-01 1"

    @pytest.mark.parametrize(
        "last", ["2024-01-01", "2024-02-20", "2024-03-05", "2025-01-01", "2026-06-01", "2034-01-01", "2083-12-31"]
    )
    def test_auto_gives_at_most_sixty_buckets(self, shelf: Shelf, last: str) -> None:
        shelf.store(
            article(shelf.name, "a", published="2024-01-01T00:00+09:00"),
            article(shelf.name, "b", published=f"{last}T00:00+09:00"),
        )
        histogram = shelf.search(histogram=Interval.AUTO).histogram
        assert histogram
        assert len(histogram) <= 60
        assert sum(bucket.count for bucket in histogram) == 2

    def test_auto_takes_days_where_they_are_few(self, library: Library) -> None:
        assert buckets(library(SHELF), Interval.AUTO).startswith("2024-12-29 1, 2024-12-30 1")

    def test_too_many_buckets_are_refused(self, shelf: Shelf) -> None:
        shelf.store(
            article(shelf.name, "a", published="2020-01-01T00:00+09:00"),
            article(shelf.name, "b", published="2022-09-26T00:00+09:00"),
        )
        assert len(shelf.search(histogram=Interval.DAY).histogram or ()) == 1_000
        shelf.store(article(shelf.name, "c", published="2022-09-27T00:00+09:00"))
        with pytest.raises(ValidationFailed):
            shelf.search(histogram=Interval.DAY)
        assert len(shelf.search(histogram=Interval.YEAR).histogram or ()) == 3
