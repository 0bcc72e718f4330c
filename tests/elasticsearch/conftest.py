from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from tests.elasticsearch_node.fixtures import elasticsearch_cluster, elasticsearch_prefix, elasticsearch_url

__all__ = ["elasticsearch_cluster", "elasticsearch_prefix", "elasticsearch_url"]


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as client:
        yield client
