"""The Elasticsearch engine keeps the contract, over a real node."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.search.engine import Engine
from tests.contract.engine_contract import EngineContract
from tests.elasticsearch_node.fixtures import elasticsearch_url

__all__ = ["elasticsearch_url"]


@pytest.fixture(scope="class")
def engine(elasticsearch_url: str) -> Iterator[Engine]:
    prefix = f"gisa-test-{uuid4().hex[:12]}-"
    # A busy machine of two cores may take longer than the cluster of an operator.
    settings = ElasticsearchSettings((elasticsearch_url,), index_prefix=prefix, timeout=30, number_of_replicas=0)
    opened = open_engine(settings)
    yield opened
    opened.close()
    with Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


class TestElasticsearchEngine(EngineContract):
    """Runs the contract."""
