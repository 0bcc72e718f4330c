"""The node stopped and started again under a running service."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Config
from tests.elasticsearch_node.fixtures import leave_out
from tests.elasticsearch_node.java import NodeUnavailable
from tests.elasticsearch_node.node import Node, start_node

ARTICLE = {"title": "한빛교 보수 마무리", "body": "한빛교를 고쳤다.", "outlet": "새길일보"}
_PATIENCE = 60.0  # seconds that the node may take to serve its shards again on a busy machine


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    try:
        with start_node() as running:
            yield running
    except NodeUnavailable as problem:
        leave_out(problem)


@pytest.fixture(scope="module")
def client(node: Node, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    config = Config(
        data_dir=tmp_path_factory.mktemp("data"),
        engine="elasticsearch",
        elasticsearch_url=node.url,
        elasticsearch_replicas=0,
        elasticsearch_timeout_milliseconds=20_000,
        log_level="error",
    )
    return create_app(config).test_client()


@pytest.mark.slow
def test_an_outage_is_a_503_and_ends_without_a_restart(node: Node, client: FlaskClient, tmp_path: Path) -> None:
    assert client.put("/v1/articles/a?refresh=wait_for", json=ARTICLE).status_code == 201
    assert client.get("/v1/search?q=한빛교").get_json()["total"]["value"] == 1
    assert client.get("/readyz").status_code == 200
    node.stop()
    for ask in (
        lambda: client.get("/v1/search?q=한빛교"),
        lambda: client.get("/v1/articles/a"),
        lambda: client.put("/v1/articles/b", json=ARTICLE),
        lambda: client.delete("/v1/articles/a"),
    ):
        asked = time.monotonic()
        answer = ask()
        assert time.monotonic() - asked < 3
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/livez").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "Elasticsearch" in ready.get_data(as_text=True)
    node.start()
    deadline = time.monotonic() + _PATIENCE
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert client.get("/v1/search?q=한빛교").get_json()["total"]["value"] == 1
    assert client.put("/v1/articles/b?refresh=wait_for", json=ARTICLE).status_code == 201
    assert client.get("/v1/search?q=한빛교").get_json()["total"]["value"] == 2
