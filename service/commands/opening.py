"""The engine that the settings name, opened by a command beside whatever service is running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from service.config import Config
from service.engines.embedded import EmbeddedEngine, open_engine


@contextmanager
def open_configured(config: Config, *, index: bool) -> Iterator[EmbeddedEngine]:
    """Give the engine and close it at the end; `index` lets this process take its turn as the indexing worker."""
    engine = open_engine(config.data_dir, index=index)
    try:
        yield engine
    finally:
        engine.close()
