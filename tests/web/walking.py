"""Requests for every route that reads, so that what is let out of an article can be looked for in all of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import TestResponse

ID = "<article_id:id>"
OTHER = "<article_id:other>"
SILENT = frozenset(
    {
        "/assets/<digest>/<name>", "/docs", "/livez", "/metrics", "/openapi.json", "/readyz",
        "/static/<path:filename>", "/paste",
        "/opensearch.xml", "/sign-on", "/sign-on/callback", "/signed-out",
        "/widget/<version>/gisa-search.js", "/widget/frame", "/widget/gisa-search.js",
    }
)  # fmt: skip
"""Routes that know nothing of any article: the form to paste and the widget are empty at first."""
_EVERY_FACET = "outlet,section,reporter,person,organization,place,keyword,tag,published"


def reading_routes(app: Flask) -> set[str]:
    """Return every route that answers a GET."""
    return {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def requests_of(route: str, ids: Sequence[str], queries: Sequence[str]) -> list[str]:
    """Return the paths that are asked of a route; AssertionError for one that nobody has thought of."""
    if route in SILENT:
        return [route]
    if route == f"/articles/{ID}/compare/{OTHER}":
        return [route.replace(ID, one).replace(OTHER, other) for one in ids for other in ids]
    if ID in route:
        return [route.replace(ID, each) for each in ids]
    return list(_searches(route, queries))


def _searches(route: str, queries: Sequence[str]) -> Iterator[str]:
    more: dict[str, list[dict[str, str]]] = {
        "/": [{"copies": "each", "size": "100"}, {"match": "any"}],
        "/analysis": [{}, {"speaker": "나한결"}],
        "/opensearch/suggestions": [{}],
        "/v1/export": [
            {"format": form, "highlight": marked} for form in ("csv", "xlsx", "ndjson") for marked in ("true", "false")
        ],
        "/v1/feeds/search.atom": [{}, {"size": "100"}],
        "/v1/network": [{}],
        "/v1/outlets": [],
        "/v1/outlets/<path:name>": [],
        "/v1/quotes": [{}, {"speaker": "나한결"}],
        "/v1/related-terms": [{}],
        "/v1/search": [
            {"facets": _EVERY_FACET}, {"match": "any", "size": "100"}, {"group": "story"}, {"fields": "body"},
            {"fields": "caption"}, {"fields": "subtitle"},
        ],
        "/v1/suggest": [{"size": "50"}],
        "/v1/trends": [{}],
    }  # fmt: skip
    assert route in more, f"{route}: say in tests/web/walking.py what is asked of it, so that its answers are looked at"
    if route == "/v1/outlets":
        yield route
    if route == "/v1/outlets/<path:name>":
        yield "/v1/outlets/하늘일보"
    for parameters in more[route]:
        for q in queries:
            if q or route not in {"/v1/suggest", "/opensearch/suggestions"}:
                yield f"{route}?{urlencode({'q': q[:100]} | parameters)}"


def text_of(response: TestResponse) -> str:
    """Return the answer as text: of a workbook that of all its sheets."""
    data = response.get_data()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return data.decode()
