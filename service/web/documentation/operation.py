"""Pieces of OpenAPI operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema

from schemas.problems import Problem
from schemas.query_string import is_comma_list
from service.web.documentation.examples import PROBLEM

Description = dict[str, Any]

OPENAPI_VERSION = "3.1.0"

_PROBLEMS = {
    400: "읽을 수 없는 요청: JSON 문법, UTF-8이 아닌 글자, 잘못된 머리글",
    401: "키가 없거나, 모르거나 만료되었거나 폐기된 키",
    403: "키의 권한이 모자람",
    404: "그런 기사가 없음",
    406: "Accept에 맞는 형식이 없음",
    409: "다른 쓰기와 충돌했거나, 이 Idempotency-Key를 다른 요청에 썼음",
    410: "만료된 커서",
    412: "If-Match 또는 If-None-Match가 맞지 않음",
    413: "본문이 4 MiB를 넘음(압축을 푼 크기)",
    414: "주소가 8,190바이트를 넘음. 긴 검색은 POST로",
    415: "Content-Type, charset, Content-Encoding이 받지 않는 것임",
    422: "스키마에 맞지 않는 값, 모르는 이름",
    429: "요청이 너무 잦음. Retry-After 뒤에 다시",
    503: "엔진을 쓸 수 없음. Retry-After 뒤에 다시",
    507: "디스크가 가득 참. 읽기는 됩니다",
}
_ETAGS = {
    "anyOf": [
        {"type": "string", "enum": ["*"]},
        {"type": "string", "pattern": r'^(?:W/)?"[!#-~]*"(?:[ \t]*,[ \t]*(?:W/)?"[!#-~]*")*$'},
    ]
}

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "이 ETag의 판일 때만. 아니면 412",
    "schema": _ETAGS,
    "example": '"17"',
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "이 ETag의 판을 이미 가졌으면 304",
    "schema": _ETAGS,
    "example": '"17"',
}
ONLY_IF_ABSENT = {
    "name": "If-None-Match",
    "in": "header",
    "description": "*: 그런 기사가 없을 때만. 있으면 412",
    "schema": {"type": "string", "enum": ["*"]},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "하루 동안 같은 키와 같은 요청에는 처음 응답을 그대로 돌려줍니다. 눈에 보이는 ASCII 1~255자",
    "schema": {"type": "string", "pattern": "^[\\u0021-\\u007e]{1,255}$"},
}

ETAG = {"ETag": {"description": "기사의 판", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "새 기사의 주소", "schema": {"type": "string"}}}
LINK = {"Link": {"description": "다음 쪽: rel=next (RFC 8288)", "schema": {"type": "string"}}}
_REQUEST_ID = {"X-Request-ID": {"description": "이 요청의 이름", "schema": {"type": "string"}}}
_RETRY_AFTER = {"Retry-After": {"description": "초", "schema": {"type": "string"}}}
_NAMED_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_CHALLENGE = {"WWW-Authenticate": {"description": "Bearer와 까닭 (RFC 6750)", "schema": {"type": "string"}}}
_OF_STATUS = {401: _CHALLENGE, 403: _CHALLENGE, 429: _RETRY_AFTER, 503: _RETRY_AFTER}

_converter = OpenAPIConverter(
    openapi_version=OPENAPI_VERSION,
    schema_name_resolver=lambda _: None,
    spec=APISpec(title="", version="", openapi_version=OPENAPI_VERSION),
)


def operation(
    operation_id: str,
    summary: str,
    description: str,
    answers: dict[int, Description],
    *,
    parameters: Sequence[Description] = (),
    body: Description | None = None,
    problems: Sequence[int] = (),
) -> Description:
    """Return an operation; 406, 422 and 503 and unreadable requests (400) are said of every call."""
    described: Description = {
        "operationId": operation_id,
        "summary": summary,
        "description": description,
        "parameters": list(parameters),
        "responses": {str(status): answer for status, answer in answers.items()}
        | {str(status): problem_answer(status, Problem) for status in sorted({*problems, 400, 406, 422, 503})},
    }
    if body:
        described["requestBody"] = {"required": True, "content": body}
    return described


def query_parameters(schema: type[Schema]) -> list[Description]:
    """Return the fields of a schema as query parameters; null has no place in a query string."""
    return [_query_parameter(name, field) for name, field in schema().load_fields.items()]


def answer(
    description: str,
    schema: Any,
    example: Any,
    *,
    headers: Description | None = None,
    media_type: str = "application/json",
) -> Description:
    """Return a successful response."""
    return {
        "description": description,
        "headers": _REQUEST_ID | (headers or {}),
        "content": content(media_type, schema, example),
    }


def text_body(media_type: str, example: str) -> Description:
    """Return what a body of text holds; it has no schema, as any bytes are text until they are read."""
    return content(media_type, {}, example)


def empty_answer(description: str, headers: Description | None = None) -> Description:
    """Return a response without a body."""
    return {"description": description, "headers": _REQUEST_ID | (headers or {})}


def content(media_type: str, schema: Any, example: Any) -> Description:
    """Return what a body holds."""
    return {media_type: {"schema": schema, "example": example}}


def problem_answer(status: int, schema: Any = None) -> Description:
    """Return the response with a problem of this status, its schema named as a finished document names it."""
    return {
        "description": _PROBLEMS[status],
        "headers": _REQUEST_ID | _OF_STATUS.get(status, {}),
        "content": content("application/problem+json", schema or _NAMED_PROBLEM, PROBLEM),
    }


def _query_parameter(name: str, field: Any) -> Description:
    schema = _converter.field2property(field)
    description = schema.pop("description", "")
    if isinstance(schema.get("type"), list):
        (schema["type"],) = [kind for kind in schema["type"] if kind != "null"]
    if schema.get("default") in (None, [], ()):  # nothing given, which no value of the schema stands for
        schema.pop("default", None)
    if "enum" in schema:
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    if isinstance(schema.get("items"), dict):
        schema["items"].pop("description", None)
    parameter = {"name": name, "in": "query", "description": description, "schema": schema}
    if field.required:
        parameter["required"] = True
    if schema["type"] == "array":
        parameter |= {"style": "form", "explode": not is_comma_list(field)}
    return parameter
