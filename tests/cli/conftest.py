"""`gisa` as a real process on a directory of the test."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.running import environment, free_port, gisa

Gisa = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Gisa:
    """Return what runs `gisa` with these arguments in the folder of the test and gives how it ended."""

    def run_gisa(*arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        given = {"language": "en", "port": str(free_port()), **settings}
        return subprocess.run(
            gisa(*arguments),
            cwd=tmp_path,
            env={**environment(tmp_path / "data", **given), "COLUMNS": "200"},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run_gisa
