"""The worker that indexes hangs and is killed, in a real service."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from bench.running import RunningService
from service.engines.embedded.locks import INDEXING
from tests.faults.texts import document

_SECONDS_TO_TAKE_OVER = 10.0
_SECONDS = 60.0


def holder(lock: Path) -> int | None:
    """Return the process that holds this lock, None where none does (Linux)."""
    inode = str(lock.stat().st_ino)
    for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
        _, kind, _, _, pid, place, *_ = line.split()
        if kind == "FLOCK" and place.rpartition(":")[2] == inode:
            return int(pid)
    return None


def lag(service: RunningService) -> int:
    """Return the writes that cannot be searched yet, as the metric says."""
    connection = service.connection()
    connection.request("GET", "/metrics")
    exposed = connection.getresponse().read().decode()
    connection.close()
    found = re.search(r"^gisa_index_lag (\S+)$", exposed, re.MULTILINE)
    assert found
    return int(float(found[1]))


def wait_until(condition: Callable[[], bool], seconds: float) -> float:
    """Return after how many seconds this was so; fails after so many."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began


def test_another_worker_takes_over_and_the_lag_is_a_metric(tmp_path: Path) -> None:
    """Promise: where the indexing worker dies writes go on, another takes over within 10 s, the lag is a metric."""
    with RunningService.start(tmp_path / "data", workers=3) as service:
        lock = tmp_path / "data" / INDEXING
        wait_until(lambda: holder(lock) in service.worker_pids(), _SECONDS)
        first = holder(lock)
        assert first
        os.kill(first, signal.SIGSTOP)  # it hangs with the lock in its hand: others write, nobody indexes
        try:
            for number in range(5):
                assert service.request("PUT", f"/v1/articles/l{number}", document(f"l{number}", 1))[0] == 201
            assert lag(service) >= 5
        finally:
            os.kill(first, signal.SIGKILL)
        seconds = wait_until(lambda: holder(lock) not in (None, first), _SECONDS_TO_TAKE_OVER)
        print(f"taken over after {seconds:.2f} s")
        assert service.request("PUT", "/v1/articles/l5?refresh=wait_for", document("l5", 1))[0] == 201
        assert lag(service) == 0
        assert service.request("GET", "/v1/search?size=1")[1]["total"]["value"] == 6
