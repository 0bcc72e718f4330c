"""`gisa restore` killed at every step: the old state stands, or the new one does, and it can be run again."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from bench.running import environment, gisa
from service.engines.embedded import open_engine
from service.engines.embedded.replacing import STAGING, put_in_place, replaced_name
from tests.unit.engines.embedded.conftest import make_put

OLD, NEW = {"old"}, {f"new{number}" for number in range(20)}


def put_in_place_until(directory: Path, renames: int) -> int:
    """Put what is staged in its place in a process that ends, as if killed, before the rename of this number."""
    process = os.fork()
    if process == 0:
        rename, done = Path.rename, itertools.count()

        def counted(path: Path, target: Path) -> Path:
            if next(done) == renames:
                os._exit(9)
            return rename(path, target)

        Path.rename = counted  # type: ignore[assignment,method-assign] # in this process alone, which ends here
        put_in_place(directory, "replaced")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def store(directory: Path, ids: set[str]) -> None:
    """Store and index articles under these ids."""
    engine = open_engine(directory)
    try:
        engine.wait_until_searchable(engine.write([make_put(key, body="가온시의 글") for key in sorted(ids)]))
    finally:
        engine.close()


def stored(directory: Path) -> set[str]:
    """Return the ids of the articles and see that they can be searched."""
    engine = open_engine(directory)
    try:
        ids = {found.article.id for found in engine.scan()}
        assert all(check.ready for check in engine.checks())
        return ids
    finally:
        engine.close()


@pytest.mark.parametrize("renames", range(7))
def test_killed_between_any_two_moves(tmp_path: Path, renames: int) -> None:
    data = tmp_path / "data"
    store(data, OLD)
    store(data / STAGING, NEW)
    (data / "keys.json").write_text("old")
    (data / STAGING / "keys.json").write_text("new")
    # The first rename puts the plan into force; six moves follow it.
    assert put_in_place_until(data, renames) == 9
    assert stored(data) == (NEW if renames else OLD)
    assert (data / "keys.json").read_text() == ("new" if renames else "old")
    assert (data / STAGING).exists() == (not renames)
    if renames:
        assert stored(data / "replaced") == OLD
        assert (data / "replaced" / "keys.json").read_text() == "old"


def test_run_again_within_a_second_it_moves_aside_into_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.gmtime(0)
    monkeypatch.setattr(time, "gmtime", lambda: now)
    names = []
    for _ in range(3):
        names.append(replaced_name(tmp_path))
        (tmp_path / names[-1]).mkdir()
    assert names == [f"replaced-19700101T000000Z{number}" for number in ("", "-2", "-3")]


@pytest.mark.parametrize("seconds", [0.7, 1.2])
def test_killed_at_any_time_it_is_run_again(tmp_path: Path, seconds: float) -> None:
    store(tmp_path / "data", OLD)
    store(tmp_path / "other", NEW)
    environ = environment(tmp_path / "other")
    subprocess.run(gisa("backup", str(tmp_path / "backup")), env=environ, check=True, stderr=subprocess.DEVNULL)
    command = gisa("restore", str(tmp_path / "backup"), "--replace")
    environ = environment(tmp_path / "data")
    run = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert stored(tmp_path / "data") in (OLD, NEW)
    again = subprocess.run(command, env=environ, capture_output=True, check=False)
    assert again.returncode == 0, again.stderr
    assert stored(tmp_path / "data") == NEW


def test_a_killed_backup_is_none(tmp_path: Path) -> None:
    store(tmp_path / "data", OLD)
    (tmp_path / ".backup.unfinished").mkdir()
    (tmp_path / ".backup.unfinished" / "gisa.sqlite3").write_bytes(b"half")
    environ = environment(tmp_path / "data")
    refused = subprocess.run(gisa("restore", str(tmp_path / ".backup.unfinished")), env=environ, check=False)
    assert refused.returncode == 1
    subprocess.run(gisa("backup", str(tmp_path / "backup")), env=environ, check=True)
    assert not (tmp_path / ".backup.unfinished").exists()
