"""Pages that belong to one kept state of the index, and counts over several shards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from service.domain.errors import ExpiredCursor, InvalidCursor
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, open_engine
from service.engines.elasticsearch.paging import Position, write_position
from service.search.engine import Delete
from service.search.request import FacetSearch, Interval, Sort
from service.search.results import Bucket
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Shelf

PERSON = FilterField.PERSON


@pytest.fixture
def engine(elasticsearch_url: str, elasticsearch_prefix: str) -> Iterator[ElasticsearchEngine]:
    opened = open_engine(
        ElasticsearchSettings(
            (elasticsearch_url,),
            index_prefix=f"{elasticsearch_prefix}-",
            timeout=30,
            number_of_shards=3,
            number_of_replicas=0,
        )
    )
    yield opened
    opened.close()


@pytest.fixture
def shelf(engine: ElasticsearchEngine) -> Shelf:
    shelf = Shelf(engine, "pages")
    shelf.store(*(article("pages", str(n), "하천 " * n + "공원 " * (9 - n)) for n in range(1, 9)))
    return shelf


@pytest.mark.parametrize("grouped", [False, True])
def test_what_arrives_between_pages_of_relevance_moves_nothing(shelf: Shelf, grouped: bool) -> None:
    whole = shelf.keys("하천", group_by_story=grouped)
    first = shelf.search("하천", size=3, group_by_story=grouped)
    shelf.store(*(article("pages", f"new-{n}", "하천 하천 하천", title="하천") for n in range(20)))
    later = shelf.search("하천", size=100, group_by_story=grouped, cursor=first.next)
    assert shelf.keys_of(first) + shelf.keys_of(later) == whole
    assert later.total == first.total == 8


def test_what_is_deleted_between_pages_of_relevance_is_shown_no_more(shelf: Shelf) -> None:
    whole = shelf.keys("하천")
    first = shelf.search("하천", size=3)
    shelf.apply([Delete(f"pages.{whole[4]}")])
    later = shelf.keys("하천", size=100, cursor=first.next)
    assert later == [key for key in whole[3:] if key != whole[4]]


@pytest.mark.parametrize(
    "options", [{}, {"group_by_story": True}, {"facets": (PERSON,)}], ids=["hits", "grouped", "counted"]
)
def test_a_cursor_whose_state_is_gone_has_expired(
    shelf: Shelf, elasticsearch_url: str, elasticsearch_prefix: str, options: dict[str, Any]
) -> None:
    with Elasticsearch(elasticsearch_url) as client:
        state = client.open_point_in_time(index=f"{elasticsearch_prefix}-articles", keep_alive="1m")["id"]
        client.close_point_in_time(id=state)
    request = shelf.request("하천", size=3, **options)
    cursor = write_position(request, Position(state, (1.5, "pages.1", 3), 3))
    with pytest.raises(ExpiredCursor):
        shelf.search("하천", size=3, **options, cursor=cursor)


def test_a_cursor_with_a_state_that_never_was_is_refused(shelf: Shelf) -> None:
    for facets in ((), (PERSON,)):
        request = shelf.request("하천", size=3, facets=facets)
        cursor = write_position(request, Position("no state", (1.5, "pages.1", 3), 3))
        with pytest.raises((InvalidCursor, ExpiredCursor)):
            shelf.search("하천", size=3, facets=facets, cursor=cursor)


def test_a_cursor_by_time_needs_no_state_and_never_expires(shelf: Shelf) -> None:
    for facets in ((), (PERSON,)):
        cursor = shelf.search(sort=Sort.NEWEST, size=3, facets=facets).next
        assert cursor
        assert len(cursor) < 100
        later = shelf.search(sort=Sort.NEWEST, size=3, facets=facets, cursor=cursor)
        assert (later.total, len(later.hits)) == (8, 3)


def test_counts_are_exact_over_several_shards(engine: ElasticsearchEngine) -> None:
    shelf = Shelf(engine, "counts")
    # Of each shard, no more than its own first 101 values are told at first.
    names = [f"이름{number:03}" for number in range(300)]
    shelf.store(
        *(
            article(
                "counts",
                str(number),
                persons=(names[number % 300], names[(number * 7) % 300]),
                published=f"20{10 + number % 15}-0{1 + number % 9}-01T00:00:00+09:00",
                story_id=str(number % 200),
            )
            for number in range(600)
        )
    )
    counts = {
        name: len({n for n in range(600) if names[n % 300] == name or names[(n * 7) % 300] == name}) for name in names
    }
    expected = tuple(
        Bucket(name, count) for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    results = shelf.search(facets=(PERSON,), facet_size=1, histogram=Interval.YEAR, group_by_story=True, size=5)
    assert results.facets[PERSON] == expected[:1]
    assert (results.total, results.stories) == (600, 200)
    assert {hit.copies for hit in results.hits} == {2}
    assert results.histogram
    assert sum(bucket.count for bucket in results.histogram) == 600
    found = shelf.search(facet_search=FacetSearch(PERSON, "름00"), facet_size=20).facets[PERSON]
    assert found == tuple(bucket for bucket in expected if "름00" in bucket.value)


def wait_for_open(client: Elasticsearch, prefix: str, *, contexts: int) -> None:
    """Return when the cluster keeps so many states of the three shards."""
    deadline = time.monotonic() + 10
    while True:
        stats = client.indices.stats(index=f"{prefix}-articles", metric="search").body
        found = stats["_all"]["total"]["search"]["open_contexts"]
        if found == contexts:
            return
        assert time.monotonic() < deadline, (found, contexts)
        time.sleep(0.05)


def test_no_state_is_kept_but_for_pages_to_come(shelf: Shelf, client: Elasticsearch, elasticsearch_prefix: str) -> None:
    for _ in range(3):
        assert shelf.search("하천", size=100).next is None
        assert shelf.search("하천", size=100, group_by_story=True).next is None
        assert shelf.search("하천", size=3, sort=Sort.NEWEST, facets=(PERSON,)).next
        time.sleep(0.15)
    wait_for_open(client, elasticsearch_prefix, contexts=0)
    first = shelf.search("하천", size=3)
    time.sleep(0.3)
    wait_for_open(client, elasticsearch_prefix, contexts=3)
    assert shelf.search("하천", size=3, cursor=first.next).hits


def test_a_scan_leaves_no_state_whether_it_ends_or_is_given_up(
    shelf: Shelf, client: Elasticsearch, elasticsearch_prefix: str
) -> None:
    assert len(list(shelf.engine.scan())) == 8
    wait_for_open(client, elasticsearch_prefix, contexts=0)
    scan = shelf.engine.scan()
    next(scan)
    wait_for_open(client, elasticsearch_prefix, contexts=3)
    scan.close()  # type: ignore[attr-defined]  # as a stream does when its client has gone
    wait_for_open(client, elasticsearch_prefix, contexts=0)
