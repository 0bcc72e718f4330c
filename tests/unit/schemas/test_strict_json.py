"""JSON as the service reads it."""

from __future__ import annotations

import math

import pytest

from schemas.strict_json import MAX_DEPTH, parse_json
from service.domain.errors import MalformedRequest


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": [1, 2.5, true, null]}', {"a": [1, 2.5, True, None]}),
        ("\ufeff".encode() + b'"x"', "x"),
        ('"수성구"'.encode(), "수성구"),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
        (b'"' + b"[" * 100 + b'"', "[" * 100),
        (b'["\\"[[", ' + b",".join([b'"\\\\"'] * 70) + b"]", ['"[['] + ["\\"] * 70),
        (b"[" + b",".join([b"[]"] * 200) + b"]", [[]] * 200),
    ],
)
def test_what_is_json_is_read(data: bytes, value: object) -> None:
    read = parse_json(data)
    assert value is None or read == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": 1} x',
        b'"\x01"',
        b'"a\nb"',
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b'{"a": 1, "a": 2}',
        b'{"a": 1, "\\u0061": 2}',
        b'[{"b": {"a": 1, "a": 1}}]',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        "{}".encode("utf-16"),
        "\ufeff\ufeff{}".encode(),
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"[" * 2_000_000,
        b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        b'"' + b'\\"' * 500_000 + b"[" * 100,
    ],
    ids=lambda data: repr(data[:16]),
)
def test_what_is_none_is_refused_with_a_sentence_in_both_languages(data: bytes) -> None:
    with pytest.raises(MalformedRequest) as refused:
        parse_json(data)
    assert refused.value.message.ko
    assert refused.value.message.en


@pytest.mark.parametrize(("data", "sign"), [(b"9" * 5_000, 1), (b"-" + b"9" * 5_000, -1), (b"1e999", 1)])
def test_a_number_beyond_all_bounds_is_read_as_infinity(data: bytes, sign: int) -> None:
    assert parse_json(data) == sign * math.inf


def test_a_key_that_cannot_be_encoded_is_named_in_escapes() -> None:
    with pytest.raises(MalformedRequest, match="ud800"):
        parse_json(b'{"\\ud800": 1, "\\ud800": 2}')
