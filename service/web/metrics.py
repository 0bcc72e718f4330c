"""Counts and times for Prometheus, summed over the processes of the service."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service.domain.errors import GisaError
from service.search.engine import Engine, Indexing
from service.usecases.backup.last import last_backup
from service.usecases.enrichment_pool import Watch
from service.web.services import Services

CONTENT_TYPE = CONTENT_TYPE_LATEST

_REQUESTS = Counter("gisa_http_requests", "Requests answered", ("method", "route", "status"))
_REQUEST_SECONDS = Histogram("gisa_http_request_seconds", "Seconds to the head of an answer", ("method", "route"))
_INGESTED = Counter("gisa_ingested_articles", "Articles taken in, by what came of them", ("result",))
_REFUSED = Counter("gisa_refused_articles", "Articles refused, by the code of the error", ("code",))
_EXPORTED = Counter("gisa_exported_rows", "Rows of exports made")
_ENRICHMENT_SECONDS = Histogram(
    "gisa_enrichment_seconds",
    "Seconds of one process to enrich an article; of those enriched together their mean",
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
_ENRICHMENT_WAITING = Gauge(
    "gisa_enrichment_waiting",
    "Chunks of articles that wait for a process that enriches",
    multiprocess_mode="livesum",
)
_GIVEN_UP = Gauge(
    "gisa_engine_given_up",
    "Processes whose circuit breaker is open, so that they refuse without asking the engine",
    multiprocess_mode="livesum",
)
_SEARCH_SECONDS = Histogram("gisa_search_seconds", "Seconds of a search, its parsing included")


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _REQUEST_SECONDS.labels(method, route).observe(seconds)


def count_ingest(result: str, error: GisaError | None = None) -> None:
    """Count an article: created, replaced, unchanged, deleted or failed, then for which error."""
    _INGESTED.labels(result).inc()
    if result == "failed":
        _REFUSED.labels(error.code if error else "invalid").inc()


def count_exported() -> None:
    """Count a row of an export that was made."""
    _EXPORTED.inc()


def observe_engine(engine: Engine) -> None:
    """Take note of whether this process asks the engine at all."""
    _GIVEN_UP.set(engine.is_given_up)


class PoolMetrics(Watch):
    """Counts what the pool of a process does."""

    def enriched(self, articles: int, seconds: float) -> None:
        """Take note of the seconds of one process that these articles took together."""
        for _ in range(articles):
            _ENRICHMENT_SECONDS.observe(seconds / articles)

    def waiting(self, chunks: int) -> None:
        """Take note of how many chunks the other processes have not given back."""
        _ENRICHMENT_WAITING.set(chunks)


def search_seconds() -> AbstractContextManager[object]:
    """Return a context whose time is that of a search."""
    return _SEARCH_SECONDS.time()


def render(installed: Services) -> bytes:
    """Return every metric in the text format of Prometheus."""
    observe_engine(installed.engine())
    of_moment = CollectorRegistry()
    of_moment.register(_EngineCollector(installed.engine))
    if installed.data_dir:
        of_moment.register(_DirectoryCollector(installed.data_dir))
    return generate_latest(_registry()) + generate_latest(of_moment)


def _registry() -> CollectorRegistry:
    # With several processes each writes into files of this folder, and whichever is asked reads them all.
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library leaves it untyped
    return registry


class _EngineCollector(Collector):
    """What the engine says of itself at the moment."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the state of the engine; of an engine that is away only that."""
        up = GaugeMetricFamily("gisa_engine_up", "Whether the engine answers")
        try:
            engine = self._engine()
            count = engine.count()
            indexing = engine.indexing()
        except GisaError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield GaugeMetricFamily("gisa_articles", "Articles stored", value=count)
        if indexing is not None:
            yield from _of_indexing(indexing)


def _of_indexing(indexing: Indexing) -> Iterator[GaugeMetricFamily]:
    yield GaugeMetricFamily("gisa_index_lag", "Writes that cannot be searched yet", value=indexing.waiting)
    yield GaugeMetricFamily("gisa_index_lag_seconds", "How long the first of them has waited", value=indexing.seconds)
    yield GaugeMetricFamily("gisa_articles_set_aside", "Articles that cannot be indexed", value=indexing.set_aside)


class _DirectoryCollector(Collector):
    """The disk of the data directory, and when the last backup was made of it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield bytes and times; 0 stands for the time of a backup where there is none."""
        disk = shutil.disk_usage(self._directory)
        yield GaugeMetricFamily("gisa_disk_free_bytes", "Free bytes on the disk of the data directory", value=disk.free)
        yield GaugeMetricFamily("gisa_disk_size_bytes", "Bytes of the disk of the data directory", value=disk.total)
        yield GaugeMetricFamily(
            "gisa_last_backup_timestamp_seconds",
            "When the last backup was made, in seconds since 1970; 0 before the first",
            value=last_backup(self._directory),
        )
