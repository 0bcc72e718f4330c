"""Query parameters of the request, as they were sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import request
from marshmallow import Schema

from schemas.query_string import load_query_string
from service.domain.errors import MalformedRequest

Parameters = dict[str, list[str]]


def query_parameters() -> Parameters:
    """Return the values of each query parameter in order; MalformedRequest where one is not UTF-8."""
    found: Parameters = {}
    try:
        text = request.query_string.decode("utf-8")
        for name, value in parse_qsl(text, keep_blank_values=True, errors="strict"):
            found.setdefault(name, []).append(value)
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    return found


def load_parameters(schema: Schema) -> dict[str, Any]:
    """Return the query parameters that the schema loads; ValidationFailed names those that do not fit."""
    loaded: dict[str, Any] = load_query_string(schema, query_parameters())
    return loaded


def check_path() -> None:
    """Raise MalformedRequest where the path is not UTF-8."""
    try:
        request.environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8")
    except UnicodeError as error:
        raise _not_utf8() from error


def _not_utf8() -> MalformedRequest:
    return MalformedRequest(
        "주소가 UTF-8이 아닙니다. 한글은 UTF-8로 퍼센트 인코딩하세요.",
        "The address is not UTF-8. Percent-encode Hangul as UTF-8.",
    )
