"""What can be wrong with a value, each as a code and a sentence in Korean and in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from service.domain.errors import FieldError, Message

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "required": ("필요한 값이 없습니다. 넣어 주세요.", "This value is required. Give it."),
    "unknown": ("모르는 이름입니다. 이름을 고치거나 빼세요.", "This name is unknown. Correct it or leave it out."),
    "null": ("null은 쓸 수 없습니다. 값을 넣거나 빼세요.", "This may not be null. Give a value or leave it out."),
    "derived": (
        "서비스가 스스로 만드는 값입니다. 빼고 보내세요.",
        "The service derives this value itself. Leave it out.",
    ),
    "not-an-object": ("JSON 객체여야 합니다.", "This has to be a JSON object."),
    "not-a-list": ("배열이어야 합니다.", "This has to be an array."),
    "not-a-string": ("문자열이어야 합니다.", "This has to be a string."),
    "not-a-boolean": ("true 또는 false여야 합니다.", "This has to be true or false."),
    "not-an-integer": ("정수여야 합니다.", "This has to be an integer."),
    "blank": ("비어 있을 수 없습니다. 내용을 넣거나 항목을 빼세요.", "This may not be blank. Fill it or leave it out."),
    "too-long": ("{limit:,}자를 넘습니다. 줄여 주세요.", "This is over {limit:,} characters. Shorten it."),
    "too-many": ("{limit:,}개를 넘습니다. 줄여 주세요.", "These are over {limit:,} items. Send fewer."),
    "control-character": (
        "{position}번째 글자가 제어 문자입니다. 지우고 보내세요.",
        "Character {position} is a control character. Remove it.",
    ),
    "lone-surrogate": (
        "{position}번째 글자가 짝 없는 서로게이트입니다. 올바른 유니코드로 보내세요.",
        "Character {position} is a lone surrogate. Send well-formed Unicode.",
    ),
    "invalid-id": (
        "id는 A-Z a-z 0-9 . _ ~ - 만으로 1~128자이며 '.'와 '..'는 쓸 수 없습니다.",
        "An id is 1 to 128 of A-Z a-z 0-9 . _ ~ - and neither '.' nor '..'.",
    ),
    "other-id": (
        "본문의 id가 주소의 id와 다릅니다. 같게 하거나 본문에서 빼세요.",
        "The id in the body is not the one in the path. Make them equal or leave it out of the body.",
    ),
    "id-not-patchable": (
        "id는 바꿀 수 없습니다. 빼고 보내세요.",
        "An id cannot be changed. Leave it out.",
    ),
    "invalid-time": (
        "RFC 3339 시각이나 날짜가 아닙니다. 2026-01-15 또는 2026-01-15T09:30:00+09:00처럼 보내세요.",
        "This is neither an RFC 3339 time nor a date. Send 2026-01-15 or 2026-01-15T09:30:00+09:00.",
    ),
    "not-in-calendar": (
        "달력에 없는 날짜나 시각입니다. 확인해 주세요.",
        "This date or time is not in the calendar. Check it.",
    ),
    "invalid-date": ("2026-01-15 같은 날짜여야 합니다.", "This has to be a date like 2026-01-15."),
    "reversed-term": (
        "valid_from이 valid_to보다 늦습니다. 두 값을 바꾸세요.",
        "valid_from is later than valid_to. Swap the two.",
    ),
    "invalid-name": (
        "언론사 이름은 제어 문자 없이 1~{limit:,}자입니다.",
        "The name of an outlet has 1 to {limit:,} characters, none of them control characters.",
    ),
    "other-name": (
        "본문의 name이 주소의 이름과 다릅니다. 같게 하거나 본문에서 빼세요.",
        "The name in the body is not the one in the path. Make them equal or leave it out of the body.",
    ),
    "invalid-url": (
        "http:// 또는 https://로 시작하는 올바른 주소여야 합니다.",
        "This has to be a well-formed URL that begins with http:// or https://.",
    ),
    "not-one-of": ("다음 중 하나여야 합니다: {choices}.", "This has to be one of: {choices}."),
    "out-of-range": ("{low:,}부터 {high:,}까지여야 합니다.", "This has to be between {low:,} and {high:,}."),
    "repeated": ("한 번만 쓸 수 있습니다.", "This may be given once only."),
    "invalid-facet-search": (
        "person:홍처럼 '항목:글자'로 쓰세요. 항목은 {choices} 중 하나입니다.",
        "Write it as name:characters, as in person:Hong; the name is one of {choices}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a value breaks."""

    code: str
    message: Message


def violation(code: str, **values: Any) -> Violation:
    """Return the violation of this code, its sentences filled with the values."""
    ko, en = _SENTENCES[code]
    return Violation(code, Message(ko.format(**values), en.format(**values)))


def invalid(code: str, field: str | None = None, **values: Any) -> ValidationError:
    """Return the error to raise for a value that breaks the rule of this code: this one, or the one of a field."""
    found = [violation(code, **values)]
    return ValidationError({field: found} if field else found)


def flatten(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Violation]]:
    """Yield every violation in marshmallow's nested messages with the path to its value."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from flatten(below, path if key == "_schema" else (*path, str(key)))
    else:
        for found in messages:
            yield path, found


def as_pointer(path: tuple[str, ...]) -> str:
    """Return the JSON pointer (RFC 6901) of a path; the whole document is the empty string."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


def body_errors(error: ValidationError) -> tuple[FieldError, ...]:
    """Return the field errors of a body, each with its pointer."""
    return tuple(
        FieldError(found.code, found.message, pointer=as_pointer(path)) for path, found in flatten(error.messages)
    )


def parameter_errors(error: ValidationError) -> tuple[FieldError, ...]:
    """Return the field errors of query parameters, each with the name of its parameter."""
    return tuple(
        FieldError(found.code, found.message, parameter=path[0] if path else None)
        for path, found in flatten(error.messages)
    )
