"""The histogram of publication times as bars that link to their period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from service.search.request import Interval
from service.search.results import Bucket
from service.web.page.address import Address

_HEIGHT = 64
_STEP = 10
_GAP = 2
_DAYS_OF_WEEK = 7
_FEWEST_DAYS_OF_MONTH = 28


class Width(StrEnum):
    """The width of a bar, as it is said in Korean."""

    DAY = "일별"
    WEEK = "주별"
    MONTH = "월별"
    YEAR = "연도별"
    YEARS = "여러 해"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place and height, what it says, the first and last day of its span, and the search of that span."""

    x: int
    y: float
    height: float
    label: str
    count: int
    first: str
    last: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars in a box of `width` by `height` units; `most` is what the highest bar counts."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    bar_width: int
    most: int
    kind: str
    first: str
    last: str


def timeline(buckets: Sequence[Bucket], interval: Interval, address: Address) -> Timeline | None:
    """Return the timeline of these buckets; None without any."""
    days = [_day(bucket.value) for bucket in buckets]
    if not days or None in days:  # a year that no calendar of the browser takes
        return None
    starts = [day for day in days if day]
    kind = _kind(starts, interval)
    most = max(1, *(bucket.count for bucket in buckets), 1)
    bars = tuple(
        _bar(place, bucket, start, _last_day(start, kind, following), most, address)
        for place, (bucket, start, following) in enumerate(zip(buckets, starts, [*starts[1:], None], strict=True))
    )
    return Timeline(
        bars, _STEP * len(bars), _HEIGHT, _STEP - _GAP, most, str(kind), _said(starts[0], kind), _said(starts[-1], kind)
    )


def _bar(place: int, bucket: Bucket, start: date, end: date, most: int, address: Address) -> Bar:
    height = round(max(2.0, bucket.count / most * _HEIGHT), 1) if bucket.count else 0.0
    first, last = start.isoformat(), end.isoformat()
    said = first if first == last else f"{first} ~ {last}"
    href = str(address.having(published_from=first, published_to=last)) if bucket.count else None
    return Bar(place * _STEP, _HEIGHT - height, height, f"{said} {bucket.count:,}건", bucket.count, first, last, href)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _kind(starts: Sequence[date], interval: Interval) -> Width:
    named = {Interval.DAY: Width.DAY, Interval.WEEK: Width.WEEK, Interval.MONTH: Width.MONTH, Interval.YEAR: Width.YEAR}
    if interval in named:
        return named[interval]
    if len(starts) < 2:
        return Width.DAY  # the finest interval that fits
    days = (starts[1] - starts[0]).days
    if days == 1:
        return Width.DAY
    if days == _DAYS_OF_WEEK:
        return Width.WEEK
    if days < 32:
        return Width.MONTH if days >= _FEWEST_DAYS_OF_MONTH else Width.WEEK
    return Width.YEAR if days <= 366 else Width.YEARS


def _last_day(start: date, kind: Width, following: date | None) -> date:
    if following:
        return following - timedelta(days=1)
    if kind is Width.DAY:
        return start
    if kind is Width.WEEK:
        return start + timedelta(days=_DAYS_OF_WEEK - 1)
    if kind is Width.MONTH:
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return date(start.year, 12, 31)


def _said(day: date, kind: Width) -> str:
    if kind in (Width.YEAR, Width.YEARS):
        return f"{day.year}년"
    return f"{day.year}. {day.month}." if kind is Width.MONTH else f"{day.year}. {day.month}. {day.day}."
