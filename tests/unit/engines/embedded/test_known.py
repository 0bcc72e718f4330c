"""What is kept of a state of the index: counts are those of a scan, asked for again or not, before writes and after."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.article import Article
from service.engines.embedded import EmbeddedEngine, grouping
from service.engines.embedded.known import Known
from service.search.analytics import Named
from service.search.completion import Completion, group_of
from service.search.engine import Outcome, Put
from service.search.request import Filter, Interval, SearchRequest, Sort
from service.search.tree import FilterField, Value

PutOf = Callable[..., Put]
Store = Callable[..., list[Outcome]]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
OUTLETS, SECTIONS = "가나다", "정경"


def _article(put: PutOf, number: int, generator: random.Random) -> Put:
    return put(
        f"article-{number:03}",
        outlet=generator.choice(OUTLETS),
        section=generator.choice(SECTIONS),
        story_id=generator.choice([None, *map(str, range(12))]),
        published_at=generator.choice([None, FIRST + timedelta(days=generator.randrange(4))]),
    )


def _filter(values: str, generator: random.Random) -> Filter:
    include = tuple(generator.sample(values, generator.choice([0, 0, 1, 2])))
    exclude = tuple(value for value in values if value not in include and generator.random() < 0.2)
    return Filter(include, exclude)


def _request(generator: random.Random) -> SearchRequest:
    filters = {
        FilterField.OUTLET: _filter(OUTLETS, generator),
        FilterField.SECTION: _filter(SECTIONS, generator),
    }
    return SearchRequest(
        filters=filters,
        published_from=generator.choice([None, FIRST + timedelta(days=1)]),
        sort=generator.choice([Sort.NEWEST, Sort.OLDEST]),
        size=generator.choice([1, 5, 100]),
        facets=(FilterField.OUTLET, FilterField.SECTION),
        histogram=Interval.DAY,
        group_by_story=True,
    )


def _holds(request: SearchRequest, article: Article, without: FilterField | None = None) -> bool:
    if request.published_from and not (article.published_at and article.published_at >= request.published_from):
        return False
    for field, wanted in request.filters.items():
        value = article.outlet if field is FilterField.OUTLET else article.section
        if value in wanted.exclude or (field is not without and wanted.include and value not in wanted.include):
            return False
    return True


def _check(engine: EmbeddedEngine, request: SearchRequest, articles: list[Article]) -> None:
    results = engine.search(request)
    hits = [article for article in articles if _holds(request, article)]
    stories = Counter(article.story_id or article.id for article in hits)
    assert (results.total, results.stories) == (len(hits), len(stories))
    assert [hit.copies for hit in results.hits] == [
        stories[h.article.story_id or h.article.id] - 1 for h in results.hits
    ]
    for field, buckets in results.facets.items():
        own = [article for article in articles if _holds(request, article, without=field)]
        expected = Counter(article.outlet if field is FilterField.OUTLET else article.section for article in own)
        assert {bucket.value: bucket.count for bucket in buckets} == expected
    dated = sum(1 for article in hits if article.published_at)
    assert sum(bucket.count for bucket in results.histogram or ()) == dated
    named = [Named(FilterField.OUTLET, value) for value in OUTLETS]
    counts = tuple(sum(1 for article in hits if article.outlet == value) for value in OUTLETS)
    assert engine.value_counts(request, named) == counts
    assert engine.counts_within(request, [Value(FilterField.OUTLET, value) for value in OUTLETS]) == counts


def _check_archive(engine: EmbeddedEngine, articles: list[Article]) -> None:
    counts = [sum(1 for article in articles if article.outlet == value) for value in OUTLETS]
    assert engine.counts([Value(FilterField.OUTLET, value) for value in OUTLETS]) == counts
    completed = engine.complete(Completion(group_of("가"), "가.*", 1_000))
    assert [(each.text, each.count) for each in completed if each.field is FilterField.OUTLET] == [("가", counts[0])]
    assert len(engine.titles(("제목.*",), 1_000)) == len(articles)


@pytest.mark.parametrize("most", [3, 65_000])
def test_counts_are_those_of_a_scan_whatever_was_asked_before(
    engine: EmbeddedEngine, store: Store, put: PutOf, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(grouping, "_MOST", most)  # few buckets make little data take the way of very many stories
    generator = random.Random(random.randrange(1 << 30))
    articles: list[Article] = []
    asked: list[SearchRequest] = []
    for start in range(0, 90, 30):
        puts = [_article(put, number, generator) for number in range(start, start + 30)]
        store(*puts)
        articles += [put.article for put in puts]
        asked += [_request(generator) for _ in range(4)]
        _check_archive(engine, articles)
        _check_archive(engine, articles)
        for request in [*asked, *asked]:
            _check(engine, request, articles)
            _check(engine, replace(request, sort=Sort.OLDEST, size=3), articles)


def test_the_answers_asked_for_last_are_kept() -> None:
    known, counted = Known(), Counter[int]()

    def ask(number: int) -> int:
        def found() -> int:
            counted[number] += 1
            return number * 2

        return known.answer(("asked", number), found)

    for number in (*range(1_000), 0, 999, *range(990, 1_000)):
        assert ask(number) == number * 2
    assert counted[0] == 2
    assert counted[999] == counted[990] == 1


def test_what_fails_is_not_kept() -> None:
    known = Known()
    with pytest.raises(ZeroDivisionError):
        known.answer("asked", lambda: 1 // 0)
    assert known.answer("asked", lambda: 1) == 1
