"""Days folded into the buckets of the histogram of publication times in Asia/Seoul."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from service.domain.errors import FieldError, Message, ValidationFailed
from service.search.request import Interval
from service.search.results import Bucket
from service.search.times import MONTHS, day_number, day_text, month_number, weekday

MOST_BUCKETS = 1_000
_MOST_OF_AUTO = 60


class Width(NamedTuple):
    """How wide a bucket is: so many days, or so many months where days are nought."""

    name: str
    days: int
    months: int


_WIDTHS: Mapping[Interval, Width] = {
    Interval.DAY: Width("day", 1, 0),
    Interval.WEEK: Width("week", 7, 0),
    Interval.MONTH: Width("month", 0, 1),
    Interval.YEAR: Width("year", 0, MONTHS),
}
# Years by tens, hundreds and thousands only where a stray date would otherwise break the promise of 60 buckets.
_AUTO = (
    *_WIDTHS.values(),
    Width("decade", 0, 10 * MONTHS),
    Width("century", 0, 100 * MONTHS),
    Width("millennium", 0, 1_000 * MONTHS),
)
WIDTH_NAMES = tuple(width.name for width in _AUTO)
"""The names that a width can have."""


class Span(NamedTuple):
    """The numbers of the first day and the last, both included."""

    first: int
    last: int


def time_buckets(days: Mapping[int, int], interval: Interval) -> tuple[Bucket, ...]:
    """Return the buckets from the first day to the last, empty ones too, out of the articles of each day.

    `auto` takes the finest interval with at most 60 buckets. Raises ValidationFailed for `interval` over 1,000 buckets.
    """
    span = span_of(days)
    return folded(days, span, width_for(span, interval)) if span else ()


def span_of(days: Iterable[int]) -> Span | None:
    """Return the span of these days, None where there are none."""
    known = set(days)
    return Span(min(known), max(known)) if known else None


def width_for(span: Span, interval: Interval) -> Width:
    """Return the width of the buckets over a span; ValidationFailed for `interval` where they would be over 1,000."""
    if interval is Interval.AUTO:
        return next(width for width in _AUTO if _buckets_between(*span, width) <= _MOST_OF_AUTO)
    width = _WIDTHS[interval]
    if _buckets_between(*span, width) > MOST_BUCKETS:
        raise _too_many()
    return width


def folded(days: Mapping[int, int], span: Span, width: Width) -> tuple[Bucket, ...]:
    """Return every bucket of the span with the articles of its days."""
    counts = dict.fromkeys(range(_bucket(span.first, width), _bucket(span.last, width) + 1), 0)
    for day, count in days.items():
        counts[_bucket(day, width)] += count
    return tuple(Bucket(_named(bucket, width), count) for bucket, count in counts.items())


def _buckets_between(first: int, last: int, width: Width) -> int:
    return _bucket(last, width) - _bucket(first, width) + 1


@lru_cache(maxsize=1 << 15)  # the same days come with every search
def _bucket(day: int, width: Width) -> int:
    if width.days == 1:
        return day
    if width.days:
        return (day - weekday(day)) // width.days
    return month_number(day) // width.months


@lru_cache(maxsize=1 << 13)  # the same buckets come with every search
def _named(bucket: int, width: Width) -> str:
    return day_text(_first_day(bucket, width))


def _first_day(bucket: int, width: Width) -> int:
    if width.days:
        monday = bucket * width.days
        return bucket if width.days == 1 else monday + (-weekday(monday)) % width.days
    year, month = divmod(bucket * width.months, MONTHS)
    return day_number(year, month + 1, 1)


def _too_many() -> ValidationFailed:
    message = Message(
        f"칸이 {MOST_BUCKETS:,}개를 넘습니다. interval을 더 넓게 하거나 기간을 좁히세요.",
        f"There would be more than {MOST_BUCKETS:,} buckets. Take a wider interval or a shorter period.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("too-many-buckets", message, parameter="interval"),))
