"""A process that ends between two steps of a write, of a rebuild or of the mending of a damaged index."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.engines.embedded import EmbeddedEngine, failpoints, open_engine
from service.engines.embedded.failpoints import EXIT_STATUS, VARIABLE, Failpoint
from tests.faults.contents import require_equal, stored
from tests.faults.writing_process import ACKNOWLEDGED, AFTER, BEFORE, put

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS_UNTIL_EQUAL = 5.0


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A data directory with a dozen articles, all of them indexed."""
    engine = open_engine(tmp_path / "data")
    engine.wait_until_searchable(engine.write([put(key, version) for key, version in BEFORE.items()]))
    engine.close()
    return tmp_path / "data"


def run(directory: Path, action: str, failpoint: Failpoint) -> bool:
    """Run the process until the failpoint ends it, and return whether the write was acknowledged."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), VARIABLE: failpoint}
    command = [sys.executable, str(Path(__file__).with_name("writing_process.py")), str(directory), action]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == EXIT_STATUS, ended.stderr
    return ended.stdout == ACKNOWLEDGED


def require_whole(directory: Path, *, changed: bool) -> None:
    """Require that all of the write is there or nothing of it, and that the index says the same within five seconds."""
    engine = open_engine(directory)
    try:
        _await_ready(engine)
        versions = stored(engine)
        assert versions == (AFTER if changed else BEFORE)
        require_equal(engine, versions, {*AFTER, *BEFORE})
        # What comes next is indexed as ever.
        engine.wait_until_searchable(engine.write([put("c0000", 1)]))
        require_equal(engine, {**versions, "c0000": 1}, {*AFTER, *BEFORE})
    finally:
        engine.close()
    indices = [path.name for path in (directory / "index").glob("generation-*")]
    assert len(indices) == 1, indices


def _await_ready(engine: EmbeddedEngine) -> None:
    deadline = time.monotonic() + _SECONDS_UNTIL_EQUAL
    while engine.lag() or not all(check.ready for check in engine.checks()):
        assert time.monotonic() < deadline, engine.checks()
        time.sleep(0.01)


@pytest.mark.parametrize(
    "failpoint",
    [
        Failpoint.AFTER_STORE_COMMIT,
        Failpoint.BEFORE_INDEX_COMMIT,
        Failpoint.AFTER_INDEX_COMMIT,
        Failpoint.BEFORE_CHECKPOINT,
        Failpoint.AFTER_CHECKPOINT,
    ],
)
def test_what_is_stored_is_searchable_within_five_seconds_of_the_restart(directory: Path, failpoint: Failpoint) -> None:
    """Promise: wherever a process dies between the store's commit and the checkpoint, the next one catches up."""
    run(directory, "write", failpoint)
    require_whole(directory, changed=True)


def test_what_is_not_stored_was_not_acknowledged_and_is_not_found(directory: Path) -> None:
    """Promise: a write is stored whole or not at all, and acknowledged only once it is stored."""
    assert not run(directory, "write", Failpoint.BEFORE_STORE_COMMIT)
    require_whole(directory, changed=False)


@pytest.mark.parametrize(
    "failpoint", [Failpoint.WITHIN_BUILD, Failpoint.BEFORE_SWAP, Failpoint.WITHIN_SWAP, Failpoint.AFTER_SWAP]
)
def test_a_rebuild_that_dies_leaves_one_whole_index_in_use(directory: Path, failpoint: Failpoint) -> None:
    """Promise: the old index or the new one is in use, never part of one; what is left over is removed."""
    run(directory, "rebuild", failpoint)
    require_whole(directory, changed=False)


def test_the_mending_of_a_damaged_index_is_taken_up_again(directory: Path) -> None:
    """Promise: a damaged index is built anew out of the store, also where the process that does so dies."""
    [generation] = (directory / "index").glob("generation-*")
    segment = next(generation.glob("*.store"))
    os.truncate(segment, segment.stat().st_size // 2)
    run(directory, "write", Failpoint.AFTER_SETTING_ASIDE)
    engine = open_engine(directory)
    changed = "b0000" in stored(engine)
    engine.close()
    require_whole(directory, changed=changed)
    assert list((directory / "index").glob("damaged-*"))


def test_the_points_cost_nothing_where_no_test_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promise: without the variable a point is an empty function."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert importlib.reload(failpoints).reach is failpoints._passing
