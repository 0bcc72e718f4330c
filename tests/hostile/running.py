"""A running service on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from bench.running import RunningService

ENGINES = ("embedded", "elasticsearch")


@contextmanager
def service_on(engine: str, request: pytest.FixtureRequest, folder: Path, **settings: str) -> Iterator[RunningService]:
    """Yield a service of two workers; on Elasticsearch under a prefix of its own, whose indices go with it."""
    if engine == "embedded":
        with RunningService.start(folder / "data", **settings) as running:
            yield running
        return
    url, prefix = request.getfixturevalue("elasticsearch_url"), f"gisa-test-{uuid4().hex[:12]}-"
    cluster = {"elasticsearch_url": url, "elasticsearch_replicas": "0", "elasticsearch_index_prefix": prefix}
    try:
        with RunningService.start(folder / "data", engine=engine, **cluster, **settings) as running:
            yield running
    finally:
        with Elasticsearch(url) as client:
            for name in client.indices.get(index=f"{prefix}*"):
                client.indices.delete(index=name)
