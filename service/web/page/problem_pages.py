"""Errors as pages that say what to do."""

from __future__ import annotations

import structlog
from flask import Response, request
from werkzeug.exceptions import HTTPException

from schemas.problems import type_of
from service.domain.errors import GisaError, QuerySyntaxError, SignOnUnavailable
from service.web.negotiation import request_id
from service.web.page.address import tidied
from service.web.page.rendering import page, secure_page
from service.web.page.search_page import FIELDS, chips
from service.web.parameters import query_parameters
from service.web.problems import headers_of, http_error


def of_service(error: GisaError) -> Response:
    """Return the page of an error that the service raised on purpose."""
    status = type_of(error).status
    if isinstance(error, QuerySyntaxError) and request.path == "/":
        return _of_query(error, status)
    response = page(
        "problem.html",
        status,
        heading=_heading(error, status),
        message=error.message.ko,
        details=[found.message.ko for found in error.errors if found.message.ko != error.message.ko],
        request_id=request_id(),
        retry=request.full_path.rstrip("?") if status == 503 and request.method == "GET" else None,
    )
    response.headers.update(headers_of(error))
    return response


def unexpected(error: Exception) -> Response:
    """Return the page of an error that nobody meant; the log has its trace."""
    if isinstance(error, HTTPException):
        return http_error(error)
    structlog.get_logger("gisa.web").error(
        "unexpected error", request_id=request_id(), method=request.method, path=request.path, exc_info=error
    )
    message = "서비스에 오류가 났습니다. 다시 시도하고, 되풀이되면 아래 번호를 담당자에게 알려 주세요."
    return secure_page(page("problem.html", 500, heading="오류가 났습니다", message=message, request_id=request_id()))


_HEADINGS = {
    404: "그런 기사가 없습니다",
    403: "이 요청은 받을 수 없습니다",
    410: "이 목록은 더 이어 볼 수 없습니다",
    422: "조건에 맞지 않는 값이 있습니다",
    503: "지금은 검색할 수 없습니다",
    507: "저장할 자리가 없습니다",
}


def _heading(error: GisaError, status: int) -> str:
    if isinstance(error, SignOnUnavailable):
        return "지금은 로그인할 수 없습니다"
    return _HEADINGS.get(status, "요청을 처리하지 못했습니다")


def _of_query(error: QuerySyntaxError, status: int) -> Response:
    address = tidied(query_parameters())
    query = address.value("q")
    at = min(error.position, len(query))
    return page(
        "query_problem.html",
        status,
        address=address,
        chips=chips(address),
        fields=FIELDS,
        message=error.message.ko,
        before=query[:at],
        here=query[at : at + 1],
        after=query[at + 1 :],
        position=at + 1,
        correction=error.correction,
        corrected=str(address.having(q=error.correction)) if error.correction else None,
    )
