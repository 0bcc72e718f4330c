"""Answers: JSON with Hangul as it is, and the headers that go with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Response, current_app, request

from service.domain.shown import ShownArticle
from service.web.parameters import Parameters
from service.web.preconditions import etag_of

REVALIDATE = "private, no-cache"
"""Whoever keeps the answer asks again before it is used."""


def json_response(
    document: Any, status: int = 200, headers: dict[str, str] | None = None, *, media_type: str = "application/json"
) -> Response:
    """Return the document as JSON."""
    response = Response(_json(document), status, mimetype=media_type)
    response.headers["Cache-Control"] = REVALIDATE
    response.headers.update(headers or {})
    return response


def _json(document: Any) -> bytes:
    try:
        return orjson.dumps(document)
    except TypeError:  # a sum over 64 bits: orjson writes none
        return current_app.json.dumps(document, separators=(",", ":")).encode()


def version_headers(article: ShownArticle, version: str) -> dict[str, str]:
    """Return the headers that name an article's version."""
    return {"ETag": etag_of(article, version)}


def location_of(article_id: str) -> str:
    """Return the path of an article."""
    return f"/v1/articles/{quote(article_id, safe='~')}"


def location_of_outlet(name: str) -> str:
    """Return the path of an outlet."""
    return f"/v1/outlets/{quote(name, safe='/~')}"


def next_link(parameters: Parameters, cursor: str) -> str:
    """Return the `Link` header (RFC 8288) to the page that goes on from the cursor."""
    return f'<{address_with(parameters, cursor=cursor)}>; rel="next"'


def address_with(parameters: Parameters, *, cursor: str | None = None, path: str | None = None, root: str = "") -> str:
    """Return the address of this request, or of another path with its parameters, going on from a cursor if any."""
    if cursor is not None:
        parameters = {name: values for name, values in parameters.items() if name != "cursor"} | {"cursor": [cursor]}
    query = urlencode([(name, value) for name, values in parameters.items() for value in values])
    return f"{root}{path or request.path}" + (f"?{query}" if query else "")
