from __future__ import annotations

import pytest

from service.search.request import Interval
from service.search.results import Bucket
from service.web.page.address import Address
from service.web.page.timeline import timeline


@pytest.mark.parametrize(
    ("days", "interval", "kind", "last"),
    [
        (("2026-11-01",), Interval.AUTO, "일별", "2026-11-01"),
        (("2026-11-01", "2026-11-02"), Interval.AUTO, "일별", "2026-11-02"),
        (("2026-10-26", "2026-11-02"), Interval.AUTO, "주별", "2026-11-08"),
        (("2026-01-01", "2026-02-01"), Interval.AUTO, "월별", "2026-02-28"),
        (("2025-12-01",), Interval.MONTH, "월별", "2025-12-31"),
        (("2024-01-01", "2025-01-01"), Interval.AUTO, "연도별", "2025-12-31"),
    ],
)
def test_a_bar_spans_its_bucket(days: tuple[str, ...], interval: Interval, kind: str, last: str) -> None:
    line = timeline([Bucket(day, 2) for day in days], interval, Address((("q", "a"),)))
    assert line
    assert (line.kind, line.bars[-1].last) == (kind, last)
    assert line.bars[-1].href == f"/?q=a&published_from={days[-1]}&published_to={last}"
    assert all(bar.last < following.first for bar, following in zip(line.bars, line.bars[1:], strict=False))


def test_heights_are_shares_of_the_highest_and_nothing_leads_nowhere() -> None:
    buckets = [Bucket("2026-11-01", 10), Bucket("2026-11-02", 0), Bucket("2026-11-03", 5)]
    line = timeline(buckets, Interval.DAY, Address())
    assert line
    assert [bar.height for bar in line.bars] == [64.0, 0.0, 32.0]
    assert line.bars[1].href is None


def test_without_dates_there_is_no_timeline() -> None:
    assert timeline((), Interval.AUTO, Address()) is None
    assert timeline([Bucket("10000-01-01", 1)], Interval.YEAR, Address()) is None
