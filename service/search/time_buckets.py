"""Days folded into the buckets of the histogram of publication times in Asia/Seoul."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from service.domain.errors import FieldError, Message, ValidationFailed
from service.search.request import Interval
from service.search.results import Bucket
from service.search.times import MONTHS, day_number, day_text, month_number, weekday

MOST_BUCKETS = 1_000
_MOST_OF_AUTO = 60
_WIDTHS: Mapping[Interval, tuple[int, int]] = {  # days, or months where days are nought
    Interval.DAY: (1, 0),
    Interval.WEEK: (7, 0),
    Interval.MONTH: (0, 1),
    Interval.YEAR: (0, MONTHS),
}
# Years by tens, hundreds and thousands only where a stray date would otherwise break the promise of 60 buckets.
_AUTO = (*_WIDTHS.values(), (0, 10 * MONTHS), (0, 100 * MONTHS), (0, 1_000 * MONTHS))


def time_buckets(days: Mapping[int, int], interval: Interval) -> tuple[Bucket, ...]:
    """Return the buckets from the first day to the last, empty ones too, out of the articles of each day.

    `auto` takes the finest interval with at most 60 buckets. Raises ValidationFailed for `interval` over 1,000 buckets.
    """
    if not days:
        return ()
    first, last = min(days), max(days)
    if interval is Interval.AUTO:
        width = next(width for width in _AUTO if _buckets_between(first, last, width) <= _MOST_OF_AUTO)
    else:
        width = _WIDTHS[interval]
    if _buckets_between(first, last, width) > MOST_BUCKETS:
        raise _too_many()
    counts = dict.fromkeys(range(_bucket(first, width), _bucket(last, width) + 1), 0)
    for day, count in days.items():
        counts[_bucket(day, width)] += count
    return tuple(Bucket(day_text(_first_day(bucket, width)), count) for bucket, count in counts.items())


def _buckets_between(first: int, last: int, width: tuple[int, int]) -> int:
    return _bucket(last, width) - _bucket(first, width) + 1


@lru_cache(maxsize=1 << 15)  # the same days come with every search
def _bucket(day: int, width: tuple[int, int]) -> int:
    days, months = width
    if days == 1:
        return day
    if days:
        return (day - weekday(day)) // days
    return month_number(day) // months


def _first_day(bucket: int, width: tuple[int, int]) -> int:
    days, months = width
    if days:
        monday = bucket * days
        return bucket if days == 1 else monday + (-weekday(monday)) % days
    year, month = divmod(bucket * months, MONTHS)
    return day_number(year, month + 1, 1)


def _too_many() -> ValidationFailed:
    message = Message(
        f"칸이 {MOST_BUCKETS:,}개를 넘습니다. interval을 더 넓게 하거나 기간을 좁히세요.",
        f"There would be more than {MOST_BUCKETS:,} buckets. Take a wider interval or a shorter period.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("too-many-buckets", message, parameter="interval"),))
