"""Licences are held to over the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.engines.embedded import open_engine
from service.search.engine import Engine
from tests.web.licensing import LicensingContract


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(tmp_path / "engine")
    yield opened
    opened.close()


class TestLicensing(LicensingContract):
    """Runs the contract."""
