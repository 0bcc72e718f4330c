"""`gisa keys` beside a running service, and what a service does and does not start with."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from bench.running import RunningService, environment, free_port, gisa
from tests.cli.conftest import Gisa

SEEN_WITHIN = 3.0  # seconds: the workers look once a second


def status_of(service: RunningService, token: str | None, method: str = "GET", path: str = "/v1/search") -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = {"title": "가", "body": "나"} if method == "PUT" else None
    return service.request(method, path, body, headers)[0]


def settles(service: RunningService, token: str | None, expected: int) -> bool:
    """Return whether every worker soon answers with this status: many fresh connections in a row reach all of them."""
    deadline = time.monotonic() + SEEN_WITHIN
    while time.monotonic() < deadline:
        if status_of(service, token) == expected:
            time.sleep(1.1)
            return {status_of(service, token) for _ in range(20)} == {expected}
        time.sleep(0.05)
    return False


def test_keys_are_made_and_revoked_beside_a_running_service(run: Gisa, tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "data") as service:
        assert status_of(service, None) == 200
        assert "gisa keys create" in service.log.read_text("utf-8")
        made = run("keys", "create", "읽기", "--audience", "intranet", "--expires", "2099-12-31")
        reader = made.stdout.strip()
        assert reader.startswith("gisa_")
        assert reader not in made.stderr
        assert settles(service, None, 401)
        assert settles(service, reader, 200)
        assert status_of(service, reader, "PUT", "/v1/articles/a") == 403
        writer = run("keys", "create", "쓰기", "--scope", "write").stdout.strip()
        assert settles(service, writer, 200)
        assert status_of(service, writer, "PUT", "/v1/articles/a") == 201
        assert run("keys", "revoke", "읽기").returncode == 0
        assert settles(service, reader, 401)
        assert status_of(service, writer) == 200
        (tmp_path / "data" / "keys.json").unlink()
        assert settles(service, writer, 503)
        assert status_of(service, None) == 503
    logged = service.log.read_text("utf-8")
    assert reader not in logged
    assert writer not in logged
    assert "is gone" in logged


def test_a_worker_that_comes_anew_opens_nothing(run: Gisa, tmp_path: Path) -> None:
    token = run("keys", "create", "읽기").stdout.strip()
    with RunningService.start(tmp_path / "data", workers=1) as service:
        (tmp_path / "data" / "keys.json").unlink()
        [worker] = service.worker_pids()
        subprocess.run(["kill", "-9", str(worker)], check=True)
        deadline = time.monotonic() + 20
        while worker in service.worker_pids() or not service.worker_pids():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert status_of(service, None) == 401
        assert status_of(service, token) == 401


def test_the_list_shows_states_and_no_token(run: Gisa) -> None:
    assert "There is no key" in run("keys", "list").stderr
    tokens = [run("keys", "create", name, "--scope", "admin").stdout.strip() for name in ("하나", "둘")]
    run("keys", "revoke", "하나")
    shown = run("keys", "list", "--json").stdout
    assert [(key["name"], key["state"]) for key in json.loads(shown)] == [("하나", "revoked"), ("둘", "in_force")]
    assert {"digest", "token"}.isdisjoint(json.loads(shown)[0])
    table = run("keys", "list").stdout
    assert "둘" in table
    for token in tokens:
        assert token not in shown + table


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "a", "--expires", "soon"), "cannot be read"),
        (("create", "a", "--expires", "2020-01-01"), "has passed"),
        (("create", "a", "--expires", "9999-12-31"), "cannot be read"),
        (("create", "a", "--scope", "all"), "Invalid value"),
        (("create", "a\tb"), "control characters"),
        (("revoke", "nobody"), "no key"),
    ],
)
def test_what_cannot_be_done_is_said(run: Gisa, arguments: tuple[str, ...], sentence: str) -> None:
    ended = run("keys", *arguments)
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def refused(data_dir: Path, **settings: str) -> str:
    ended = subprocess.run(
        gisa("serve"),
        env=environment(data_dir, **{"port": str(free_port()), "language": "en", **settings}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.mark.parametrize("settings", [{"host": "0.0.0.0"}, {"open_access": "never"}])
def test_it_does_not_start_open_where_that_was_not_meant(tmp_path: Path, settings: dict[str, str]) -> None:
    assert "gisa keys create" in refused(tmp_path, **settings)


def test_it_does_not_start_with_damaged_keys(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    assert "damaged" in refused(tmp_path)


def test_it_starts_at_any_address_with_a_key_or_when_told(run: Gisa, tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "open", host="0.0.0.0", open_access="anywhere") as service:
        assert status_of(service, None) == 200
    token = run("keys", "create", "읽기").stdout.strip()
    with RunningService.start(tmp_path / "data", host="0.0.0.0", open_access="anywhere") as service:
        assert (status_of(service, None), status_of(service, token)) == (401, 200)
        assert "gisa keys create" not in service.log.read_text("utf-8")


def test_another_file_holds_the_keys(run: Gisa, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "keys-of-all.json")
    token = run("keys", "create", "읽기", keys_file=elsewhere).stdout.strip()
    assert not (tmp_path / "data").exists()
    with RunningService.start(tmp_path / "data", keys_file=elsewhere) as service:
        assert (status_of(service, None), status_of(service, token)) == (401, 200)


def test_a_key_in_a_line_that_cannot_be_read_is_not_logged(run: Gisa, tmp_path: Path) -> None:
    token = run("keys", "create", "읽기").stdout.strip()
    with RunningService.start(tmp_path / "data", log_level="debug") as service:
        connection = service.connection()
        connection.connect()
        connection.sock.sendall(f"GET / HTTP/1.1\r\nHost: gisa\r\nAuthorization Bearer {token}\r\n\r\n".encode())
        assert token not in connection.sock.recv(65536).decode("utf-8", "replace")
        connection.close()
    logged = service.log.read_text("utf-8")
    assert "cannot be read" in logged
    assert token not in logged


def test_the_doctor_says_what_keys_there_are(run: Gisa, tmp_path: Path) -> None:
    assert "keys: none: the service is open" in run("doctor").stdout
    assert "keys: none: it does not start at 0.0.0.0" in run("doctor", host="0.0.0.0").stdout
    for name in ("하나", "둘"):
        run("keys", "create", name)
    run("keys", "revoke", "둘")
    assert "keys: 1 in force" in run("doctor").stdout
    (tmp_path / "data" / "keys.json").write_text("[]")
    told = run("doctor")
    assert told.returncode == 1
    assert "is damaged" in told.stdout
