"""What the tests of backups share: commands run on a data directory, what it holds, and how a file is damaged."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bench.running import environment, gisa
from service.cli import commands
from service.domain.errors import GisaError
from service.engines.embedded import open_engine

ARTICLES = 40


def state(directory: Path) -> dict[str, tuple[str, str]]:
    """Return fingerprint and text of every stored article."""
    engine = open_engine(directory, index=False)
    try:
        return {found.article.id: (found.fingerprint, found.article.body) for found in engine.scan()}
    finally:
        engine.close()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def ran(directory: Path, *arguments: str, **settings: str) -> Ended:
    """Return how `gisa` ended on this data directory, run in this process: starting another takes most of the time."""
    given = {name: None for name in os.environ if name.startswith("GISA_")}
    environ = given | environment(directory, **{"language": "en", **settings})
    result = CliRunner().invoke(commands, arguments, env=environ)
    if isinstance(result.exception, GisaError):
        return Ended(2, result.stdout, f"{result.stderr}{result.exception.message.en}")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


def process(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Return how `gisa` ended as a process of its own."""
    environ = environment(directory, language="en")
    return subprocess.run(gisa(*arguments), env=environ, capture_output=True, text=True, timeout=120, check=False)


def article(number: int) -> dict[str, Any]:
    return {"title": f"새빛도서관 소식 {number}", "body": f"새빛도서관이 {number}번째 책을 들였다."}


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2])


def remove(path: Path) -> None:
    path.unlink()
