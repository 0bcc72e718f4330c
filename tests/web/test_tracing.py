"""Spans that a real service sends to a collector, on each engine; without the extra it says what to do."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from bench.running import RunningService
from tests.cli.conftest import Gisa, run  # noqa: F401  # a fixture
from tests.elasticsearch_node.fixtures import elasticsearch_url  # noqa: F401  # a fixture
from tests.hostile.running import ENGINES, service_on

_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@dataclass
class Collector:
    """What takes spans at an address of this machine."""

    url: str
    spans: list[Span] = field(default_factory=list)

    def in_trace(self) -> list[Span]:
        return [span for span in self.spans if span.trace_id.hex() == _TRACE]


@pytest.fixture
def collector() -> Iterator[Collector]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            for resource in request.resource_spans:
                for scope in resource.scope_spans:
                    taken.spans.extend(scope.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    taken = Collector(f"http://127.0.0.1:{server.server_port}/v1/traces")
    Thread(target=server.serve_forever, daemon=True).start()
    yield taken
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_request_is_a_span_of_the_trace_it_came_with(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, collector: Collector
) -> None:
    with service_on(engine, request, tmp_path, traces_url=collector.url) as service:
        connection = service.connection()
        for path in ("/v1/search?q=%EB%8F%84%EC%84%9C%EA%B4%80", "/livez", "/sign-on/callback?code=secret"):
            connection.request("GET", path, headers={"traceparent": f"00-{_TRACE}-00f067aa0ba902b7-01"})
            connection.getresponse().read()
        connection.close()
        log = service.log
    spans = collector.in_trace()
    (served,) = [span for span in spans if span.kind == Span.SPAN_KIND_SERVER]
    assert served.name == "GET /v1/search"
    inner = {span.name for span in spans if span.parent_span_id == served.span_id}
    assert ("search" in inner) == (engine == "elasticsearch")
    assert "secret" not in str(collector.spans)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("path") == "/v1/search"]
    assert line["trace_id"] == _TRACE


def test_a_collector_that_hangs_slows_nothing_down(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    hung = socket.create_server(("127.0.0.1", 0))  # it takes connections and never answers
    url = f"http://127.0.0.1:{hung.getsockname()[1]}/v1/traces"
    with service_on("embedded", request, tmp_path, traces_url=url) as service:
        taken: list[float] = []
        while not taken or not select.select([hung], [], [], 0)[0]:  # until spans wait to be taken
            taken.extend(_seconds(service) for _ in range(20))
        taken.extend(_seconds(service) for _ in range(40))
        assert sorted(taken)[-3] < 5, "a span is sent for ten seconds before it is given up"
        hung.close()


def _seconds(service: RunningService) -> float:
    began = time.monotonic()
    assert service.request("GET", "/v1/suggest?q=%EA%B0%80")[0] == 200
    return time.monotonic() - began


def test_without_the_extra_it_says_what_to_install(run: Gisa, tmp_path: Path) -> None:  # noqa: F811  # the fixture
    (tmp_path / "opentelemetry").mkdir()
    (tmp_path / "opentelemetry" / "__init__.py").write_text("raise ImportError('none here')", encoding="utf-8")
    refused = run("serve", traces_url="http://127.0.0.1:4318/v1/traces")
    assert refused.returncode == 2
    assert "pip install -r requirements-tracing.txt" in refused.stderr
