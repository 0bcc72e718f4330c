"""What the cluster is told of the request that is being answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from structlog.contextvars import bound_contextvars, clear_contextvars

from service.engines.elasticsearch import ElasticsearchSettings
from service.engines.elasticsearch.connection import Connection


@pytest.fixture
def peer() -> Iterator[tuple[str, list[str | None]]]:
    """Return the address of a server and what each request to it said of itself."""
    named: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            named.append(self.headers.get("X-Opaque-Id"))
            self.send_response(200)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", named
    server.shutdown()
    server.server_close()


def test_a_request_to_the_cluster_bears_the_id_of_the_one_it_belongs_to(peer: tuple[str, list[str | None]]) -> None:
    url, named = peer
    clear_contextvars()  # what a test of the web left
    connection = Connection(ElasticsearchSettings((url,), timeout=30.0))
    with bound_contextvars(request_id="asked-7"):
        connection.ask(lambda client: client.cluster.health())
    connection.ask(lambda client: client.cluster.health())
    connection.close()
    assert named == ["asked-7", None]
