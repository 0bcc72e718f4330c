"""`gisa serve` as a real process: where it listens, what it refuses to start with, and how it stops."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.running import RunningService, environment, free_port, gisa

SENTENCE_WITHIN = 5.0  # seconds


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService.start(tmp_path_factory.mktemp("serve") / "data") as running:
        yield running


def refused(data_dir: Path, *arguments: str, **settings: str) -> str:
    began = time.monotonic()
    ended = subprocess.run(
        gisa("serve", *arguments),
        env=environment(data_dir, **{"port": str(free_port()), "language": "en", **settings}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert time.monotonic() - began < SENTENCE_WITHIN
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    return ended.stderr


def raw(service: RunningService, request: bytes) -> tuple[int, dict[str, str], bytes]:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, dict(response.getheaders()), response.read()


def test_it_says_where_it_listens_and_what_to_try(service: RunningService) -> None:
    said = service.log.read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{service.port}" in said
    assert "search 도서관" in said
    assert "/docs" in said


def test_it_runs_as_many_workers_as_asked_for(service: RunningService) -> None:
    assert len(service.worker_pids()) == 2


def test_hangul_is_read_as_it_is_typed(service: RunningService) -> None:
    request = "GET /v1/search?q=도서관 HTTP/1.1\r\nHost: gisa\r\nConnection: close\r\n\r\n"
    status, _, body = raw(service, request.encode())
    assert status == 200
    assert json.loads(body)["interpreted"] == "도서관"


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /v1/search?q=" + b"a" * 8200 + b" HTTP/1.1\r\nHost: gisa\r\n\r\n", 414),
        (b"GET /livez HTTP/1.1\r\nHost: gisa\r\nX-Long: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (b"GET /livez HTTP/1.1\r\nHost: gisa\r\n" + b"X: 1\r\n" * 200 + b"\r\n", 431),
        (b"GET /livez HTTP/1.1\r\nHost: gisa\r\nTransfer-Encoding: bzip2\r\n\r\n", 501),
        (b"GET /livez HTTP/1.1\r\nBad Header: 1\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n", 400),
    ],
)
def test_what_cannot_be_read_is_answered_as_a_problem(
    service: RunningService, request_bytes: bytes, status: int
) -> None:
    answered, headers, body = raw(service, request_bytes)
    assert answered == status
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == status


def test_metrics_are_summed_over_the_workers(service: RunningService) -> None:
    for _ in range(20):
        service.request("GET", "/livez")
    connection = service.connection()
    connection.request("GET", "/metrics")
    exposed = connection.getresponse().read().decode()
    connection.close()
    counted = [
        line for line in exposed.splitlines() if line.startswith("gisa_http_requests_total") and "/livez" in line
    ]
    assert sum(float(line.rpartition(" ")[2]) for line in counted) >= 20


def test_a_second_service_on_the_directory_is_refused(service: RunningService) -> None:
    assert "already using the data directory" in refused(service.data_dir)


def test_a_port_that_is_taken_is_refused(service: RunningService, tmp_path: Path) -> None:
    assert f"Port {service.port}" in refused(tmp_path, "--port", str(service.port))


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    assert "not an address of this machine" in refused(tmp_path, "--host", "192.0.2.1", open_access="anywhere")


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "is not a folder" in refused(tmp_path / "file")


def test_a_data_directory_that_cannot_be_made_is_refused() -> None:
    assert "cannot be written" in refused(Path("/proc/gisa"))


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gisa.sqlite3").write_bytes(b"not a database " * 1000)
    said = refused(tmp_path)
    assert "damaged" in said
    assert "gisa restore" in said


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"threads": "many"}, "GISA_THREADS"),
        ({"thread": "8"}, "Did you mean GISA_THREADS?"),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, settings: dict[str, str], sentence: str) -> None:
    assert sentence in refused(tmp_path, **settings)


def test_every_line_of_the_log_is_json(tmp_path: Path) -> None:
    service = RunningService.start(tmp_path / "data", log_level="debug")
    os.kill(service.worker_pids()[0], signal.SIGKILL)
    time.sleep(1)
    service.stop()
    logged = service.log.read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in logged if not line.startswith(("gisa ", "  "))]
    assert {"gunicorn.error"} <= {line.get("logger") for line in lines}
    assert any("SIGKILL" in line["event"] for line in lines)


def test_a_request_under_way_is_answered_before_it_stops(tmp_path: Path) -> None:
    service = RunningService.start(tmp_path / "data")
    body = json.dumps({"title": "도서관 개관", "body": "도서관이 문을 열었다."}).encode()
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=30)
    connection.sendall(
        b"PUT /v1/articles/slow HTTP/1.1\r\nHost: gisa\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    time.sleep(0.5)
    os.kill(service.process.pid, signal.SIGTERM)
    time.sleep(0.5)
    connection.sendall(body)
    response = http.client.HTTPResponse(connection)
    response.begin()
    assert response.status == 201
    connection.close()
    assert service.process.wait(30) == 0


def test_a_killed_service_starts_again_at_once(tmp_path: Path) -> None:
    service = RunningService.start(tmp_path / "data")
    service.request("PUT", "/v1/articles/a", {"title": "제목", "body": "본문"})
    os.kill(service.process.pid, signal.SIGKILL)
    service.process.wait(10)
    with RunningService.start(tmp_path / "data") as again:
        assert again.request("GET", "/v1/articles/a")[0] == 200
