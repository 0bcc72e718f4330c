"""A thousand hostile requests and more to a running service, on each engine: refused as promised, nothing breaks."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pytest

from bench.running import RunningService
from tests.elasticsearch_node.fixtures import elasticsearch_url  # noqa: F401  # a fixture
from tests.hostile import addresses, bodies, texts
from tests.hostile.case import Case
from tests.hostile.running import ENGINES, service_on
from tests.hostile.wires import CLOSED, WIRES, Wire

WHOLE = os.environ.get("GISA_TEST_HOSTILE") == "whole"
"""Whether Elasticsearch gets all of the requests as well (`make hostile`), or every third."""
_SECONDS = 1.0
_CLIENTS = 2
_TRIES = 3
_PATIENCE = 60.0
_SLOW_CLIENTS = 20
_STATUS = re.compile(rb"^HTTP/1\.1 (\d{3}) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a case: its status, the seconds it took, and the beginning of its body."""

    case: Case
    status: int
    seconds: float
    body: bytes

    @property
    def failure(self) -> str | None:
        """Return what is wrong with it."""
        if self.case.statuses and self.status in self.case.statuses:
            return None
        return f"{self.case.name}: {self.status}, not {sorted(self.case.statuses)[:6]}: {self.body[:300]!r}"


class _Connection(http.client.HTTPConnection):
    """A connection that sends what it is given."""

    def _validate_path(self, url: str) -> None:
        pass

    def _validate_method(self, method: str) -> None:
        pass

    def _encode_request(self, request: str) -> bytes:
        return request.encode("latin-1")


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """Return a service of two workers with a few articles."""
    with service_on(request.param, request, tmp_path_factory.mktemp("hostile"), log_level="warning") as running:
        for name in ("kept", "a", "b"):
            document = {"title": f"{name} a 도서관", "body": "a 시장은 “도서관을 연다”고 말했다."}
            assert running.request("PUT", f"/v1/articles/{name}?refresh=wait_for", document)[0] == http.client.CREATED
        yield running


def ask(service: RunningService, case: Case) -> Answer:
    """Return the answer to a case over a connection of its own."""
    began = time.monotonic()
    connection = _Connection("127.0.0.1", service.port, timeout=_PATIENCE)
    try:
        connection.putrequest(case.method, case.path, skip_accept_encoding=True)
        for name, value in case.headers.items():
            connection.putheader(name, value.encode("latin-1", "replace"))
        if case.body is not None:
            connection.putheader("Content-Length", str(len(case.body)))
        # Refused before it had read the whole: the answer is there all the same.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.endheaders(case.body)
        response = connection.getresponse()
        body = response.read()
        return Answer(case, response.status, time.monotonic() - began, body)
    finally:
        connection.close()


def _slow(service: RunningService, answers: list[Answer]) -> list[Answer]:
    """Return the answers that took over a second each time they were asked for: the machine does other things, too."""
    slow = answers
    for _ in range(_TRIES):
        slow = [each for each in slow if each.seconds > _SECONDS]
        slow = [again for each in slow if (again := ask(service, each.case)).seconds > _SECONDS]
    return slow


def _cursor(service: RunningService) -> str:
    status, answer = service.request("GET", "/v1/search?q=a&size=1")
    assert status == http.client.OK
    return str(answer["next"])


def test_a_thousand_hostile_requests(service: RunningService, request: pytest.FixtureRequest) -> None:
    workers = sorted(service.worker_pids())
    cases = list(chain(bodies.cases(), addresses.cases(), texts.cases(), addresses.of_cursor(_cursor(service))))
    assert len(cases) >= 1_000
    if request.node.callspec.params["service"] == "elasticsearch" and not WHOLE:
        cases = cases[::3]
    with ThreadPoolExecutor(_CLIENTS) as clients:
        answers = list(clients.map(lambda case: ask(service, case), cases))
    failures = [answer.failure for answer in answers if answer.failure]
    assert not failures, f"{len(failures)} of {len(answers)}:\n" + "\n".join(failures[:60])
    unnamed = [each for each in answers if each.status >= 400 and each.case.method != "HEAD" and not _names(each)]
    assert not unnamed, [(each.case.name, each.body[:100]) for each in unnamed[:10]]
    slow = _slow(service, answers)
    assert len(slow) <= len(answers) / 100, [(each.case.name, round(each.seconds, 1)) for each in slow]
    assert sorted(service.worker_pids()) == workers
    _still_serves(service)


def _names(answer: Answer) -> bool:
    """Tell whether a refusal says what to do: a problem, or a page where one was asked for."""
    if answer.body.startswith(b"<"):
        return "html" in str(answer.case.headers) or answer.case.path.startswith(("/?", "/analysis"))
    problem: dict[str, Any] = json.loads(answer.body)
    return problem["status"] == answer.status and bool(problem["detail"])


def _still_serves(service: RunningService) -> None:
    status, answer = service.request("GET", "/v1/articles/kept")
    assert (status, answer["title"]) == (http.client.OK, "kept a 도서관")
    assert service.request("GET", "/readyz")[0] == http.client.OK


def talk(service: RunningService, wire: Wire) -> list[int]:
    """Return the statuses that answer these bytes, CLOSED alone where nothing comes before the end."""
    received = b""
    with socket.create_connection(("127.0.0.1", service.port), timeout=_PATIENCE) as connection:
        try:
            connection.sendall(wire.sent)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65_536):
                received += piece
        except ConnectionError:
            pass  # a refusal may close the connection while it still has bytes to read
    return [int(status) for status in _STATUS.findall(received)] or [CLOSED]


def test_what_no_library_sends(service: RunningService) -> None:
    workers = sorted(service.worker_pids())
    with ThreadPoolExecutor(_CLIENTS) as clients:
        answers = list(clients.map(lambda wire: (wire, talk(service, wire)), WIRES))
    wrong = [
        f"{wire.name}: {statuses}"
        for wire, statuses in answers
        if statuses[0] not in wire.statuses or len(statuses) > wire.answers
    ]
    assert not wrong, "\n".join(wrong)
    assert sorted(service.worker_pids()) == workers
    _still_serves(service)


def test_half_a_request_is_answered_in_time(service: RunningService) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=_PATIENCE) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408 ")


def test_slow_clients_keep_nobody_waiting(service: RunningService) -> None:
    workers = sorted(service.worker_pids())
    sockets = [socket.create_connection(("127.0.0.1", service.port), timeout=_PATIENCE) for _ in range(_SLOW_CLIENTS)]
    try:
        for number, each in enumerate(sockets):
            # More than there are threads: some in the middle of a request line, some of their headers.
            each.sendall(b"GET /v1/search HTTP/1.1\r\nHost: a\r\nX-Slow: " if number % 2 else b"GET /v1/sea")
        answer = ask(service, Case("beside slow clients", "GET", "/v1/search?size=1", frozenset({200})))
        assert answer.failure is None
        assert answer.seconds < _PATIENCE / 2
    finally:
        for each in sockets:
            each.close()
    assert sorted(service.worker_pids()) == workers
    _still_serves(service)
