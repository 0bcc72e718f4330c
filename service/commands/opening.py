"""The engine that the settings name, opened by a command beside whatever service is running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from service.config import Config
from service.opening import open_engine
from service.search.engine import Engine


@contextmanager
def open_configured(config: Config, *, index: bool) -> Iterator[Engine]:
    """Give the engine and close it at the end; `index` lets this process take its turn as the indexing worker."""
    engine = open_engine(config, index=index)
    try:
        yield engine
    finally:
        engine.close()
