"""The script of the widget, and a page of its own for sites that rather frame it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from schemas.problems import type_of
from schemas.widget import load_frame
from service.domain.errors import GisaError
from service.web.embedding import embedding
from service.web.page import assets
from service.web.parameters import query_parameters
from service.web.widget.script import digest, script

_AN_HOUR = "public, max-age=3600, stale-while-revalidate=86400"
_FOREVER = "public, max-age=31536000, immutable"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

blueprint = Blueprint("widget", __name__, url_prefix="/widget")


@blueprint.get("/gisa-search.js")
def newest_script() -> Response:
    """Return the script of today, which browsers ask for anew after an hour."""
    return _script(_AN_HOUR)


@blueprint.get("/<version>/gisa-search.js")
def versioned_script(version: str) -> Response:
    """Return the script; an old version gives that of today, which nobody is told to keep."""
    return _script(_FOREVER if version == digest() else "no-cache")


@blueprint.get("/frame")
def frame() -> Response:
    """Return a page with the widget alone, its attributes taken from the address."""
    look, search = load_frame(query_parameters())
    q = search.pop("q", [""])[0]
    filters = urlencode([(name, value) for name, values in search.items() for value in values])
    return _page(look=look, q=q, filters=filters)


@blueprint.errorhandler(GisaError)
def problem(error: GisaError) -> Response:
    """Return the page that says what is wrong, where it can be seen: in the frame."""
    details = [f"{found.parameter}: {found.message.ko}" for found in error.errors]
    return _page(type_of(error).status, message=error.message.ko, details=details)


def _page(status: int = 200, **values: object) -> Response:
    html = render_template("widget/frame.html", version=digest(), stylesheet=assets.address("frame.css"), **values)
    response = Response(html, status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-cache"
    # What knows `frame-ancestors` passes X-Frame-Options by, which has no list; what does not know it is kept out.
    ancestors = " ".join(embedding().ancestors) or "'none'"
    response.headers["Content-Security-Policy"] = f"{_POLICY}; frame-ancestors {ancestors}"
    if embedding().ancestors:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _script(kept: str) -> Response:
    response = Response(script(), mimetype="text/javascript")
    response.headers["Cache-Control"] = kept
    # Any page may load it: it says nothing of any article, and a page that checks its digest has to be let read it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(digest())
    response.make_conditional(request)
    return response
