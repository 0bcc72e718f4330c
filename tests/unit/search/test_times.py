from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from service.search import times


def test_the_first_and_last_hours_of_the_calendar_fit_and_keep_their_order() -> None:
    moments = [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 15, 9, 30, tzinfo=timezone(timedelta(hours=9))),
        datetime(2026, 1, 15, 0, 30, 0, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-12))),
    ]
    numbers = [times.microseconds(moment) for moment in moments]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] > times.UNDATED_NEWEST
    assert numbers[-1] < times.UNDATED_OLDEST


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        times.microseconds(datetime(2026, 1, 1))  # noqa: DTZ001 -- the point of the test


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 14, 15, tzinfo=UTC), "2026-01-15"),
        (datetime(2026, 1, 14, 14, 59, 59, tzinfo=UTC), "2026-01-14"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), "0000-12-31"),
        (datetime(9999, 12, 31, 20, tzinfo=UTC), "10000-01-01"),
    ],
)
def test_a_day_is_one_of_seoul(moment: datetime, day: str) -> None:
    assert times.day_text(times.kst_day(moment)) == day


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2024, 2, 29), date(2026, 11, 22), date(9999, 12, 31)])
def test_a_day_is_read_back_with_its_weekday(day: date) -> None:
    number = times.day_number(day.year, day.month, day.day)
    assert times.calendar_day(number) == (day.year, day.month, day.day)
    assert times.weekday(number) == day.weekday()
