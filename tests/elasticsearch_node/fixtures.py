"""The fixtures that give tests a real Elasticsearch; import them into a conftest.py."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from tests.elasticsearch_node.java import NodeUnavailable
from tests.elasticsearch_node.node import Node, start_cluster
from tests.elasticsearch_node.shared_node import shared_node

LEFT_OUT = "left out, as they need a real Elasticsearch"


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an Elasticsearch with nori: GISA_TEST_ELASTICSEARCH_URL, else a node shared by the workers.

    Tests run side by side on it: each makes indices under its `elasticsearch_prefix` only.
    """
    if elsewhere := os.environ.get("GISA_TEST_ELASTICSEARCH_URL"):
        yield elsewhere
        return
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = run / "elasticsearch"
    folder.mkdir(exist_ok=True)
    try:
        with shared_node(folder) as url:
            yield url
    except NodeUnavailable as problem:
        leave_out(problem)


@pytest.fixture
def elasticsearch_prefix(elasticsearch_url: str) -> Iterator[str]:
    """Return what the names of a test's indices and aliases begin with; all of them are removed after it."""
    prefix = f"gisa-test-{uuid4().hex[:12]}"
    yield prefix
    with Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


@pytest.fixture(scope="module")
def elasticsearch_cluster() -> Iterator[tuple[Node, ...]]:
    """Return three nodes of one cluster, started for the tests of one module, which may kill them."""
    try:
        with start_cluster(3) as nodes:
            yield nodes
    except NodeUnavailable as problem:
        leave_out(problem)


def leave_out(problem: NodeUnavailable) -> None:
    """Leave the test out and say why; fail it where GISA_TEST_REQUIRE_ELASTICSEARCH asks for it."""
    if os.environ.get("GISA_TEST_REQUIRE_ELASTICSEARCH") == "1":
        pytest.fail(f"Elasticsearch is required and cannot run here: {problem}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}: {problem}")
