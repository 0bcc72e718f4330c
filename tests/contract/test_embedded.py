"""The embedded engine keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.engines.embedded import open_engine
from service.search.engine import Engine
from tests.contract.engine_contract import EngineContract


@pytest.fixture(scope="class")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_engine(tmp_path_factory.mktemp("engine"))
    yield opened
    opened.close()


class TestEmbeddedEngine(EngineContract):
    """Runs the contract."""
