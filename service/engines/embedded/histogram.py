"""The articles of each day in Asia/Seoul, of which the histogram is made."""

from __future__ import annotations

import tantivy
from tantivy import Query

from service.engines.embedded.compile import number_range
from service.engines.embedded.compile_positions import limited
from service.engines.embedded.index_schema import DAY

_MOST_DAYS = 65_000  # buckets tantivy counts at once
_LAST_DAY = 1 << 22  # beyond the year 9999


def count_days(searcher: tantivy.Searcher, query: Query) -> dict[int, int]:
    """Return the number of articles of each day, by the number of the day; those without a time are in none."""
    return _days(searcher, query, 0, _LAST_DAY)


def _days(searcher: tantivy.Searcher, query: Query, low: int, high: int) -> dict[int, int]:
    within = limited(query, number_range(DAY, low, high))
    terms = {"terms": {"field": DAY, "size": _MOST_DAYS, "segment_size": _MOST_DAYS}}
    answer = searcher.aggregate(within, {"days": terms})["days"]
    if not answer["sum_other_doc_count"]:
        return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}
    middle = (low + high) // 2
    return _days(searcher, query, low, middle) | _days(searcher, query, middle + 1, high)
