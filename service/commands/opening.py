"""What a command opens beside whatever service is running: the engine of the settings, and processes to enrich."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from service.config import Config
from service.opening import open_engine
from service.search.engine import Engine

if TYPE_CHECKING:
    from service.usecases.enrichment_pool import EnrichmentPool


@contextmanager
def open_configured(config: Config, *, index: bool) -> Iterator[Engine]:
    """Give the engine and close it at the end; `index` lets this process take its turn as the indexing worker."""
    engine = open_engine(config, index=index)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def open_pool(config: Config) -> Iterator[EnrichmentPool]:
    """Give the processes that share the enrichment and end them at the end."""
    # The enrichment takes a second to import on a busy machine, and most commands do without it.
    from service.usecases.enrichment_pool import EnrichmentPool  # noqa: PLC0415 -- see above

    pool = EnrichmentPool(config.enrichment_processes)
    try:
        yield pool
    finally:
        pool.close()
