"""A real embedded engine for the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.engines.embedded import open_engine
from service.search.engine import Engine
from service.usecases.ingest import Ingest


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def ingest(engine: Engine) -> Ingest:
    return Ingest(engine)
