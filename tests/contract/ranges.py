"""Ranges of publication time and of money."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.time import KST
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "ranges"
ARTICLES = (
    article(SHELF, "undated", money=((5_000_000, "KRW"),)),
    article(SHELF, "old", published="1999-12-31T23:59:59+09:00"),
    article(SHELF, "eve", published="2026-01-31T14:59:59.999999+00:00", money=((1_000_000, "USD"), (100, "KRW"))),
    article(SHELF, "first", published="2026-01-31T15:00:00+00:00", money=((150_000_000, "KRW"),)),
    article(SHELF, "noon", published="2026-02-10T12:00:00+09:00", money=((0.5, "USD"), (2_000_000_000_000, "KRW"))),
    article(SHELF, "last", published="2026-02-28T23:59:59.999999+09:00", money=((150_000_001, "KRW"),)),
    article(SHELF, "next", published="2026-03-01T00:00:00+09:00"),
)


def at(text: str) -> datetime:
    """Return a time in KST."""
    return datetime.fromisoformat(text).replace(tzinfo=KST)


class RangeContract:
    """What ranges keep."""

    @pytest.mark.parametrize(
        ("start", "end", "keys"),
        [
            ("2026-02-10T12:00", "2026-02-10T12:00", "noon"),
            ("2026-02-10T12:00:00.000001", None, "last next"),
            (None, "2026-02-10T11:59:59.999999", "eve first old"),
            ("2026-02-01", "2026-02-28T23:59:59.999999", "first last noon"),
            ("2026-03-01", None, "next"),
            (None, "1999-12-31T23:59:59", "old"),
            ("2030-01-01", None, ""),
        ],
    )
    def test_both_ends_of_published_are_inclusive(
        self, library: Library, start: str | None, end: str | None, keys: str
    ) -> None:
        found = library(SHELF).found(published_from=start and at(start), published_to=end and at(end))
        assert found == keys

    def test_times_of_other_zones_are_compared_as_instants(self, library: Library) -> None:
        instant = datetime.fromisoformat("2026-02-09T22:00:00-05:00")
        assert library(SHELF).found(published_from=instant, published_to=instant) == "noon"

    @pytest.mark.parametrize(
        ("value", "keys"),
        [
            ("2026-02", "first last noon"),
            ("2026-01-31", "eve"),
            ("2026-02-01", "first"),
            ("2026-01..2026-02", "eve first last noon"),
            ("2026-02-28..", "last next"),
            ("..2026-01", "eve old"),
            ("1999", "old"),
            ("2027", ""),
        ],
    )
    def test_dates_are_days_in_seoul(self, library: Library, value: str, keys: str) -> None:
        assert library(SHELF).found(f"날짜:{value}") == keys

    def test_dates_may_be_excluded(self, library: Library) -> None:
        assert library(SHELF).found("-날짜:2026-02") == "eve next old undated"

    @pytest.mark.parametrize(
        ("value", "keys"),
        [
            (">=1억5천만", "first last noon"),
            (">1억5천만", "last noon"),
            ("<=1억5천만원", "eve first undated"),
            ("<1억5천만", "eve undated"),
            ("=1억5천만", "first"),
            ("500만..1억5천만", "first undated"),
            ("2조", "noon"),
            ("100만달러", "eve"),
            ("<1달러", "noon"),
            ("0.5달러..100만달러", "eve noon"),
            (">0.5달러", "eve"),
            (">0유로", ""),
            (">0", "eve first last noon undated"),
        ],
    )
    def test_money_is_compared_within_its_currency(self, library: Library, value: str, keys: str) -> None:
        assert library(SHELF).found(f"금액:{value}") == keys
