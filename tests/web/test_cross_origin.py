"""What the pages of other sites may read, and the script and the page that they show the search with."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Config
from service.search.engine import Engine
from tests.web.guarded import TABLE, address

INTRANET = "https://intranet.example"
OTHERS = [
    "https://evil.example",
    "http://intranet.example",
    "https://intranet.example:8443",
    "https://intranet.example.evil.example",
    "https://sub.intranet.example",
    "https://INTRANET.example",
    "null",
    "*",
    "",
]
ASKED = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}


def shared_app(engine: Engine, folder: Path, **settings: str) -> Flask:
    return create_app(Config(data_dir=folder, log_level="error", **settings), engine)  # type: ignore[arg-type] # texts


@pytest.fixture(scope="module")
def shared(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    origins = f"https://other.example, {INTRANET}"
    return shared_app(
        engine, tmp_path_factory.mktemp("shared"), cors_origins=origins, frame_ancestors=origins
    ).test_client()


def cors(response: TestResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name.startswith("Access-Control-")}


def test_a_search_is_shared_with_an_origin_on_the_list_and_named(shared: FlaskClient) -> None:
    answered = shared.get("/v1/search?q=트램", headers={"Origin": INTRANET})
    assert answered.status_code == 200
    assert cors(answered) == {
        "Access-Control-Allow-Origin": INTRANET,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": "Link, Retry-After, WWW-Authenticate, X-Request-ID",
    }
    assert "Origin" in answered.headers["Vary"]


@pytest.mark.parametrize("path", ["/v1/search?q=(", "/v1/search?size=0", "/v1/search?colour=red"])
def test_a_problem_is_shared_as_well(shared: FlaskClient, path: str) -> None:
    answered = shared.get(path, headers={"Origin": INTRANET})
    assert answered.status_code >= 400
    assert answered.headers["Access-Control-Allow-Origin"] == INTRANET


@pytest.mark.parametrize("origin", OTHERS)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_other_origin_is_told_anything(shared: FlaskClient, origin: str, method: str) -> None:
    answered = shared.open("/v1/search?q=트램", method=method, headers={"Origin": origin, **ASKED})
    assert cors(answered) == {}
    assert "Origin" in answered.headers["Vary"]  # a cache must not give this answer to a site on the list


def test_a_preflight_allows_a_key_and_reading_alone(shared: FlaskClient) -> None:
    answered = shared.options("/v1/search", headers={"Origin": INTRANET, **ASKED})
    assert answered.status_code == 200
    allowed = cors(answered)
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" in allowed["Access-Control-Allow-Headers"]
    assert int(allowed["Access-Control-Max-Age"]) > 0


@pytest.mark.parametrize("route", [route for route in TABLE if not route.startswith("GET /widget/")])
def test_no_route_but_the_search_is_shared(shared: FlaskClient, route: str) -> None:
    method, path = address(route)
    for asked in {method, "OPTIONS"}:
        allowed = cors(shared.open(path, method=asked, headers={"Origin": INTRANET, **ASKED}))
        assert bool(allowed) is (path == "/v1/search" and asked != "POST")


def test_nothing_is_shared_without_a_list(engine: Engine, tmp_path: Path) -> None:
    client = shared_app(engine, tmp_path).test_client()
    assert cors(client.get("/v1/search", headers={"Origin": INTRANET})) == {}
    assert "frame-ancestors 'none'" in client.get("/widget/frame").headers["Content-Security-Policy"]


def test_the_frame_names_who_may_frame_it_and_no_other_page_does(shared: FlaskClient) -> None:
    policy = shared.get("/widget/frame?q=트램").headers["Content-Security-Policy"]
    assert f"frame-ancestors https://other.example {INTRANET}" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for path in ("/", "/paste", "/docs", "/nothing"):
        answered = shared.get(path, headers={"Accept": "text/html"})
        assert "frame-ancestors 'none'" in answered.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("query", "said"), [("size=0", "size"), ("theme=red", "theme"), ("colour=red", "colour"), ("lang=", "lang")]
)
def test_a_frame_that_cannot_be_made_says_why(shared: FlaskClient, query: str, said: str) -> None:
    answered = shared.get(f"/widget/frame?{query}")
    assert answered.status_code == 422
    assert answered.mimetype == "text/html"
    assert said in answered.text
    assert "<gisa-search" not in answered.text


def test_the_attributes_of_a_frame_are_escaped(shared: FlaskClient) -> None:
    text = shared.get('/widget/frame?q="><script>alert(1)</script>&heading=<b>&outlet=" onload="x').text
    assert "<script>alert" not in text
    assert "<b>" not in text
    assert 'onload="x' not in text


def test_the_script_is_kept_by_its_version_and_revalidated_without(shared: FlaskClient) -> None:
    newest = shared.get("/widget/gisa-search.js")
    assert newest.mimetype == "text/javascript"
    assert "max-age=3600" in newest.headers["Cache-Control"]
    assert newest.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert newest.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in newest.headers
    version = newest.get_etag()[0]
    known = shared.get("/widget/gisa-search.js", headers={"If-None-Match": newest.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    versioned = shared.get(f"/widget/{version}/gisa-search.js")
    assert versioned.data == newest.data
    assert "immutable" in versioned.headers["Cache-Control"]
    assert shared.get("/widget/0/gisa-search.js").headers["Cache-Control"] == "no-cache"


def test_the_script_is_small_and_never_reads_text_as_markup(shared: FlaskClient) -> None:
    answered = shared.get("/widget/gisa-search.js", headers={"Accept-Encoding": "gzip"})
    assert int(answered.headers["Content-Length"]) < 15_000
    code = shared.get("/widget/gisa-search.js").text
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser", "document.write", "eval(", ".style"):
        assert sink not in code
