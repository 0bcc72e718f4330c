"""Charts as the places of their shapes, for SVG without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.search.results import Bucket
from service.usecases.trends import Series
from service.web.page.marked_body import search_for

WIDTH, HEIGHT = 600, 160
"""The box of the lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series: `points` as SVG reads them, and where its search leads."""

    q: str
    total: int
    points: str
    number: int


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: its value, its count, its percentage of all and its width in a hundred units."""

    value: str
    count: int
    percent: float
    width: float
    href: str


def lines(series: Sequence[Series]) -> tuple[tuple[Line, ...], int]:
    """Return the series as lines under one scale, and the count at its top."""
    most = max((bucket.count for each in series for bucket in each.buckets), default=0)
    drawn = tuple(
        Line(each.q, each.total, _points(each.buckets, max(1, most)), number) for number, each in enumerate(series, 1)
    )
    return drawn, most


def shares(name: str, buckets: Sequence[Bucket], total: int) -> tuple[Share, ...]:
    """Return the values of a facet as bars, the longest filling the width."""
    most = max((bucket.count for bucket in buckets), default=1)
    return tuple(
        Share(
            bucket.value,
            bucket.count,
            100 * bucket.count / max(1, total),
            round(100 * bucket.count / most, 1),
            search_for(name, bucket.value),
        )
        for bucket in buckets
    )


def _points(buckets: Sequence[Bucket], most: int) -> str:
    step = WIDTH / max(1, len(buckets) - 1)
    return " ".join(
        f"{round(place * step, 1)},{round(HEIGHT - bucket.count / most * HEIGHT, 1)}"
        for place, bucket in enumerate(buckets)
    )
