"""The pages of a sign-on that did not come to its end."""

from __future__ import annotations

from flask import Response, request

from service.domain.errors import GisaError, NoRole, SignOnFailed
from service.web.negotiation import accepts, request_id
from service.web.page.rendering import page
from service.web.problems import service_error
from service.web.session_cookies import forget_flow


def failed(error: SignOnFailed) -> Response:
    """Return the page that says why nobody is signed on, and how to begin again."""
    return _page(error, 400, "로그인하지 못했습니다")


def no_role(error: NoRole) -> Response:
    """Return the page that says that this account may not use the service, and what to do."""
    return _page(error, 403, "이 계정에는 권한이 없습니다")


def _page(error: GisaError, status: int, heading: str) -> Response:
    if accepts("text/html"):
        no_role = isinstance(error, NoRole)
        response = page(
            "sign_on_problem.html",
            status,
            heading=heading,
            message=error.message.ko,
            no_role=no_role,
            request_id=request_id(),
        )
    else:
        response = service_error(error)
    forget_flow(response, request.args.get("state", ""))
    response.headers["Cache-Control"] = "no-store"
    return response
