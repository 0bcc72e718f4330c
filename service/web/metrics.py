"""Counts and times for Prometheus, summed over the processes of the service."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service.domain.errors import GisaError
from service.search.engine import Engine

CONTENT_TYPE = CONTENT_TYPE_LATEST

_REQUESTS = Counter("gisa_http_requests", "Requests answered", ("method", "route", "status"))
_REQUEST_SECONDS = Histogram("gisa_http_request_seconds", "Seconds to the head of an answer", ("method", "route"))
_INGESTED = Counter("gisa_ingested_articles", "Articles taken in, by what came of them", ("result",))
_SEARCH_SECONDS = Histogram("gisa_search_seconds", "Seconds of a search, its parsing included")


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _REQUEST_SECONDS.labels(method, route).observe(seconds)


def count_ingest(result: str) -> None:
    """Count an article: created, replaced, unchanged, deleted or failed."""
    _INGESTED.labels(result).inc()


def search_seconds() -> AbstractContextManager[object]:
    """Return a context whose time is that of a search."""
    return _SEARCH_SECONDS.time()


def render(engine: Callable[[], Engine]) -> bytes:
    """Return every metric in the text format of Prometheus."""
    of_engine = CollectorRegistry()
    of_engine.register(_EngineCollector(engine))
    return generate_latest(_registry()) + generate_latest(of_engine)


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
            lag = getattr(engine, "lag", None)
            behind = lag() if callable(lag) else None
        except GisaError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield GaugeMetricFamily("gisa_articles", "Articles stored", value=count)
        if behind is not None:
            yield GaugeMetricFamily("gisa_index_lag", "Writes that cannot be searched yet", value=behind)
