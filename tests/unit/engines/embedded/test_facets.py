"""Facets and the histogram, counted against a scan."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.domain.article import Keyword, NamedCount, Person
from service.domain.errors import ValidationFailed
from service.engines.embedded import EmbeddedEngine, facets
from service.search.engine import Outcome, Put
from service.search.request import FacetSearch, Filter, Interval, SearchRequest
from service.search.tree import FilterField

PutOf = Callable[..., Put]
Store = Callable[..., list[Outcome]]


def _buckets(counts: Counter[str], size: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:size]


def _facet(engine: EmbeddedEngine, field: FilterField, **parameters: Any) -> list[tuple[str, int]]:
    results = engine.search(SearchRequest(facets=(field,), **parameters))
    return [(bucket.value, bucket.count) for bucket in results.facets[field]]


@pytest.mark.parametrize("seed", [1, 25])  # with 25 a value that no segment tells first is among the first of all
@pytest.mark.parametrize("of_segment", [2, 10, 1_000])
@pytest.mark.parametrize("most", [7, 65_000])
def test_counts_are_exact_at_every_cut(
    engine: EmbeddedEngine,
    store: Store,
    put: PutOf,
    monkeypatch: pytest.MonkeyPatch,
    of_segment: int,
    most: int,
    seed: int,
) -> None:
    generator = random.Random(seed)
    # Small limits make small data take the ways that only very many values take.
    monkeypatch.setattr(facets, "_FEW_HITS", 0)
    monkeypatch.setattr(facets, "_OF_SEGMENT", of_segment)
    monkeypatch.setattr(facets, "_SPARE", 1)
    monkeypatch.setattr(facets, "_MOST", most)
    counts: Counter[str] = Counter()
    puts = []
    for number in range(60):
        names = {f"이름{int(generator.paretovariate(0.6)) % 40}" for _ in range(4)}
        counts.update(names)
        puts.append(put(f"a{number}", persons=tuple(Person(name, None, 1) for name in sorted(names))))
    for start in range(0, 60, 20):
        store(*puts[start : start + 20])
    for size in (1, 2, 3, 5, 8, 13, 100):
        assert _facet(engine, FilterField.PERSON, facet_size=size) == _buckets(counts, size)


def test_an_article_counts_once_for_a_value_it_names_twice(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    store(put("a", places=(NamedCount("가온시", 2), NamedCount("가온시", 1)), tags=("가", "가", "")))
    assert _facet(engine, FilterField.PLACE) == [("가온시", 1)]
    assert _facet(engine, FilterField.TAG) == [("가", 1)]


def test_a_facet_ignores_its_own_inclusions_but_not_its_exclusions(
    engine: EmbeddedEngine, store: Store, put: PutOf
) -> None:
    store(*(put(f"{outlet}{section}", outlet=outlet, section=section) for outlet in "가나다" for section in "정경"))
    filters = {FilterField.OUTLET: Filter(("가",), ("다",)), FilterField.SECTION: Filter(("정",))}
    assert _facet(engine, FilterField.OUTLET, filters=filters) == [("가", 1), ("나", 1)]
    assert _facet(engine, FilterField.SECTION, filters=filters) == [("경", 1), ("정", 1)]


def test_values_compare_folded_and_are_given_as_spelled(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    store(put("a", outlet="ＡＢＣ  뉴스"), put("b", outlet="abc 뉴스"))
    filters = {FilterField.OUTLET: Filter(("Abc 뉴스",))}
    assert engine.search(SearchRequest(filters=filters)).total == 2
    assert _facet(engine, FilterField.OUTLET) == [("abc 뉴스", 1), ("ＡＢＣ  뉴스", 1)]


def test_a_facet_can_be_searched_for_characters(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    store(
        *(put(word, keywords=(Keyword(word, 1.0), Keyword("공통", 0.5))) for word in ("SMART시티", "smart팜", "팜 .*"))
    )
    parameters = {"facet_search": FacetSearch(FilterField.KEYWORD, "Smart")}
    assert _facet(engine, FilterField.KEYWORD, **parameters) == [("SMART시티", 1), ("smart팜", 1)]
    parameters = {"facet_search": FacetSearch(FilterField.KEYWORD, ".*")}
    assert _facet(engine, FilterField.KEYWORD, **parameters) == [("팜 .*", 1)]


def _histogram(engine: EmbeddedEngine, interval: Interval, **parameters: Any) -> list[tuple[str, int]]:
    results = engine.search(SearchRequest(histogram=interval, **parameters))
    return [(bucket.value, bucket.count) for bucket in results.histogram or ()]


def test_buckets_are_of_seoul_and_empty_ones_are_given(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    store(
        put("a", published_at=datetime(2026, 1, 31, 14, 59, tzinfo=UTC)),
        put("b", published_at=datetime(2026, 1, 31, 15, 0, tzinfo=UTC)),
        put("c", published_at=datetime(2026, 4, 1, 3, 0, tzinfo=UTC)),
        put("undated"),
    )
    assert _histogram(engine, Interval.MONTH) == [
        ("2026-01-01", 1), ("2026-02-01", 1), ("2026-03-01", 0), ("2026-04-01", 1),
    ]  # fmt: skip
    assert _histogram(engine, Interval.YEAR) == [("2026-01-01", 3)]
    assert _histogram(engine, Interval.DAY)[:2] == [("2026-01-31", 1), ("2026-02-01", 1)]
    assert _histogram(engine, Interval.WEEK)[:2] == [("2026-01-26", 2), ("2026-02-02", 0)]
    assert _histogram(engine, Interval.AUTO) == _histogram(engine, Interval.WEEK)  # 61 days are one bucket too many
    until = {"published_to": datetime(2026, 3, 1, tzinfo=UTC)}
    assert _histogram(engine, Interval.AUTO, **until) == [("2026-01-31", 1), ("2026-02-01", 1)]


def test_auto_keeps_to_sixty_buckets_whatever_the_span(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    first = datetime(2026, 1, 5, tzinfo=UTC)
    spans = {59: "day", 60: "week", 400: "week", 430: "month", 365 * 4: "month", 365 * 6: "year", 365 * 70: "decade"}
    for days in spans:
        store(put("a", published_at=first), put("b", published_at=first - timedelta(days=days)))
        assert 1 < len(_histogram(engine, Interval.AUTO)) <= 60
    store(put("b", published_at=datetime(1, 1, 1, tzinfo=UTC)), put("c", published_at=datetime.max.replace(tzinfo=UTC)))
    buckets = _histogram(engine, Interval.AUTO)
    assert len(buckets) <= 60
    assert sum(count for _, count in buckets) == 3


def test_over_a_thousand_buckets_are_refused(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    first = datetime(2020, 1, 1, tzinfo=UTC)
    store(put("a", published_at=first), put("b", published_at=first + timedelta(days=999)))
    assert len(_histogram(engine, Interval.DAY)) == 1_000
    store(put("b", published_at=first + timedelta(days=1_000)))
    with pytest.raises(ValidationFailed) as refused:
        _histogram(engine, Interval.DAY)
    assert [error.parameter for error in refused.value.errors] == ["interval"]


def test_without_dated_hits_there_are_no_buckets(engine: EmbeddedEngine, store: Store, put: PutOf) -> None:
    store(put("a"))
    assert _histogram(engine, Interval.AUTO) == []
    assert engine.search(SearchRequest()).histogram is None
