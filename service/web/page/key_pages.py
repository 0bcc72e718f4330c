"""The page for readers who may not see what they asked for: how to get in."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from service.domain.errors import Forbidden, Unauthorized
from service.web.local_path import path_of_request
from service.web.negotiation import accepts, request_id
from service.web.page.rendering import page
from service.web.problems import headers_of, service_error
from service.web.session_cookies import brings_session
from service.web.sign_on import offers_sign_on


def unauthorized(error: Unauthorized) -> BaseResponse:
    """Return the way to sign on, or else the page that says how to get in; a problem where no page is taken."""
    if not offers_sign_on() or not accepts("text/html") or "Authorization" in request.headers:
        return _page(error, 401, "열람 권한이 필요합니다")
    if request.method == "POST":
        # What was typed must not be lost: the form stays where it is while one signs on in another tab.
        return _page(error, 401, "로그인 시간이 끝났습니다" if brings_session() else "로그인이 필요합니다")
    address = f"/sign-on?next={quote(path_of_request(), safe='')}"
    if request.headers.get("HX-Request") == "true":  # a script cannot follow to another origin, the window can
        response: BaseResponse = Response(status=204, headers={"HX-Redirect": address})
    else:
        response = redirect(address)
    response.headers["Cache-Control"] = "no-store"
    return response


def forbidden(error: Forbidden) -> Response:
    """Return the page that says what the sender lacks, or a problem to a client that takes no page."""
    return _page(error, 403, "이 계정으로는 할 수 없습니다" if error.needed is None else "이 키로는 할 수 없습니다")


def _page(error: Unauthorized | Forbidden, status: int, heading: str) -> Response:
    if not accepts("text/html"):
        return service_error(error)
    response = page(
        "key_required.html",
        status,
        heading=heading,
        message=error.message.ko,
        request_id=request_id(),
        offers_sign_on=offers_sign_on(),
        lacks_scope=status == 403,
    )
    response.headers.update(headers_of(error))
    response.headers["Cache-Control"] = "no-store"
    return response
