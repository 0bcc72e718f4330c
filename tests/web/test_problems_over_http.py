"""What every answer has, and every refusal."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.domain.errors import EngineUnavailable, StorageFull
from service.search.engine import Engine
from service.usecases.reading import Reading

PROBLEM = "application/problem+json"
ARTICLE = {"title": "a", "body": "b"}


@pytest.mark.parametrize(
    "path", ["/nowhere", "/v1", "/v1/articles/", "/v1//articles", "/v1/articles/a/b", "/v2/search"]
)
def test_an_unknown_path_is_a_problem_or_a_page(client: FlaskClient, path: str) -> None:
    for accept in ("*/*", "application/json", "application/json, text/html;q=0.9", None):
        answer = client.get(path, headers={"Accept": accept} if accept else {})
        assert (answer.status_code, answer.mimetype) == (404, PROBLEM)
    page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert 'lang="ko"' in page.text
    english = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en-US"})
    assert "There is nothing" in english.text


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/articles/a", {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"}),
        ("DELETE", "/v1/articles", {"OPTIONS", "POST"}),
        ("PUT", "/v1/search", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("GET", "/v1/press-copy", {"OPTIONS", "POST"}),
        ("TRACE", "/v1/search", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("BREW", "/livez", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_an_unknown_method_names_the_ones_there_are(
    client: FlaskClient, method: str, path: str, allowed: set[str]
) -> None:
    answer = client.open(path, method=method, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (405, PROBLEM)
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/v1/search", "application/xml", 406),
        ("/v1/search", "text/html", 406),
        ("/v1/search", "application/json;q=0, text/html", 406),
        ("/v1/search", "application/*", 200),
        ("/v1/search", "text/html, */*;q=0.1", 200),
        ("/docs", "application/json", 406),
        ("/docs", "text/html", 200),
        ("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5", 200),
        ("/livez", "", 200),
    ],
)
def test_an_answer_comes_in_a_form_the_client_takes(client: FlaskClient, path: str, accept: str, status: int) -> None:
    assert client.get(path, headers={"Accept": accept}).status_code == status


def test_a_problem_has_every_member(client: FlaskClient) -> None:
    answer = client.put("/v1/articles/a%20b?x=1", json={}, headers={"X-Request-ID": "r-1"})
    assert answer.json["type"] == "urn:gisa:problem:validation-failed"
    assert answer.json["instance"] == "/v1/articles/a%20b"
    assert answer.json["request_id"] == answer.headers["X-Request-ID"] == "r-1"
    assert answer.headers["Content-Language"] == "ko"
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.search("[가-힣]", answer.text)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en", "en"), ("en-US,en;q=0.9,ko;q=0.8", "en"), ("ko-KR,en;q=0.5", "ko"), ("ja", "ko"), ("", "ko"), ("*", "ko")],
)
def test_a_problem_speaks_the_language_of_its_reader(client: FlaskClient, accepted: str, language: str) -> None:
    answer = client.get("/v1/articles/none-such", headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == language
    assert bool(re.search("[가-힣]", answer.json["title"])) is (language == "ko")


@pytest.mark.parametrize("given", ["a b", "é", "a" * 129, "", "x\ty"])
def test_a_request_id_that_cannot_be_one_is_replaced(client: FlaskClient, given: str) -> None:
    answer = client.get("/livez", headers={"X-Request-ID": given})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_every_answer_carries_its_security_headers(client: FlaskClient) -> None:
    for path in ("/livez", "/v1/search", "/nowhere", "/docs", "/static/page.css"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; frame-ancestors 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "X-Request-ID" in headers


def test_an_error_nobody_foresaw_keeps_its_secrets(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(Reading, "get", fail)
    answer = app.test_client().get("/v1/articles/a")
    assert (answer.status_code, answer.mimetype) == (500, PROBLEM)
    assert "swordfish" not in answer.text
    assert answer.json["request_id"]


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [(EngineUnavailable("없음", "away", 7), 503, "7"), (StorageFull("가득 참", "full"), 507, None)],
)
def test_an_engine_that_cannot_is_told_apart(
    client: FlaskClient,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    retry: str | None,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(type(engine), "write", fail)
    answer = client.put("/v1/articles/never", json=ARTICLE)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, retry)
    bulk = client.post("/v1/articles/bulk", data=b'{"title": "a", "body": "b"}\n', content_type="application/x-ndjson")
    assert f'"status":{status}' in bulk.text
