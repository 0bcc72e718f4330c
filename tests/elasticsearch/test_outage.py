"""A real service whose Elasticsearch is stopped and started again under it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bench.bulk import bulk
from bench.running import RunningService
from tests.elasticsearch_node.fixtures import leave_out
from tests.elasticsearch_node.java import NodeUnavailable
from tests.elasticsearch_node.node import Node, start_node

ARTICLE = {"title": "한빛교 보수 마무리", "body": "한빛교를 고쳤다.", "outlet": "새길일보"}
SEARCH = f"/v1/search?q={quote('한빛교')}"
_MOST_SECONDS = 3.0
_PATIENCE = 60.0  # seconds that the node may take to serve its shards again on a busy machine


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    try:
        with start_node(heap="512m") as running:
            yield running
    except NodeUnavailable as problem:
        leave_out(problem)


@pytest.fixture
def service(node: Node, tmp_path: Path) -> Iterator[RunningService]:
    settings = {"elasticsearch_url": node.url, "elasticsearch_replicas": "0"}
    with RunningService.start(tmp_path / "data", engine="elasticsearch", **settings) as running:
        yield running


def refused(service: RunningService, method: str, path: str, document: Any = None) -> dict[str, Any]:
    """Return the problem that answers a request; it has to come soon and say when to try again."""
    body = None if document is None else json.dumps(document)
    connection = service.connection()
    began = time.monotonic()
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    problem: dict[str, Any] = json.loads(answer.read())
    taken = time.monotonic() - began
    connection.close()
    assert taken < _MOST_SECONDS, (method, path, taken)
    assert answer.status == http.client.SERVICE_UNAVAILABLE, problem
    assert int(answer.headers["Retry-After"]) > 0
    return problem


def total(service: RunningService) -> int:
    status, answer = service.request("GET", SEARCH)
    assert status == http.client.OK, answer
    return int(answer["total"]["value"])


def lines(count: int) -> list[bytes]:
    return [json.dumps({**ARTICLE, "id": f"bulk{number}"}).encode() for number in range(count)]


def wait_until_ready(service: RunningService) -> None:
    deadline = time.monotonic() + _PATIENCE
    while service.request("GET", "/readyz")[0] != http.client.OK:
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.slow
def test_an_outage_is_told_and_ends_without_a_restart(node: Node, service: RunningService) -> None:
    workers = service.worker_pids()
    assert service.request("PUT", "/v1/articles/a?refresh=wait_for", ARTICLE)[0] == http.client.CREATED
    assert total(service) == 1

    node.stop()
    for _ in range(4):  # more than the circuit breaker of either worker lets pass
        refused(service, "GET", SEARCH)
        refused(service, "POST", "/v1/search", {"q": "한빛교", "facets": ["outlet"]})
        refused(service, "GET", "/v1/articles/a")
        refused(service, "PUT", "/v1/articles/b", ARTICLE)
        refused(service, "DELETE", "/v1/articles/a")
    *results, summary = bulk(service, lines(3))
    assert [result["status"] for result in results] == [http.client.SERVICE_UNAVAILABLE] * 3
    assert summary["summary"]["failed"] == 3
    assert service.request("GET", "/livez")[0] == http.client.OK
    assert "Elasticsearch" in json.dumps(refused(service, "GET", "/readyz"), ensure_ascii=False)

    node.start()
    wait_until_ready(service)
    assert total(service) == 1
    assert service.request("PUT", "/v1/articles/b?refresh=wait_for", ARTICLE)[0] == http.client.CREATED
    *results, _ = bulk(service, lines(3), query="?refresh=wait_for")
    assert [result["status"] for result in results] == [http.client.CREATED] * 3
    assert total(service) == 5
    assert service.worker_pids() == workers
