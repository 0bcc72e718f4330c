"""Licences are held to over a real Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.search.engine import Engine
from tests.web.licensing import LicensingContract


@pytest.fixture
def engine(elasticsearch_url: str, elasticsearch_prefix: str) -> Iterator[Engine]:
    settings = ElasticsearchSettings(
        (elasticsearch_url,), index_prefix=f"{elasticsearch_prefix}-", timeout=30, number_of_replicas=0
    )
    opened = open_engine(settings)
    yield opened
    opened.close()


class TestLicensing(LicensingContract):
    """Runs the contract."""
