"""A peer that speaks as Elasticsearch does and answers what a script says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]
Script = Callable[[str, str, bytes], Answer | None]
"""Returns (status, body) for (method, path, request body); None to stay silent until the caller has gone."""


@contextmanager
def scripted_peer(script: Script) -> Iterator[str]:
    """Yield the address of a peer that follows the script."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = script(self.command, self.path, body)
            if answer is None:
                over.wait(20)
                self.close_connection = True
                return
            status, value = answer
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 -- the names that http.server calls

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()


class Cluster:
    """The script of a cluster with no articles, whose bulks a test answers.

    `bulks` holds the ids of the operations of each bulk that came.
    """

    def __init__(self, items: Callable[[int, list[str]], list[dict[str, Any]] | Answer | None]) -> None:
        self._items = items
        self.bulks: list[list[str]] = []
        self.times: list[float] = []
        self.stored: dict[str, dict[str, Any]] = {}

    def __call__(self, _method: str, path: str, body: bytes) -> Answer | None:
        """Answer one request."""
        if "_mget" in path:
            return 200, {"docs": [self._document(key) for key in json.loads(body)["ids"]]}
        if "_bulk" in path:
            return self._bulk(body)
        return 200, {"hits": {"hits": []}} if "_search" in path else {}

    def _document(self, key: str) -> dict[str, Any]:
        return {"_index": "articles-v1-000001", "_id": key, "found": key in self.stored, **self.stored.get(key, {})}

    def _bulk(self, body: bytes) -> Answer | None:
        lines = [json.loads(line) for line in body.splitlines() if line]
        ids = [next(iter(line.values()))["_id"] for line in lines if set(line) & {"create", "delete"}]
        self.bulks.append(ids)
        self.times.append(time.monotonic())
        answer = self._items(len(self.bulks), ids)
        if isinstance(answer, list):
            return 200, {"took": 1, "errors": True, "items": answer}
        return answer


def done(key: str, seq_no: int = 0) -> dict[str, Any]:
    """Return the item of an operation that was done."""
    return {"create": {"_id": key, "status": 201, "_seq_no": seq_no, "_primary_term": 1, "result": "created"}}


def failed(key: str, status: int, kind: str = "es_rejected_execution_exception", reason: str = "") -> dict[str, Any]:
    """Return the item of an operation that failed."""
    return {"create": {"_id": key, "status": status, "error": {"type": kind, "reason": reason}}}
