"""JSON as the service reads it: UTF-8, bounded depth, no duplicate keys, no values that JSON does not have."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from service.domain.errors import MalformedRequest

MAX_DEPTH = 64
"""How many containers may stand in one another, the outermost counted."""

_MAX_DIGITS = 4000
_BRACKETS_AND_STRINGS = re.compile(r'[\[{]|[\]}]|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def parse_json(data: bytes) -> object:
    """Return the value of a JSON document in UTF-8, with or without a BOM; MalformedRequest where it is none.

    A number beyond what a double holds is read as infinity, so that a schema can refuse it by name.
    """
    text = decode_utf8(data)
    _check_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_unique_pairs, parse_constant=_refuse_constant, parse_int=_parse_integer
        )
    except json.JSONDecodeError as error:
        raise MalformedRequest(
            f"JSON을 읽을 수 없습니다({error.lineno}행 {error.colno}열). 문법을 고쳐 다시 보내세요.",
            f"This is no valid JSON (line {error.lineno}, column {error.colno}). Correct the syntax and send it again.",
        ) from error


def decode_utf8(data: bytes) -> str:
    """Return the text of UTF-8 bytes without a BOM; MalformedRequest where they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedRequest(
            f"본문이 UTF-8이 아닙니다({error.start}번째 바이트). UTF-8로 바꾸어 보내세요.",
            f"The body is not UTF-8 (byte {error.start}). Send it as UTF-8.",
        ) from error


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for found in _BRACKETS_AND_STRINGS.finditer(text):
        first = text[found.start()]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise MalformedRequest(
                    f"JSON이 {MAX_DEPTH}겹보다 깊습니다. 더 얕게 보내세요.",
                    f"The JSON is nested deeper than {MAX_DEPTH} containers. Send it flatter.",
                )
        elif first in "]}":
            depth -= 1


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value] # add() marks the key on its way
        raise MalformedRequest(
            f"이름 {twice!a}이(가) 한 객체에 두 번 있습니다. 하나만 남기세요.",
            f"The name {twice!a} stands twice in one object. Keep one.",
        )
    return unique


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedRequest(
        f"{name}은(는) JSON 값이 아닙니다. 숫자나 null로 바꾸세요.",
        f"{name} is not a JSON value. Use a number or null.",
    )


def _parse_integer(digits: str) -> int | float:
    if len(digits) > _MAX_DIGITS:
        return -math.inf if digits.startswith("-") else math.inf
    return int(digits)
