"""The data directory on a disk that is full, and on one that nothing may be written to."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bench.running import RunningService, environment, free_port, gisa
from service.commands.server import METRIC_KINDS
from service.engines.embedded import open_engine
from tests.faults.contents import require_equal, stored
from tests.faults.ledger import Ledger
from tests.faults.small_disk import fill, make_read_only, small_disk
from tests.faults.texts import document

_STORED = (200, 201)
_FULL = 507
_SECONDS = 30.0
_SECONDS_TO_REFUSE = 5.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


class Client:
    """Puts one article after another and keeps book of what is acknowledged."""

    def __init__(self, service: RunningService) -> None:
        self._service = service
        self._next = 0
        self.ledger = Ledger()

    def put(self) -> int:
        """Put the next article and return the status."""
        key = f"d0-{self._next:05}"
        self._next += 1
        self.ledger.sent(key, 1)
        status, _ = self._service.request("PUT", f"/v1/articles/{key}", document(key, 1))
        if status in _STORED:
            self.ledger.answered(key, 1)
        return status

    def put_until(self, wanted: tuple[int, ...]) -> list[int]:
        """Put articles until one has this status, and return the other statuses there were."""
        deadline, others = time.monotonic() + _SECONDS, []
        while (status := self.put()) not in wanted:
            others.append(status)
            assert time.monotonic() < deadline, others
        return others

    def reads(self) -> dict[str, int]:
        """Return the status of each kind of read."""
        paths = ("/v1/articles/d0-00000", "/v1/search?size=5&facets=outlet", "/v1/suggest?q=가온", "/livez", "/metrics")
        return {path: self._status(path) for path in paths}

    def _status(self, path: str) -> int:
        connection = self._service.connection()
        connection.request("GET", quote(path, safe="/?=&"))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status


def test_a_full_disk_is_told_reads_go_on_and_writes_go_on_once_there_is_room(disk: Path, tmp_path: Path) -> None:
    """Promise: with a full disk writes are answered 507 and reads go on; with room again it recovers by itself."""
    data = tmp_path / "data"  # the log lies beside it, on another disk
    (disk / "data").mkdir()
    data.symlink_to(disk / "data")
    with RunningService.start(data, requests_per_minute="0") as service:
        workers = service.worker_pids()
        assert {path.name.rpartition("_")[0] for path in (data / "metrics").iterdir()} == set(METRIC_KINDS)
        client = Client(service)
        assert {client.put() for _ in range(20)} == {201}
        ballast = fill(disk)
        assert set(client.put_until((_FULL,))) <= set(_STORED)
        # What the log kept room for may still be taken; once it is used up every write is refused.
        assert {client.put() for _ in range(10)} <= {*_STORED, _FULL}
        for _ in range(3):
            assert set(client.reads().values()) == {200}, client.reads()
        assert service.worker_pids() == workers, "a worker has died of the full disk"
        ballast.unlink()
        assert set(client.put_until(_STORED)) <= {_FULL}
        assert {client.put() for _ in range(20)} == {201}
        assert service.worker_pids() == workers
        _require_all(data, client.ledger)


def _require_all(data: Path, ledger: Ledger) -> None:
    engine = open_engine(data, index=False)
    try:
        deadline = time.monotonic() + _SECONDS
        while engine.lag() or not all(check.ready for check in engine.checks()):
            assert time.monotonic() < deadline, engine.checks()
            time.sleep(0.05)
        versions = stored(engine)
        findings = ledger.examine(versions)
        assert not findings, findings
        require_equal(engine, versions)
    finally:
        engine.close()


def test_a_directory_on_a_disk_that_is_read_only_is_refused_with_a_sentence(disk: Path) -> None:
    """Promise: where the data directory cannot be written the service ends within 5 s and says why."""
    engine = open_engine(disk / "data")
    engine.close()
    make_read_only(disk)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        gisa("serve"),
        env=environment(disk / "data", port=str(free_port()), language="en"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Of the processor, as it waits for nothing: a busy machine may take longer.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < _SECONDS_TO_REFUSE
    assert ended.returncode == 2
    assert "cannot be written (Read-only file system)" in ended.stderr
    assert "Traceback" not in ended.stderr
