"""A real service in processes of its own, on a free port, for measuring and for tests."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

_START_SECONDS = 120.0  # a busy machine of two cores takes over ten
_STOP_SECONDS = 60.0


def free_port() -> int:
    """Return a port that nothing listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a `gisa` process on this data directory, without any other GISA_* variable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GISA_")}
    given = {f"GISA_{name.upper()}": value for name, value in settings.items()}
    return {**kept, "GISA_DATA_DIR": str(data_dir), "GISA_LOG_FORMAT": "json", **given}


def gisa(*arguments: str) -> list[str]:
    """Return the command line of `gisa` in this Python."""
    return [sys.executable, "-m", "service.cli", *arguments]


@dataclass
class RunningService:
    """A running `gisa serve`; the log goes to a file beside its data directory."""

    process: subprocess.Popen[bytes]
    port: int
    data_dir: Path
    log: Path

    @classmethod
    def start(
        cls, data_dir: Path, *, workers: int = 2, port: int | None = None, wait: bool = True, **settings: str
    ) -> Self:
        """Start the service and return it once it is ready, or at once without `wait`."""
        port = port or free_port()
        log = data_dir.parent / f"{data_dir.name}-{port}.log"
        environ = environment(data_dir, workers=str(workers), port=str(port), **settings)
        with log.open("ab") as output:
            process = subprocess.Popen(gisa("serve"), env=environ, stdout=output, stderr=output, start_new_session=True)
        service = cls(process, port, data_dir, log)
        try:
            if wait:
                service.wait_until_ready(workers)
        except BaseException:
            service.kill()
            raise
        return service

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def stop(self) -> int:
        """Ask it to end, as a service manager does, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_STOP_SECONDS)

    def kill(self) -> None:
        """Kill all of its processes at once, as a power cut does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_STOP_SECONDS)

    def worker_pids(self) -> list[int]:
        """Return the processes that answer requests."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text(encoding="ascii").split()]

    def connection(self, seconds: float = 60.0) -> http.client.HTTPConnection:
        """Return a new connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)

    def request(
        self, method: str, path: str, document: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Return status and JSON of one request over a connection of its own."""
        connection = self.connection()
        try:
            return exchange(connection, method, path, document, headers)
        finally:
            connection.close()

    def wait_until_ready(self, workers: int = 2) -> None:
        """Return once it is ready with all of its workers; RuntimeError with its log where it does not start."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                ready = self.request("GET", "/readyz")[0] == http.client.OK
                if ready and len(self.worker_pids()) == workers:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError("The service did not start:\n" + self.log.read_text(encoding="utf-8", errors="replace"))


def exchange(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    document: Any = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, Any]:
    """Return status and JSON of one request over this connection."""
    body = None if document is None else json.dumps(document, ensure_ascii=False).encode()
    sent = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path, body, {**sent, **(headers or {})})
    response = connection.getresponse()
    content = response.read()
    return response.status, json.loads(content) if content else None


def resident_bytes(pid: int) -> int:
    """Return the memory a process holds, shared pages counted by their share (Linux)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024
