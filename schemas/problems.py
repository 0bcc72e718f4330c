"""Errors as problem+json (RFC 9457): the one table of status, type and title, and the body in either language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from marshmallow import Schema, fields

from service.domain.errors import (
    BackupDamaged,
    Conflict,
    EngineUnavailable,
    ExpiredCursor,
    FieldError,
    Forbidden,
    GisaError,
    InvalidCursor,
    KeysUnavailable,
    MalformedRequest,
    Message,
    NoRole,
    NotFound,
    PreconditionFailed,
    QuerySyntaxError,
    RateLimited,
    SignOnFailed,
    SignOnUnavailable,
    StartupError,
    StorageFull,
    TooLarge,
    Unauthorized,
    UnsupportedMediaType,
    ValidationFailed,
)

Language = Literal["ko", "en"]

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: its status, the last part of its type URI, and its title."""

    status: int
    name: str
    title: Message

    @property
    def uri(self) -> str:
        """Return the stable URI of this type."""
        return f"urn:gisa:problem:{self.name}"


def _type_of(error: type[GisaError], status: int, ko: str, en: str) -> tuple[type[GisaError], ProblemType]:
    return error, ProblemType(status, error.code, Message(ko, en))


PROBLEM_TYPES: Mapping[type[GisaError], ProblemType] = dict(
    (
        _type_of(MalformedRequest, 400, "읽을 수 없는 요청", "Malformed request"),
        _type_of(QuerySyntaxError, 400, "읽을 수 없는 검색식", "Query syntax error"),
        _type_of(InvalidCursor, 400, "쓸 수 없는 커서", "Invalid cursor"),
        _type_of(SignOnFailed, 400, "끝내지 못한 로그인", "Sign-on failed"),
        _type_of(Unauthorized, 401, "키가 필요함", "A key is needed"),
        _type_of(Forbidden, 403, "허용되지 않은 요청", "Forbidden"),
        _type_of(NoRole, 403, "권한이 없는 계정", "An account without a role"),
        _type_of(NotFound, 404, "없는 기사", "No such article"),
        _type_of(Conflict, 409, "충돌", "Conflict"),
        _type_of(ExpiredCursor, 410, "만료된 커서", "Expired cursor"),
        _type_of(PreconditionFailed, 412, "맞지 않는 전제 조건", "Precondition failed"),
        _type_of(TooLarge, 413, "너무 큰 본문", "Content too large"),
        _type_of(UnsupportedMediaType, 415, "받지 않는 형식", "Unsupported media type"),
        _type_of(ValidationFailed, 422, "맞지 않는 값", "Validation failed"),
        _type_of(RateLimited, 429, "너무 잦은 요청", "Too many requests"),
        _type_of(KeysUnavailable, 503, "키를 확인할 수 없음", "Keys unavailable"),
        _type_of(SignOnUnavailable, 503, "로그인 제공자 사용 불가", "Sign-on unavailable"),
        _type_of(EngineUnavailable, 503, "검색 엔진 사용 불가", "Engine unavailable"),
        _type_of(StorageFull, 507, "저장 공간 부족", "Storage full"),
        _type_of(StartupError, 503, "시작할 수 없음", "The service cannot start"),
        _type_of(BackupDamaged, 503, "손상된 백업", "Damaged backup"),
    )
)
"""The one table from the errors of the service to HTTP."""

INTERNAL_ERROR = ProblemType(500, "internal-error", Message("서비스 오류", "Internal error"))
HTTP_PROBLEM_TYPES: Mapping[int, ProblemType] = {
    problem_type.status: problem_type
    for problem_type in (
        ProblemType(400, MalformedRequest.code, PROBLEM_TYPES[MalformedRequest].title),
        ProblemType(404, "path-not-found", Message("없는 주소", "No such path")),
        ProblemType(405, "method-not-allowed", Message("쓸 수 없는 메서드", "Method not allowed")),
        ProblemType(406, "not-acceptable", Message("줄 수 없는 형식", "Not acceptable")),
        ProblemType(413, TooLarge.code, PROBLEM_TYPES[TooLarge].title),
        INTERNAL_ERROR,
    )
}
"""The problems that HTTP itself raises, before a call is reached, by status."""


class FieldProblem(Schema):
    """What is wrong with one value."""

    pointer = fields.String(metadata={"description": "본문 안의 자리: JSON pointer (RFC 6901)"})
    parameter = fields.String(metadata={"description": "주소의 매개변수나 머리글 이름"})
    code = fields.String(required=True)
    message = fields.String(required=True)


class Problem(Schema):
    """A problem (RFC 9457) in Korean, or in English with `Accept-Language: en`."""

    type = fields.String(required=True, metadata={"format": "uri"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "무엇을 하면 되는지 말하는 문장"})
    instance = fields.String(metadata={"format": "uri-reference"})
    request_id = fields.String()
    errors = fields.List(fields.Nested(FieldProblem))
    position = fields.Integer(metadata={"description": "q에서 읽지 못한 곳, 0부터 센 코드 포인트"})
    correction = fields.String(allow_none=True, metadata={"description": "고친 검색식"})


def type_of(error: GisaError) -> ProblemType:
    """Return the problem type of an error; a class without a row takes that of its nearest base."""
    for base in type(error).__mro__:
        if base in PROBLEM_TYPES:
            return PROBLEM_TYPES[base]
    return INTERNAL_ERROR


def status_of(error: GisaError) -> int:
    """Return the HTTP status of an error."""
    return type_of(error).status


def in_language(message: Message, language: Language) -> str:
    """Return the sentence in this language, fit to be encoded in UTF-8."""
    return _SURROGATES.sub("\ufffd", message.ko if language == "ko" else message.en)


def dump_field_error(error: FieldError, language: Language) -> dict[str, str]:
    """Return one entry of `errors`; the pointer of a whole document is the empty string."""
    place = {"pointer": error.pointer, "parameter": error.parameter}
    named = {name: _SURROGATES.sub("\ufffd", value) for name, value in place.items() if value is not None}
    return named | {"code": error.code, "message": in_language(error.message, language)}


def problem_of(error: GisaError, language: Language) -> dict[str, Any]:
    """Return the problem body of an error, without `instance` and `request_id`."""
    body = problem(type_of(error), error.message, language)
    if error.errors:
        body["errors"] = [dump_field_error(found, language) for found in error.errors]
    if isinstance(error, QuerySyntaxError):
        body |= {"position": error.position, "correction": error.correction}
    return body


def problem(problem_type: ProblemType, detail: Message, language: Language) -> dict[str, Any]:
    """Return a problem body of this type with this detail."""
    return {
        "type": problem_type.uri,
        "title": in_language(problem_type.title, language),
        "status": problem_type.status,
        "detail": in_language(detail, language),
    }
