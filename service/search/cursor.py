"""Cursors: where a page ended, tied to the search it belongs to."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any, NoReturn

from service.domain.errors import InvalidCursor
from service.search.request import SearchRequest

_VERSION = b"\x01"
_DIGEST_SIZE = 8
_CHECKSUM_SIZE = 8


def encode_cursor(request: SearchRequest, position: Sequence[Any]) -> str:
    """Return the cursor for going on after `position` (JSON scalars) in this search: base64url without padding."""
    payload = _VERSION + _digest(request) + json.dumps(list(position), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(payload + _checksum(payload)).rstrip(b"=").decode("ascii")


def decode_cursor(request: SearchRequest) -> list[Any] | None:
    """Return the position in the request's cursor, None without one; InvalidCursor where it is damaged or another's."""
    if request.cursor is None:
        return None
    try:
        text = request.cursor.encode("ascii")
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        _damaged()
    payload, checksum = raw[:-_CHECKSUM_SIZE], raw[-_CHECKSUM_SIZE:]
    # Canonical: bits that base64 ignores must not make two cursors out of one.
    canonical = base64.urlsafe_b64encode(raw).rstrip(b"=") == text
    if not canonical or payload[:1] != _VERSION or checksum != _checksum(payload):
        _damaged()
    if payload[1 : 1 + _DIGEST_SIZE] != _digest(request):
        raise InvalidCursor(
            "이 커서는 다른 검색의 것입니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
            "This cursor belongs to another search. Search again from the first page, without a cursor.",
        )
    position = json.loads(payload[1 + _DIGEST_SIZE :])
    if not isinstance(position, list):
        _damaged()
    return position


def _digest(request: SearchRequest) -> bytes:
    # Size, facets and highlights may change from page to page; what decides on hits and their order may not.
    filters = sorted((str(field), value.include, value.exclude) for field, value in request.filters.items())
    identity = (
        request.query,
        request.fields,
        filters,
        request.published_from,
        request.published_to,
        request.sort,
        request.group_by_story,
    )
    return hashlib.blake2b(repr(identity).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest()


def _checksum(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_CHECKSUM_SIZE, person=b"gisa cursor").digest()


def _damaged() -> NoReturn:
    raise InvalidCursor(
        "커서가 손상되었습니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
        "The cursor is damaged. Search again from the first page, without a cursor.",
    )
