"""Searches with hits and counts, which are asked as two at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, open_engine
from service.engines.elasticsearch.parts import has_parts, search_in_parts
from service.engines.elasticsearch.search import search_body
from service.search.request import Filter, Interval, Sort
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Shelf

OUTLET = FilterField.OUTLET
COUNTED: dict[str, Any] = {
    "facets": (OUTLET, FilterField.PERSON),
    "filters": {OUTLET: Filter(("새벽신문",))},
    "histogram": Interval.MONTH,
    "size": 3,
}


@pytest.fixture(scope="module")
def index(elasticsearch_url: str) -> Iterator[tuple[Shelf, Elasticsearch, str]]:
    """Return articles, a client and the index that they are in, of two shards."""
    prefix = f"gisa-test-{uuid4().hex[:12]}-"
    with Elasticsearch(elasticsearch_url) as client:
        settings = ElasticsearchSettings(
            (elasticsearch_url,), index_prefix=prefix, timeout=30, number_of_shards=2, number_of_replicas=0
        )
        engine = open_engine(settings)
        shelf = Shelf(engine, "parts")
        shelf.store(*map(_article, range(1, 12)))
        yield shelf, client, f"{prefix}articles"
        engine.close()
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


def _article(number: int) -> Any:
    outlet = ("새벽신문", "한낮신문")[number % 2]
    body, persons = "하천 " * number + "공원 " * 3, (f"구서율{number % 3}",)
    return article(
        "parts", str(number), body, outlet=outlet, persons=persons, published=f"2024-{number:02}-01T00:00+09:00"
    )


@pytest.mark.parametrize(
    ("sort", "grouped"), [(Sort.RELEVANCE, False), (Sort.RELEVANCE, True), (Sort.NEWEST, False), (Sort.OLDEST, True)]
)
def test_both_parts_answer_what_one_search_answers(
    index: tuple[Shelf, Elasticsearch, str], sort: Sort, grouped: bool
) -> None:
    shelf, client, name = index
    request = shelf.request("하천", **COUNTED, sort=sort, group_by_story=grouped)
    body = search_body(request, sort, None)
    state = {"pit": {"id": client.open_point_in_time(index=name, keep_alive="1m")["id"], "keep_alive": "1m"}}
    whole = client.search(**state, **body).body
    parts = search_in_parts(client, state, body)
    client.close_point_in_time(id=state["pit"]["id"])
    assert has_parts(body)
    assert whole["hits"]["total"]["value"] >= 5  # one more where the next test has come before this one
    assert len(whole["hits"]["hits"]) == 4
    assert ("buckets" in str(whole["aggregations"].get("stories"))) is False
    assert parts["hits"]["hits"] == whole["hits"]["hits"]
    assert parts["hits"]["total"] == whole["hits"]["total"]
    assert parts["aggregations"] == whole["aggregations"]


def test_counts_of_an_unchanged_index_are_kept_by_the_nodes(index: tuple[Shelf, Elasticsearch, str]) -> None:
    shelf, client, name = index
    first = shelf.search("하천", **COUNTED)
    before = _answered_from_memory(client, name)
    again = shelf.search("하천", **COUNTED)
    assert (again.total, again.facets, again.histogram) == (first.total, first.facets, first.histogram)
    assert _answered_from_memory(client, name) == before + 2  # one for each shard
    shelf.store(_article(12))
    later = shelf.search("하천", **COUNTED)
    assert later.total == first.total + 1
    assert [bucket.count for bucket in later.facets[OUTLET]] == [6, 6]


def _answered_from_memory(client: Elasticsearch, name: str) -> int:
    stats = client.indices.stats(index=name, metric="request_cache").body
    return int(stats["_all"]["total"]["request_cache"]["hit_count"])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"pit": {"id": "no state", "keep_alive": "1m"}}, BadRequestError),
        ({"aggs": {"a": {"terms": {"field": "id", "size": -1}}}}, BadRequestError),
        ({"query": {"no such query": {}}}, BadRequestError),
    ],
)
def test_a_part_that_is_refused_is_the_error_of_the_whole(
    index: tuple[Shelf, Elasticsearch, str], change: dict[str, Any], error: type[Exception]
) -> None:
    shelf, client, name = index
    opened = client.open_point_in_time(index=name, keep_alive="1m")["id"]
    body = search_body(shelf.request("하천", **COUNTED), Sort.RELEVANCE, None)
    asked = {"pit": {"id": opened, "keep_alive": "1m"}, **body, **change}
    state = {"pit": asked.pop("pit")}
    with pytest.raises(error) as raised:
        search_in_parts(client, state, asked)
    client.close_point_in_time(id=opened)
    assert raised.value.status_code == 400  # type: ignore[attr-defined] # of ApiError
    assert raised.value.body["error"]  # type: ignore[attr-defined] # the same


def test_a_state_that_is_gone_is_not_found(index: tuple[Shelf, Elasticsearch, str]) -> None:
    shelf, client, name = index
    opened = client.open_point_in_time(index=name, keep_alive="1m")["id"]
    client.close_point_in_time(id=opened)
    body = search_body(shelf.request("하천", **COUNTED), Sort.RELEVANCE, None)
    with pytest.raises(NotFoundError) as raised:
        search_in_parts(client, {"pit": {"id": opened, "keep_alive": "1m"}}, body)
    assert "search_context_missing_exception" in str(raised.value.body)


def test_a_state_lost_before_the_first_page_is_taken_anew(index: tuple[Shelf, Elasticsearch, str]) -> None:
    shelf, client, _ = index
    assert isinstance(shelf.engine, ElasticsearchEngine)
    with shelf.engine._states.lease() as lease:
        client.close_point_in_time(id=lease.current())
        assert shelf.search("하천", **COUNTED).total in (5, 6)
