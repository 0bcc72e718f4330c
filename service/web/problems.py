"""Errors as answers: every one problem+json, or a page for an unknown address where the client reads HTML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.exceptions import NotFound as UnknownPath

from schemas.problems import HTTP_PROBLEM_TYPES, INTERNAL_ERROR, PROBLEM_TYPES, ProblemType, problem, problem_of
from service.domain.errors import (
    EngineUnavailable,
    Forbidden,
    GisaError,
    KeysUnavailable,
    Message,
    RateLimited,
    SignOnUnavailable,
    Unauthorized,
)
from service.web.negotiation import PROBLEM, language, prefers_html, request_id
from service.web.responses import json_response

_CHALLENGE = 'Bearer realm="gisa"'
_UNKNOWN_PATH = Message(
    "이 주소에는 아무것도 없습니다. /docs에서 주소를 확인하세요.", "There is nothing here. /docs lists every address."
)
_WRONG_METHOD = Message(
    "이 주소에 쓸 수 없는 메서드입니다. Allow 머리글의 것을 쓰세요.",
    "This address does not take that method. Use one the Allow header names.",
)
_UNREADABLE = Message("요청을 읽을 수 없습니다. 형식을 확인하세요.", "The request cannot be read. Check its form.")
_INTERNAL = Message(
    "서비스에 오류가 났습니다. 다시 시도하고, 되풀이되면 request_id를 알려 주세요.",
    "Something went wrong in the service. Try again; if it comes back, report the request_id.",
)
_NOT_READY = Message(
    "아직 준비되지 않았습니다. checks가 까닭과 할 일을 말합니다.",
    "The service is not ready. `checks` says why and what to do.",
)
_NOT_ACCEPTABLE = Message(
    "Accept 머리글에 맞는 형식이 없습니다. {types} 을(를) 받아 주세요.",
    "There is no answer in a form that Accept names. Accept {types}.",
)


class NotAcceptable(Exception):
    """The client takes none of these media types."""

    def __init__(self, *media_types: str) -> None:
        super().__init__(media_types)
        self.media_types = media_types


def register_error_handlers(app: Flask) -> None:
    """Make every error of this app answer as this module says."""
    app.register_error_handler(GisaError, service_error)
    app.register_error_handler(NotAcceptable, not_acceptable)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, _unexpected)


def http_error(error: HTTPException) -> Response:
    """Return the answer to an error that HTTP or the framework raised."""
    if isinstance(error, UnknownPath) and prefers_html():
        return _unknown_path_page()
    status = error.code or 500
    problem_type = HTTP_PROBLEM_TYPES.get(status, HTTP_PROBLEM_TYPES[400] if status < 500 else INTERNAL_ERROR)
    detail = {404: _UNKNOWN_PATH, 405: _WRONG_METHOD}.get(status, _UNREADABLE if status < 500 else _INTERNAL)
    headers = {}
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return problem_response(problem_type, detail, headers)


@contextmanager
def errors_in_body() -> Iterator[None]:
    """Let an error name by a pointer what it would name as a parameter, as the parameters came in a JSON body."""
    try:
        yield
    except GisaError as error:
        error.errors = tuple(
            replace(found, parameter=None, pointer=f"/{found.parameter}") if found.parameter else found
            for found in error.errors
        )
        raise


def not_ready(checks: list[dict[str, Any]]) -> Response:
    """Return the answer that the service is not ready, with the state of each part."""
    problem_type = PROBLEM_TYPES[EngineUnavailable]
    body = problem(problem_type, _NOT_READY, language()) | {"checks": checks}
    return _respond(body, {"Retry-After": "5"})


def service_error(error: GisaError) -> Response:
    """Return the problem of an error that the service raised on purpose."""
    return _respond(problem_of(error, language()), headers_of(error))


def headers_of(error: GisaError) -> dict[str, str]:
    """Return the headers that go with an error: when to come again, or how to say who one is (RFC 6750)."""
    if isinstance(error, EngineUnavailable | RateLimited | KeysUnavailable | SignOnUnavailable):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, Unauthorized):
        return {"WWW-Authenticate": _CHALLENGE + (', error="invalid_token"' if error.invalid else "")}
    if isinstance(error, Forbidden) and error.needed:
        return {"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{error.needed}"'}
    return {}


def not_acceptable(error: NotAcceptable) -> Response:
    """Return the answer that no form which the client takes can be given."""
    types = " or ".join(error.media_types)
    detail = Message(_NOT_ACCEPTABLE.ko.format(types=types), _NOT_ACCEPTABLE.en.format(types=types))
    return problem_response(HTTP_PROBLEM_TYPES[406], detail, {})


def _unexpected(error: Exception) -> Response:
    structlog.get_logger("gisa.web").error(
        "unexpected error", request_id=request_id(), method=request.method, path=request.path, exc_info=error
    )
    return problem_response(INTERNAL_ERROR, _INTERNAL, {})


def problem_response(problem_type: ProblemType, detail: Message, headers: dict[str, str]) -> Response:
    """Return a problem of this type with this detail."""
    return _respond(problem(problem_type, detail, language()), headers)


def _respond(body: dict[str, Any], headers: dict[str, str]) -> Response:
    errors = body.pop("errors", None)
    body |= {"instance": quote(request.path, safe="/~", errors="replace"), "request_id": request_id()}
    if errors:
        body["errors"] = errors
    response = json_response(body, body["status"], headers, media_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    return response


def _unknown_path_page() -> Response:
    page = render_template("not_found.html", language=language(), request_id=request_id())
    response = Response(page, 404, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept", "Accept-Language"))
    return response
