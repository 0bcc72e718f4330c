"""The histogram of publication times: which field is counted, and what its counts tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from service.engines.elasticsearch import fields
from service.search.request import Interval, SearchRequest
from service.search.times import MONTHS, day_number

_SHORT = timedelta(weeks=60)
_MONTHS_OF_SHORT = 15  # calendar months that 60 weeks can touch: in more of them `auto` never gives days or weeks


def counted_field(request: SearchRequest) -> str:
    """Return the field to be counted: days, or months where no bucket will be finer and the days are many."""
    if request.histogram in (Interval.MONTH, Interval.YEAR):
        return fields.MONTH
    start, end = request.published_from, request.published_to
    if request.histogram is Interval.AUTO and not (start and end and end - start <= _SHORT):
        return fields.MONTH
    return fields.DAY


def needs_days(request: SearchRequest, months: Mapping[int, int]) -> bool:
    """Return whether `auto` may give days or weeks over these months, so that the days have to be counted too."""
    return request.histogram is Interval.AUTO and bool(months) and max(months) - min(months) < _MONTHS_OF_SHORT


def first_days(months: Mapping[int, int]) -> dict[int, int]:
    """Return the counts of months under the number of each month's first day."""
    return {_first_day(month): count for month, count in months.items()}


@lru_cache(maxsize=1 << 13)  # the same months come with every search
def _first_day(month: int) -> int:
    return day_number(month // MONTHS, month % MONTHS + 1, 1)
