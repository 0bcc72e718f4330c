"""How often several queries were written about over time, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.errors import QuerySyntaxError
from service.search.engine import Engine
from service.search.request import Interval, SearchParameters, SearchRequest
from service.search.results import Bucket
from service.search.time_buckets import folded, span_of, width_for
from service.search.tree import Everything
from service.usecases.queries import Queries


@dataclass(frozen=True, slots=True)
class Series:
    """One query: the number of all its hits, and of those with a time in each bucket."""

    q: str
    total: int
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """Series with the same buckets, from the first hit of any query to the last; `interval` names their width."""

    interval: str
    series: tuple[Series, ...]


class TrendCounts:
    """Counts of an engine over time."""

    def __init__(self, engine: Engine, queries: Queries) -> None:
        self._engine = engine
        self._queries = queries

    def run(self, asked: Sequence[str], parameters: SearchParameters) -> Trends:
        """Return the series of these queries within the filters and dates of the parameters, by their interval.

        Raises QuerySyntaxError that says which query it is, and ValidationFailed where buckets would be over 1,000.
        """
        requests = [self._request(number, q, parameters) for number, q in enumerate(asked, start=1)]
        totals = [self._engine.counts_within(request, (Everything(),))[0] for request in requests]
        days = [self._engine.days(request) for request in requests]
        interval, buckets = _side_by_side(days, parameters.interval)
        return Trends(interval, tuple(map(Series, asked, totals, buckets)))

    def _request(self, number: int, q: str, parameters: SearchParameters) -> SearchRequest:
        try:
            return self._queries.request(replace(parameters, q=q))
        except QuerySyntaxError as error:
            ko, en = f"{number}번째 q: {error.message.ko}", f"q number {number}: {error.message.en}"
            raise QuerySyntaxError(ko, en, error.position, error.correction) from error


def _side_by_side(
    counted: Sequence[Mapping[int, int]], interval: Interval
) -> tuple[str, tuple[tuple[Bucket, ...], ...]]:
    span = span_of(day for days in counted for day in days)
    if span is None:
        # Without a hit that has a time there is nothing to choose a width by.
        return (Interval.DAY if interval is Interval.AUTO else interval).value, ((),) * len(counted)
    width = width_for(span, interval)
    return width.name, tuple(folded(days, span, width) for days in counted)
