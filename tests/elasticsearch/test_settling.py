"""Stories in Elasticsearch when several write at once, and when one of them does not get to the end."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from service.domain.errors import EngineUnavailable
from service.domain.time import KST
from service.engines.elasticsearch import ElasticsearchEngine, open_engine
from service.engines.elasticsearch import ElasticsearchSettings as _Settings
from service.engines.elasticsearch import stories as index_of_stories
from service.engines.elasticsearch.layout import Period
from service.engines.elasticsearch.settling import Settler
from service.search.engine import Delete, Operation, Put, Written
from service.stories.memory import Stories
from tests.contract import wire
from tests.contract.shelves import Shelf
from tests.contract.stories import BRIDGE, FIRST, LAST, one_story, stories, told

BODIES = (FIRST, BRIDGE, LAST, wire.ORIGINAL, wire.LIGHT, wire.REWRITE, wire.TRUNCATED, wire.OTHER)


@pytest.fixture(params=Period)
def settings(elasticsearch_url: str, elasticsearch_prefix: str, request: pytest.FixtureRequest) -> _Settings:
    """Return settings for indices of the test's own, in either layout."""
    named = _Settings((elasticsearch_url,), index_prefix=elasticsearch_prefix, timeout=30, number_of_replicas=0)
    return replace(named, index_period=request.param)


@pytest.fixture
def engines(settings: _Settings) -> Iterator[list[ElasticsearchEngine]]:
    """Three engines on the same indices, as three workers have."""
    opened = [open_engine(settings) for _ in range(3)]
    yield opened
    for engine in opened:
        engine.close()


def run_at_once(engines: Sequence[ElasticsearchEngine], scripts: Sequence[Sequence[Operation]]) -> None:
    """Have each engine write its own operations, one at a time, all together."""
    ready = threading.Barrier(len(engines))

    def run(engine: ElasticsearchEngine, script: Sequence[Operation]) -> None:
        ready.wait()
        for operation in script:
            [outcome] = engine.write([operation])
            assert isinstance(outcome, Written)

    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(run, engines, scripts))


def expected(puts: Sequence[Put]) -> dict[str, str]:
    """Return the stories of these articles, found one after the other in memory."""
    memory = Stories()
    for put in puts:
        assert put.signature
        memory.put(put.article.id, put.signature)
    return dict(memory.stories)


@pytest.mark.parametrize("seed", range(3))
def test_workers_that_write_copies_at_once_agree(engines: list[ElasticsearchEngine], seed: int) -> None:
    numbers = random.Random(seed)
    shelf = Shelf(engines[0], f"{seed:012}")  # whether two texts share a band is a matter of their words
    puts = [told(shelf, f"{number}", BODIES[number % len(BODIES)], after=number) for number in range(24)]
    numbers.shuffle(puts)
    gone = {put.article.id for put in puts[::4]}
    scripts: list[list[Operation]] = [[], [], []]
    for place, put in enumerate(puts):
        scripts[place % 3] += [put, Delete(put.article.id)] if put.article.id in gone else [put]
    run_at_once(engines, scripts)
    for engine in engines:  # what others kept from being settled is settled with the next write
        engine.write([told(shelf, "next", "", after=90)])
    left = [put for put in puts if put.article.id not in gone]
    found = {put.article.id: engines[1].get(put.article.id).article for put in left}
    assert {key: article.story_id for key, article in found.items()} == expected(left)
    for story in {article.story_id for article in found.values()}:
        members = [article for article in found.values() if article.story_id == story]
        first = min(members, key=lambda article: (article.published_at, article.id))
        assert {article.id: article.duplicate_of for article in members} == {
            article.id: first.id if article is not first else None for article in members
        }


def test_more_copies_than_one_search_finds_are_looked_for_one_by_one(
    engines: list[ElasticsearchEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_of_stories, "_AT_ONCE", 3)
    monkeypatch.setattr(index_of_stories, "_SEARCHES_AT_ONCE", 2)
    shelf = Shelf(engines[0], uuid4().hex[:12])
    puts = [told(shelf, f"{number}", body, after=number) for number, body in enumerate(BODIES)]
    shelf.apply(puts)
    found = {put.article.id: shelf.engine.get(put.article.id).article.story_id for put in puts}
    assert found == expected(puts)


def test_what_a_stopped_worker_left_is_settled_by_the_next_one(
    engines: list[ElasticsearchEngine], settings: _Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(engines[0], uuid4().hex[:12])
    with monkeypatch.context() as stopped:
        stopped.setattr(Settler, "settle", lambda *_: {})
        now = datetime.now(KST)
        engines[0].write(
            [told(shelf, key, wire.ORIGINAL, after=place, received_at=now) for place, key in enumerate("ab")]
        )
    assert stories(shelf, "ab") == one_story(shelf, "a") | one_story(shelf, "b")
    later = open_engine(settings)
    assert all(check.ready for check in later.checks())
    later.close()
    assert stories(shelf, "ab") == one_story(shelf, *"ab")


def test_a_write_stands_while_its_story_has_to_wait(
    engines: list[ElasticsearchEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(engines[0], uuid4().hex[:12])
    shelf.apply([told(shelf, "a", wire.ORIGINAL)])

    def away(*_: object) -> None:
        raise EngineUnavailable("없습니다", "away")

    with monkeypatch.context() as stopped:
        stopped.setattr(Settler, "_round", away)
        [written] = shelf.apply([told(shelf, "b", wire.LIGHT, after=1)])
    assert written.membership is None
    shelf.apply([told(shelf, "c", wire.OTHER)])
    assert stories(shelf, "abc") == one_story(shelf, *"ab") | one_story(shelf, "c")


def test_a_story_moves_over_years(engines: list[ElasticsearchEngine]) -> None:
    shelf = Shelf(engines[0], uuid4().hex[:12])
    shelf.apply([told(shelf, "b", wire.ORIGINAL), told(shelf, "a", wire.LIGHT, after=-60 * 24 * 30)])
    assert stories(shelf, "ab") == one_story(shelf, *"ab")
    shelf.apply([Delete(f"{shelf.name}.a")])
    assert stories(shelf, "b") == one_story(shelf, "b")
