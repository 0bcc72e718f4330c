"""The Elasticsearch engine keeps the contract, over a real node."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from service.engines.elasticsearch import ElasticsearchSettings, Period, open_engine
from service.search.engine import Engine
from tests.contract.analytics import AnalyticsContract
from tests.contract.cursors import CursorContract
from tests.contract.engine_contract import EngineContract
from tests.contract.facets import FacetContract
from tests.contract.grouping import GroupingContract
from tests.contract.preconditions import PreconditionContract
from tests.contract.quotes import QuoteContract
from tests.contract.refresh import RefreshContract
from tests.contract.scans import ScanContract
from tests.contract.similar import SimilarContract
from tests.contract.streams import StreamContract
from tests.contract.writes import WriteContract
from tests.elasticsearch_node.fixtures import elasticsearch_url

__all__ = ["elasticsearch_url"]


@pytest.fixture(scope="class")
def engine(request: pytest.FixtureRequest, elasticsearch_url: str) -> Iterator[Engine]:
    prefix = f"gisa-test-{uuid4().hex[:12]}-"
    # A busy machine of two cores may take longer than the cluster of an operator.
    settings = ElasticsearchSettings(
        (elasticsearch_url,), index_prefix=prefix, index_period=request.cls.period, timeout=30, number_of_replicas=0
    )
    opened = open_engine(settings)
    yield opened
    opened.close()
    with Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


class TestElasticsearchEngine(EngineContract):
    """Runs the contract over one index."""

    period = Period.NONE


class TestYearlyIndices(
    WriteContract,
    PreconditionContract,
    RefreshContract,
    CursorContract,
    FacetContract,
    GroupingContract,
    SimilarContract,
    AnalyticsContract,
    StreamContract,
    QuoteContract,
    ScanContract,
):
    """Runs over an index for each year what hangs on where articles are; how a query is read does not."""

    period = Period.YEAR
