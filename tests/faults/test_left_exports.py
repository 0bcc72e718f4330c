"""Clients that leave in the middle of an export, on both engines.

GISA_TEST_LEFT_EXPORTS says how many leave; 100 is the promise (`make faults`), fewer are the habit.
"""

from __future__ import annotations

import os
import random
import socket
import string
import time
from collections.abc import Callable
from pathlib import Path

from elasticsearch import Elasticsearch

from bench.bulk import bulk
from bench.running import RunningService
from tests.elasticsearch_node.fixtures import elasticsearch_prefix, elasticsearch_url
from tests.faults.writers import as_json

__all__ = ["elasticsearch_prefix", "elasticsearch_url"]

LEAVING = int(os.environ.get("GISA_TEST_LEFT_EXPORTS", "20"))
ARTICLES = 150
_WORDS = 40
_LETTERS = 1_000
AT_ONCE = 10
_READ = 1 << 10
_SECONDS = 5.0


def store_articles(service: RunningService) -> None:
    """Store enough articles that no export fits into what sockets hold back."""
    lines = (
        as_json({"id": f"x{number}", "title": f"{number}", "body": _long_text(number)}) for number in range(ARTICLES)
    )
    *_, last = bulk(service, lines, query="?refresh=wait_for")
    assert last["summary"]["created"] == ARTICLES


def _long_text(number: int) -> str:
    # Long words: much to send, and little to analyse.
    chance = random.Random(number)
    return " ".join("".join(chance.choices(string.ascii_lowercase, k=_LETTERS)) for _ in range(_WORDS))


def leave_exports(service: RunningService) -> None:
    """Ask for exports, ten at a time, and leave each after its first kilobyte."""
    for _ in range(LEAVING // AT_ONCE):
        connections = [socket.create_connection(("127.0.0.1", service.port), timeout=60) for _ in range(AT_ONCE)]
        for connection in connections:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _READ)
            connection.sendall(b"GET /v1/export?format=ndjson HTTP/1.1\r\nHost: gisa\r\n\r\n")
        for connection in connections:
            assert connection.recv(_READ, socket.MSG_WAITALL).startswith(b"HTTP/1.1 200 ")
            connection.close()


def threads(service: RunningService) -> int:
    """Return the number of threads of all workers (Linux)."""
    return sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in service.worker_pids())


def require_soon(holds: Callable[[], bool], what: str) -> None:
    """Require that something comes to hold within five seconds."""
    deadline = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def test_on_the_embedded_engine_no_thread_and_no_view_is_left(tmp_path: Path) -> None:
    """Promise: what a client that leaves a stream was using is let go within 5 s; no thread is left."""
    with RunningService.start(tmp_path / "data", requests_per_minute="0") as service:
        store_articles(service)
        leave_exports(service)  # all threads that there may be have been started after this
        before = threads(service)
        leave_exports(service)
        require_soon(lambda: threads(service) <= before, "threads are left")
        assert service.request("GET", "/v1/search?size=1")[1]["total"]["value"] == ARTICLES


def test_on_elasticsearch_no_state_of_the_index_is_kept(
    tmp_path: Path, elasticsearch_url: str, elasticsearch_prefix: str
) -> None:
    """Promise: the point in time of a stream is closed within 5 s after its client has left; no thread is left."""
    settings = {
        "engine": "elasticsearch",
        "elasticsearch_url": elasticsearch_url,
        "elasticsearch_replicas": "0",
        "elasticsearch_index_prefix": f"{elasticsearch_prefix}-",
        "elasticsearch_timeout_milliseconds": "20000",
        "requests_per_minute": "0",
    }
    with RunningService.start(tmp_path / "data", **settings) as service, Elasticsearch(elasticsearch_url) as client:

        def states() -> int:
            stats = client.indices.stats(index=f"{elasticsearch_prefix}-articles", metric="search").body
            return int(stats["_all"]["total"]["search"]["open_contexts"])

        store_articles(service)
        leave_exports(service)
        before = threads(service)
        leave_exports(service)
        require_soon(lambda: states() == 0, "points in time are left open")
        require_soon(lambda: threads(service) <= before, "threads are left")
