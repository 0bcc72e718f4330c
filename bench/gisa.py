"""Gisa itself as a contender."""

from __future__ import annotations

import gzip
import http.client
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.bulk import bulk
from bench.running import RunningService, environment, exchange, gisa, resident_bytes

_SEARCHABLE_SECONDS = 120.0


class Gisa:
    """The service on the embedded engine, with its default settings."""

    name = "Gisa (embedded)"

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gisa-bench-"))
        self._data = self._folder / "data"
        self._service: RunningService | None = None
        self._connection: http.client.HTTPConnection | None = None

    @property
    def service(self) -> RunningService:
        """Return the running service."""
        assert self._service is not None, "start it first"
        return self._service

    def start(self) -> None:
        """Start the service on an empty directory."""
        self._service = RunningService.start(self._data)
        self._connection = self.service.connection()

    def load(self, corpus: Path) -> None:
        """Send the articles as one bulk and wait until the last can be found."""
        sent = 0
        with gzip.open(corpus, "rb") as lines:
            for answer in bulk(self.service, (line.rstrip(b"\n") for line in lines)):
                if "summary" in answer:
                    sent = answer["summary"]["lines"]
                elif answer["status"] >= http.client.BAD_REQUEST:
                    raise RuntimeError(f"The service refused a line: {answer}")
        deadline = time.monotonic() + _SEARCHABLE_SECONDS
        while self.count() < sent:
            if time.monotonic() > deadline:
                raise RuntimeError("Not everything that was sent can be found.")
            time.sleep(0.05)

    def count(self) -> int:
        """Return the total of a search for everything."""
        return int(self.search({"size": 1})["total"]["value"])

    def search(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the answer of `POST /v1/search` over a connection that is kept."""
        assert self._connection is not None, "start it first"
        status, answer = exchange(self._connection, "POST", "/v1/search", parameters)
        if status != http.client.OK:
            raise RuntimeError(f"{parameters} was answered with {status}: {answer}")
        assert isinstance(answer, dict)
        return answer

    def memory(self) -> dict[str, int]:
        """Return the memory of the first process and of each worker."""
        pids = {"gunicorn": self.service.process.pid}
        pids |= {f"worker {number}": pid for number, pid in enumerate(self.service.worker_pids(), start=1)}
        return {name: resident_bytes(pid) for name, pid in pids.items()}

    def stored_bytes(self) -> int:
        """Return the size of the data directory."""
        return sum(path.stat().st_size for path in self._data.rglob("*") if path.is_file())

    def stop(self) -> None:
        """End the service and remove its directory."""
        if self._connection is not None:
            self._connection.close()
        if self._service is not None:
            self._service.stop()
        shutil.rmtree(self._folder)

    def import_files(self, corpus: Path) -> float:
        """Return the seconds that `gisa import` takes into an empty directory of its own."""
        with tempfile.TemporaryDirectory(prefix="gisa-bench-") as folder:
            began = time.monotonic()
            subprocess.run(
                gisa("import", str(corpus)), env=environment(Path(folder) / "data"), check=True, capture_output=True
            )
            return time.monotonic() - began
