"""What the fuzzers found once, and their seeds, tried again: it may not break anything any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.seeds import write_seeds
from tests.fuzz.targets import TARGETS, within_time

FINDS = [(path.parent.name, path) for path in sorted(Path(__file__).with_name("finds").glob("*/*"))]


@pytest.mark.parametrize(("target", "path"), FINDS, ids=lambda value: value if isinstance(value, str) else value.name)
def test_what_was_found_once_breaks_nothing(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_fuzzers_begin_with_holds(target: str, tmp_path: Path) -> None:
    assert write_seeds(target, tmp_path) >= 20
    for path in sorted(tmp_path.iterdir()):
        within_time(TARGETS[target], path.read_bytes())
