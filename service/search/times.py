"""Times as the whole numbers that the index keeps, for every year from 1 to 9999 in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

# Two days before year 1, so that no time with an offset falls below nought.
_ORIGIN = datetime(1, 1, 1, tzinfo=UTC)
_MARGIN = timedelta(days=2)
_KST = timedelta(hours=9) // timedelta(microseconds=1)
_DAY = timedelta(days=1) // timedelta(microseconds=1)
MONTHS = 12
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097  # days in 400 years, after which the calendar repeats

UNDATED_OLDEST = 1 << 62
"""Sorts after every time, as UNDATED_NEWEST sorts before every one."""
UNDATED_NEWEST = 0


def microseconds(time: datetime) -> int:
    """Return an aware time in microseconds since two days before year 1, UTC."""
    offset = time.utcoffset()
    if offset is None:
        raise ValueError(f"a time without an offset: {time!r}")
    # Not astimezone(): the first and last hours of the calendar would leave it.
    return (time.replace(tzinfo=UTC) - _ORIGIN - offset + _MARGIN) // timedelta(microseconds=1)


def kst_day(time: datetime) -> int:
    """Return the number of the day in Asia/Seoul; `day_text` reads it back."""
    return (microseconds(time) + _KST) // _DAY


def day_text(number: int) -> str:
    """Return the day with this number as YYYY-MM-DD."""
    return text_of(*calendar_day(number))


def calendar_day(number: int) -> tuple[int, int, int]:
    """Return (year, month, day); the last hours of 9999 are already 10000 in Seoul, which `date` cannot hold."""
    ordinal = number - _MARGIN.days + 1
    shift = -1 if ordinal > date.max.toordinal() else 1 if ordinal < 1 else 0
    day = date.fromordinal(ordinal + shift * _CYCLE_DAYS)
    return day.year - shift * _CYCLE_YEARS, day.month, day.day


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of this day; the inverse of `calendar_day`."""
    shift = -1 if year > date.max.year else 1 if year < 1 else 0
    ordinal = date(year + shift * _CYCLE_YEARS, month, day).toordinal() - shift * _CYCLE_DAYS
    return ordinal + _MARGIN.days - 1


def text_of(year: int, month: int, day: int) -> str:
    """Return a day of the calendar as YYYY-MM-DD."""
    return f"{year:04d}-{month:02d}-{day:02d}"


def month_number(number: int) -> int:
    """Return the months from year 0 to the month of the day with this number."""
    year, month, _ = calendar_day(number)
    return year * MONTHS + month - 1


def weekday(number: int) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return (number - _MARGIN.days) % 7  # 0001-01-01 was a Monday
