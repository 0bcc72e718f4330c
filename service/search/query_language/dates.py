"""`날짜:` values as ranges of publication time, and back."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, datetime, timedelta

from service.domain.time import KST
from service.search.query_language.errors import invalid_value
from service.search.tree import DateRange

_FIRST_YEAR = 1000
_LAST_YEAR = MAXYEAR - 1  # the day after the last one has to be in the calendar too
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def date_range(value: str) -> DateRange:
    """Return the days a value names in Asia/Seoul, both ends included; ValidationFailed for what names none."""
    first, dots, last = value.partition("..")
    if not dots:
        start, end = _days(value)
        return DateRange(_midnight(start), _midnight(end))
    if not (first or last):
        raise _not_a_date(value)
    opening = _days(first)[0] if first else None
    closing = _days(last)[1] if last else None
    if opening and closing and opening >= closing:
        raise invalid_value(
            "reversed-range",
            f"날짜 범위의 앞뒤가 바뀌었습니다. 날짜:{last}..{first}(으)로 쓰세요.",
            f"The range of dates is reversed. Write 날짜:{last}..{first}.",
        )
    return DateRange(_midnight(opening) if opening else None, _midnight(closing) if closing else None)


def render_dates(node: DateRange) -> str:
    """Return the shortest value that `date_range` reads as this range."""
    start = node.start.astimezone(KST).date() if node.start else None
    last = node.end.astimezone(KST).date() - timedelta(days=1) if node.end else None
    if start and last:
        for value in (f"{start:%Y}", f"{start:%Y-%m}", f"{start:%Y-%m-%d}"):
            if _days(value) == (start, last + timedelta(days=1)):
                return value
    return f"{_opening(start) if start else ''}..{_closing(last) if last else ''}"


def _opening(day: date) -> str:
    if day.day > 1:
        return day.isoformat()
    return f"{day:%Y-%m}" if day.month > 1 else f"{day:%Y}"


def _closing(day: date) -> str:
    following = day + timedelta(days=1)
    if following.day > 1:
        return day.isoformat()
    return f"{day:%Y-%m}" if following.month > 1 else f"{day:%Y}"


def _days(value: str) -> tuple[date, date]:
    # The first day of what is named and the day after its last.
    match = _DATE.fullmatch(value)
    if not match:
        raise _not_a_date(value)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _not_a_date(value)
    try:
        start = date(year, month or 1, day or 1)
    except ValueError:
        raise _not_a_date(value) from None
    if day:
        return start, start + timedelta(days=1)
    if month:
        return start, (start + timedelta(days=31)).replace(day=1)
    return start, date(year + 1, 1, 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=KST)


def _not_a_date(value: str) -> Exception:
    example = "2026, 2026-01, 2026-01-15, 2026-01..2026-03, 2026-01.., ..2026-03"
    return invalid_value(
        "invalid-date",
        f"'{value}'은(는) 날짜가 아닙니다. 이렇게 쓰세요: {example}.",
        f"'{value}' is not a date. Write it like these: {example}.",
    )
