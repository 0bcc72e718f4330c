"""What those who run the service ask."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from service.domain.errors import Message
from service.search.engine import Check, Engine


def test_it_lives_and_is_ready(client: FlaskClient) -> None:
    assert client.get("/livez").json == {"live": True}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json["ready"] is True
    assert ready.json["checks"]


def test_it_says_which_part_is_not_ready_and_why(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = Message("색인을 다시 만드는 중입니다.", "The index is being rebuilt.")
    monkeypatch.setattr(type(engine), "checks", lambda _: (Check("store", True), Check("index", False, why)))
    answer = client.get("/readyz", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]
    assert answer.json["checks"][1] == {"name": "index", "ready": False, "message": "The index is being rebuilt."}
    assert client.get("/livez").status_code == 200


def test_what_happens_is_counted(client: FlaskClient, article_id: str) -> None:
    client.put(f"/v1/articles/{article_id}", json={"title": "가", "body": "나"})
    client.get("/v1/search?q=가")
    client.get("/nowhere")
    client.open("/livez", method="BREW")
    metrics = client.get("/metrics")
    assert metrics.mimetype == "text/plain"
    for line in (
        r'gisa_http_requests_total\{method="PUT",route="/v1/articles/<article_id:id>",status="201"\} \d',
        r'gisa_http_requests_total\{method="GET",route="\(unknown\)",status="404"\} \d',
        r'gisa_http_requests_total\{method="\(other\)",route="\(unknown\)",status="405"\} \d',
        r'gisa_http_request_seconds_count\{method="GET",route="/v1/search"\} \d',
        r'gisa_ingested_articles_total\{result="created"\} \d',
        r"gisa_search_seconds_count \d",
        r"gisa_engine_up 1",
        r"gisa_articles \d",
    ):
        assert re.search(line, metrics.text), line


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert client.get("/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    loaded: dict[str, Any] = answer.json
    return loaded


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_call_is_described(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method in set(operations) & {"get", "put", "post", "patch", "delete"}:
            call = operations[method]
            assert call["summary"], path
            assert call["description"], path
            for media in call.get("requestBody", {}).get("content", {}).values():
                assert media["example"], path
            for status, answer in call["responses"].items():
                assert answer["description"], (path, status)
                expected = "application/problem+json" if int(status) >= 400 else None
                assert expected is None or set(answer["content"]) == {expected}, (path, status)


def test_every_example_of_a_request_is_taken(client: FlaskClient, document: dict[str, Any]) -> None:
    for path, method in (("/v1/articles", "post"), ("/v1/articles/{id}", "put"), ("/v1/articles/{id}", "patch")):
        for media_type, media in document["paths"][path][method]["requestBody"]["content"].items():
            body = client.application.json.dumps(media["example"])
            answer = client.open(
                path.replace("{id}", "example"), method=method.upper(), data=body, content_type=media_type
            )
            assert answer.status_code in {200, 201}
    search = document["paths"]["/v1/search"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert client.post("/v1/search", json=search).status_code == 200


def test_the_page_names_every_call_and_loads_nothing_from_outside(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    for path, operations in document["paths"].items():
        assert f"<code>{path}</code>" in page.text
        for method in set(operations) & {"get", "put", "post", "patch", "delete"}:
            assert operations[method]["summary"] in page.text
    assert "curl" in page.text
    loaded = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert all(target.startswith("/") for target in loaded)
    assert "<script" not in page.text
    assert " style=" not in page.text
    css = client.get("/static/page.css")
    assert (css.status_code, css.mimetype) == (200, "text/css")
    assert "http" not in css.text


def test_the_workers_of_a_service_add_up_their_metrics(live: Callable[..., tuple[Any, bytes]]) -> None:
    live("GET", "/v1/search")
    _, metrics = live("GET", "/metrics")
    for name in (b"gisa_http_requests_total{", b"gisa_index_lag ", b"gisa_engine_up 1", b"gisa_articles "):
        assert name in metrics
    assert b"process_" not in metrics


def test_the_root_is_the_page_under_a_policy_of_its_own(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert client.get("/", headers={"Accept": "application/json"}).status_code == 406
    script = client.get(re.findall(r'src="(/assets/[^"]+\.js)"', answer.text)[0])
    assert script.mimetype == "text/javascript"
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/assets/000000000000/search.js").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/?q=(", "/analysis", "/paste", "/articles/none"])
def test_a_page_waits_for_no_file_and_the_policy_knows_its_style_sheet(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    (sheet,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert "style-src 'self' 'sha256-" in answer.headers["Content-Security-Policy"]
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert 'rel="stylesheet"' not in answer.text
    assert " style=" not in answer.text
    assert all(" src=" in script and " defer" in script for script in re.findall(r"<script[^>]*>", answer.text))


def test_a_page_comes_in_the_colours_that_were_chosen(client: FlaskClient) -> None:
    def root(theme: str) -> str:
        client.set_cookie("gisa-theme", theme)
        return client.get("/paste", headers={"Accept": "text/html"}).text.splitlines()[1]

    assert root("dark") == '<html lang="ko" data-theme="dark">'
    assert root("light") == '<html lang="ko" data-theme="light">'
    assert root("auto") == root('"><script>') == '<html lang="ko">'


def test_what_is_refused_and_exported_is_counted(client: FlaskClient) -> None:
    def counted(name: str) -> float:
        lines = client.get("/metrics").text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    refused = counted('gisa_refused_articles_total{code="validation-failed"}')
    exported = counted("gisa_exported_rows_total")
    enriched = counted("gisa_enrichment_seconds_count")
    lines = b'{"id": "counted", "title": "t", "body": "b"}\n{"title": 1}\n'
    assert client.post("/v1/articles/bulk?refresh=wait_for", data=lines, content_type="application/x-ndjson").data
    assert client.get("/v1/export?format=csv").data
    assert counted('gisa_refused_articles_total{code="validation-failed"}') == refused + 1
    assert counted("gisa_exported_rows_total") > exported
    assert counted("gisa_enrichment_seconds_count") > enriched
    assert counted("gisa_disk_free_bytes ") > 0
    assert counted("gisa_engine_given_up ") == 0
