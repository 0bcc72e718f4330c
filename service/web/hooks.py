"""What happens around every request: checks before it, headers, metrics and a log line after it."""

from __future__ import annotations

import time
from contextlib import suppress

import structlog
from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from service.domain.errors import GisaError
from service.web import metrics
from service.web.access import authorize, caller_in_log, keep_private
from service.web.embedding import share
from service.web.export import CSV, XLSX
from service.web.feeds import ATOM
from service.web.negotiation import PROBLEM, accepts, request_id
from service.web.opensearch import DESCRIPTION, SUGGESTIONS
from service.web.parameters import check_path
from service.web.problems import NotAcceptable
from service.web.request_body import NDJSON, discard_body
from service.web.security import secure
from service.web.services import services
from service.web.tracing import trace_in_log

_JSON = ("application/json", PROBLEM)
_HTML = ("text/html",)
_FILES = ("static", "assets", "widget.newest_script", "widget.versioned_script")
_TYPES = {
    "articles.Bulk": (NDJSON, *_JSON),
    "export.Export": (CSV, XLSX, NDJSON, *_JSON),
    "feeds.SearchFeed": (ATOM, "application/xml", "text/xml", *_JSON),
    "service.Metrics": ("text/plain", "application/openmetrics-text"),
    "service.Docs": _HTML,
    "widget.frame": _HTML,
    "opensearch.description": (DESCRIPTION, "application/xml", "text/xml", *_JSON),
    "opensearch.suggestions": (SUGGESTIONS, *_JSON),
}
"""The media types that a call answers with, where they are not JSON's, by endpoint."""


def register_hooks(app: Flask) -> None:
    """Put these hooks around every request of the app."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.started = time.perf_counter()
    clear_contextvars()
    bind_contextvars(request_id=request_id(), **trace_in_log())
    check_path()
    authorize()
    if request.routing_exception is None and request.method not in {"OPTIONS", "DELETE"}:
        types = _HTML if request.blueprint == "page" else _TYPES.get(request.endpoint or "", _JSON)
        if request.endpoint not in _FILES and not accepts(*types):
            raise NotAcceptable(*types)


def _end(response: Response) -> Response:
    if response.status_code >= 400:
        discard_body()
    response.headers["X-Request-ID"] = request_id()
    secure(response)
    share(response)
    keep_private(response)
    route = request.url_rule.rule if request.url_rule else "(unknown)"
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    with suppress(GisaError):  # an engine that cannot be opened says so itself
        metrics.observe_engine(services().engine())
    metrics.observe_request(_method(), route, response.status_code, seconds)
    structlog.get_logger("gisa.access").info(
        "request",
        method=request.method,
        route=route,
        **caller_in_log(),
        path=request.path,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )
    return response


def _method() -> str:
    # A client may call its method anything; a metric must not grow a series for each.
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return request.method if request.method in known else "(other)"
