"""`gisa` as a real process on a directory of the test."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.running import environment, free_port, gisa
from tests.cli.backups import ARTICLES, article, ran

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


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a data directory, `data`, and a backup of it, `backup`."""
    folder = tmp_path_factory.mktemp("archive")
    lines = "\n".join(json.dumps({"id": f"n{number}", **article(number)}) for number in range(ARTICLES))
    (folder / "lines.jsonl").write_text(lines, encoding="utf-8")
    assert ran(folder / "data", "import", str(folder / "lines.jsonl")).returncode == 0
    assert ran(folder / "data", "keys", "create", "script", "--scope", "write").returncode == 0
    assert ran(folder / "data", "dictionary", "add", "노을마루숲길").returncode == 0
    done = ran(folder / "data", "backup", str(folder / "backup"))
    assert done.returncode == 0, done.stderr
    return folder
