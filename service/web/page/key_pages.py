"""The page for readers who may not see what they asked for: how to get in."""

from __future__ import annotations

from flask import Response

from service.domain.errors import Forbidden, Unauthorized
from service.web.negotiation import accepts, request_id
from service.web.page.rendering import page
from service.web.problems import headers_of, service_error


def unauthorized(error: Unauthorized) -> Response:
    """Return the page that says how to get in, or a problem to a client that takes no page."""
    return _page(error, 401, "열람 권한이 필요합니다")


def forbidden(error: Forbidden) -> Response:
    """Return the page that says what the key lacks, or a problem to a client that takes no page."""
    return _page(error, 403, "이 키로는 할 수 없습니다")


def _page(error: Unauthorized | Forbidden, status: int, heading: str) -> Response:
    if not accepts("text/html"):
        return service_error(error)
    response = page("key_required.html", status, heading=heading, message=error.message.ko, request_id=request_id())
    response.headers.update(headers_of(error))
    response.headers["Cache-Control"] = "no-store"
    return response
