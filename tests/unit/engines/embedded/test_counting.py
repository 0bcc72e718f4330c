"""Counting beside the hits: the same answers on any number of cores, and nothing swallowed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.article import NamedCount
from service.engines.embedded import EmbeddedEngine, search
from service.engines.embedded.counting import Counters
from service.search.engine import Outcome, Put
from service.search.request import FacetSearch, Filter, Interval, SearchRequest
from service.search.tree import FilterField

PutOf = Callable[..., Put]
Store = Callable[..., list[Outcome]]


@pytest.mark.parametrize("cores", [1, 2, 8])
def test_the_facets_are_the_same_on_any_number_of_cores(
    engine: EmbeddedEngine, store: Store, put: PutOf, cores: int
) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    store(
        *(
            put(
                f"a{number}",
                published_at=start + timedelta(days=number),
                outlet=f"신문{number % 3}",
                section=f"면{number % 2}",
                places=(NamedCount(f"고을{number % 5}", 1),),
                organizations=(NamedCount(f"모임{number % 4}", 1),),
            )
            for number in range(30)
        )
    )
    counters = engine._counters = Counters(cores)
    request = SearchRequest(
        filters={FilterField.OUTLET: Filter(("신문0", "신문1"))},
        facets=(FilterField.OUTLET, FilterField.SECTION, FilterField.ORGANIZATION),
        facet_search=FacetSearch(FilterField.PLACE, "고을"),
        histogram=Interval.MONTH,
    )
    found = engine.search(request)
    counts = {field: {each.value: each.count for each in buckets} for field, buckets in found.facets.items()}
    shown = [number for number in range(30) if number % 3 < 2]
    assert list(counts) == [*request.facets, FilterField.PLACE]
    assert counts[FilterField.OUTLET] == {"신문0": 10, "신문1": 10, "신문2": 10}
    assert counts[FilterField.SECTION] == {f"면{rest}": sum(n % 2 == rest for n in shown) for rest in range(2)}
    assert counts[FilterField.ORGANIZATION] == {f"모임{rest}": sum(n % 4 == rest for n in shown) for rest in range(4)}
    assert counts[FilterField.PLACE] == {f"고을{rest}": sum(n % 5 == rest for n in shown) for rest in range(5)}
    assert sum(bucket.count for bucket in found.histogram or ()) == len(shown)
    assert counters.begun(threading.current_thread)() is threading.main_thread() or cores > 1
    counters.close()


def test_what_counting_raises_is_raised_by_the_search(
    engine: EmbeddedEngine, store: Store, put: PutOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(BaseException):
        """As a panic of tantivy, which is no Exception."""

    def broken(*_: object) -> None:
        raise Broken

    store(put("a", outlet="신문"))
    monkeypatch.setattr(search, "count_facets", broken)
    with pytest.raises(Broken):
        engine.search(SearchRequest(facets=(FilterField.OUTLET,)))
