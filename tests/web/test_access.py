"""The answers to those who may not do what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Config
from service.domain.keys import Audience, Scope
from service.search.engine import Engine
from service.usecases.keys import ring
from service.usecases.keys.document import dump_keys
from service.usecases.keys.file import read_keys
from service.usecases.keys.making import create_key, revoke_key
from service.web.logs import configure_logs
from tests.web.guarded import TABLE, Guarded, address, guarded_app

READ, WRITE, ADMIN = Scope


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring, "_EVERY", 0.0)


@pytest.fixture
def guarded(engine: Engine, tmp_path: Path) -> Guarded:
    return guarded_app(engine, tmp_path)


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        (None, 'Bearer realm="gisa"'),
        ("Bearer gisa_unknown", 'Bearer realm="gisa", error="invalid_token"'),
        ("Bearer", 'Bearer realm="gisa", error="invalid_token"'),
        ("Bearer 키".encode().decode("latin-1"), 'Bearer realm="gisa", error="invalid_token"'),
        ("Basic Z2lzYTpnaXNh", 'Bearer realm="gisa", error="invalid_token"'),
    ],
)
def test_without_a_key_that_is_known_it_is_401(guarded: Guarded, header: str | None, challenge: str) -> None:
    answer = guarded.ask("GET", "/v1/search", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == challenge
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["type"] == "urn:gisa:problem:unauthorized"
    assert "키" in answer.json["detail"]
    assert "key" in guarded.ask("GET", "/v1/search", headers={"Accept-Language": "en"}).json["detail"]


def test_a_key_is_taken_however_bearer_is_written(guarded: Guarded) -> None:
    for header in ("bearer {}", "BEARER   {} ", "Bearer {}"):
        sent = {"Authorization": header.format(guarded.tokens[READ])}
        assert guarded.ask("GET", "/v1/search", headers=sent).status_code == 200


def test_expired_and_revoked_keys_are_401_and_say_so(guarded: Guarded) -> None:
    english = {"Accept-Language": "en"}
    revoke_key(guarded.path, "write")
    answer = guarded.ask("GET", "/v1/search", guarded.tokens[WRITE], headers=english)
    assert (answer.status_code, "revoked" in answer.json["detail"]) == (401, True)
    aged = next(key for key in read_keys(guarded.path) if key.name == "read")
    moment_ago = datetime.now(UTC) - timedelta(seconds=1)
    guarded.path.write_bytes(dump_keys([replace(aged, expires_at=moment_ago)]))
    answer = guarded.ask("GET", "/v1/search", guarded.tokens[READ], headers=english)
    assert (answer.status_code, "expired" in answer.json["detail"]) == (401, True)
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def test_a_scope_that_is_missing_is_403_and_named(guarded: Guarded) -> None:
    answer = guarded.ask("PUT", "/v1/articles/a", guarded.tokens[READ], json={"title": "가", "body": "나"})
    assert (answer.status_code, answer.json["type"]) == (403, "urn:gisa:problem:forbidden")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="gisa", error="insufficient_scope", scope="write"'
    assert "write" in answer.json["detail"]
    answer = guarded.ask("PUT", "/v1/articles/a", guarded.tokens[WRITE], json={"title": "가", "body": "나"})
    assert answer.status_code in {200, 201}


def test_a_page_without_a_key_says_how_to_get_in(guarded: Guarded) -> None:
    for path in ("/", "/paste", "/articles/nothing"):
        answer = guarded.ask("GET", path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (401, "text/html")
        assert "열람 권한이 필요합니다" in answer.text
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert guarded.ask("GET", "/", headers={"Accept": "application/json"}).mimetype == "application/problem+json"


def test_without_a_key_it_is_open_until_the_first_is_made(engine: Engine, tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, log_level="error")
    client = create_app(config, engine).test_client()
    assert client.get("/v1/search", headers={"Authorization": "Basic of-a-proxy"}).status_code == 200
    assert client.get("/metrics").status_code == 200
    _, key = create_key(config.keys_path, "첫 키", scope=READ, audience=Audience.PUBLIC)
    assert client.get("/v1/search").status_code == 401
    revoke_key(config.keys_path, key.id)
    assert client.get("/v1/search").status_code == 401


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"host": "127.0.0.1"}, 200), ({"host": "127.8.0.1"}, 200), ({"host": "::1"}, 200),
        ({"host": "localhost"}, 200),
        ({"host": "0.0.0.0"}, 401), ({"host": "::"}, 401), ({"host": "10.1.2.3"}, 401), ({"host": "gisa.example"}, 401),
        ({"host": "0.0.0.0", "open_access": "anywhere"}, 200), ({"open_access": "never"}, 401),
    ],
)  # fmt: skip
def test_it_is_open_on_this_machine_alone_unless_told(
    engine: Engine, tmp_path: Path, settings: dict[str, str], status: int
) -> None:
    app = create_app(Config(data_dir=tmp_path, log_level="error", **settings), engine)
    assert app.test_client().get("/v1/search").status_code == status


def test_while_the_keys_are_damaged_nobody_gets_in_and_it_is_not_ready(guarded: Guarded) -> None:
    guarded.path.write_bytes(b"{")
    answer = guarded.ask("GET", "/v1/search", guarded.tokens[ADMIN])
    assert (answer.status_code, answer.json["type"]) == (503, "urn:gisa:problem:keys-unavailable")
    assert answer.headers["Retry-After"]
    assert guarded.ask("GET", "/").status_code == 503
    assert guarded.ask("GET", "/livez").status_code == 200
    ready = guarded.ask("GET", "/readyz")
    assert ready.status_code == 503
    assert [check["ready"] for check in ready.json["checks"] if check["name"] == "keys"] == [False]


def test_a_write_from_another_site_is_refused_where_it_is_open(client: FlaskClient) -> None:
    paste = {"data": "제목\n\n본문입니다.", "content_type": "text/plain", "query_string": "dry_run=true"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert client.post("/v1/press-copy", headers=headers, **paste).status_code == 403
    for headers in ({}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert client.post("/v1/press-copy", headers=headers, **paste).status_code == 200


def test_no_key_is_in_a_log_or_an_error(guarded: Guarded, capfd: pytest.CaptureFixture[str]) -> None:
    configure_logs("debug", "json")
    tokens = [*guarded.tokens.values(), "gisa_" + "x" * 43]
    structlog.get_logger().warning(f"a library says {tokens[0]}")
    said = []
    for token in tokens:
        for route in TABLE:
            method, path = address(route)
            said.append(guarded.ask(method, path, token).text)
    logged = capfd.readouterr().err
    configure_logs("error", "json")
    assert '"key":' in logged
    assert "gisa_***" in logged
    for token in tokens:
        assert token not in logged
        assert not any(token in text for text in said)


def test_limits_are_for_each_key(engine: Engine, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    config = Config(data_dir=tmp_path, log_level="error", requests_per_minute=3)
    first, key = create_key(config.keys_path, "first", scope=READ, audience=Audience.PUBLIC)
    second = create_key(config.keys_path, "second", scope=READ, audience=Audience.PUBLIC)[0]
    client = create_app(config, engine).test_client()
    ask = asking(client)
    assert [ask("/v1/search", first).status_code for _ in range(4)] == [200, 200, 200, 429]
    configure_logs("info", "json")
    refused = ask("/v1/search", first)
    configure_logs("error", "json")
    assert f'"key": "{key.id}"' in capfd.readouterr().err
    assert refused.json["type"] == "urn:gisa:problem:rate-limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert ask("/v1/search", second).status_code == 200
    assert ask("/livez", first).status_code == 200


def asking(client: FlaskClient) -> Callable[..., TestResponse]:
    return lambda path, token: client.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize(
    ("peer", "forwarded", "last"),
    [
        ("127.0.0.1", None, 200),
        ("192.0.2.7", None, 429),
        ("192.0.2.7", "198.51.100.{}", 429),
        ("192.0.2.1", "198.51.100.{}", 200),
        ("192.0.2.1", "198.51.100.{}, 203.0.113.9", 429),
    ],
)
def test_limits_are_for_each_address_where_it_is_open(
    engine: Engine, tmp_path: Path, peer: str, forwarded: str | None, last: int
) -> None:
    config = Config(
        data_dir=tmp_path, log_level="error", host="0.0.0.0", open_access="anywhere", requests_per_minute=2,
        trusted_proxies="192.0.2.1, 192.0.2.2",
    )  # fmt: skip
    client = create_app(config, engine).test_client()
    for number in range(3):
        headers = {"X-Forwarded-For": forwarded.format(number)} if forwarded else {}
        answer = client.get("/v1/search", headers=headers, environ_overrides={"REMOTE_ADDR": peer})
    assert answer.status_code == last
