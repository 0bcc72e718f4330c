"""Request bodies: their type, charset and encoding checked, their bytes counted as they come."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator
from contextlib import suppress

from flask import request
from werkzeug.http import parse_options_header

from schemas.strict_json import parse_json
from service.domain.errors import MalformedRequest, TooLarge, UnsupportedMediaType
from service.web.inflating import inflate

MAX_BODY_BYTES = 4 << 20
"""One JSON body or press copy, inflated."""
_MAX_DISCARDED_BYTES = 64 << 20
_READ_BYTES = 1 << 13
"""Bytes asked for at a time. The server waits until it has them all: few, so that lines are answered as they come."""

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
NDJSON = "application/x-ndjson"
TEXT = "text/plain"
HTML = "text/html"

_UTF8 = frozenset({"utf-8"})
PRESS_COPY_CHARSETS = frozenset({"utf-8", "euc_kr", "cp949"})


def read_json(types: Collection[str] = (JSON,)) -> object:
    """Return the JSON value of the request's body.

    Raises UnsupportedMediaType for another type than these or a charset but UTF-8, TooLarge, and MalformedRequest.
    """
    check_type(types)
    return parse_json(read_body())


def check_type(types: Collection[str], charsets: Collection[str] = _UTF8) -> tuple[str, str | None]:
    """Return the media type and the declared charset (under Python's name), one of these; else UnsupportedMediaType."""
    media_type, options = parse_options_header(request.headers.get("Content-Type"))
    media_type = media_type.lower()
    if media_type not in types:
        listed = ", ".join(types)
        raise UnsupportedMediaType(
            f"Content-Type을 {listed} (으)로 보내세요."
            if len(types) == 1
            else f"Content-Type은 {listed} 중 하나입니다.",
            f"Send it with a Content-Type of {' or '.join(types)}.",
        )
    declared = options.get("charset")
    if declared is None:
        return media_type, None
    with suppress(LookupError, ValueError):
        if (charset := codecs.lookup(declared).name) in charsets:
            return media_type, charset
    names = ", ".join(sorted(name.replace("_", "-") for name in charsets))
    raise UnsupportedMediaType(
        f"charset {declared!a}은(는) 받지 않습니다. {names} (으)로 보내세요.",
        f"The charset {declared!a} is not taken. Send {names}.",
    )


def read_body() -> bytes:
    """Return the whole body, inflated; TooLarge beyond 4 MiB, MalformedRequest where it is damaged or breaks off."""
    body = bytearray()
    for piece in inflated_pieces():
        body += piece
        if len(body) > MAX_BODY_BYTES:
            raise TooLarge(
                f"본문이 {MAX_BODY_BYTES >> 20} MiB를 넘습니다. 나누어 보내거나 /v1/articles/bulk를 쓰세요.",
                f"The body is over {MAX_BODY_BYTES >> 20} MiB. Send it in parts or use /v1/articles/bulk.",
            )
    return bytes(body)


def inflated_pieces() -> Iterator[bytes]:
    """Return an iterator over the body, inflated, that needs no request context once it is made."""
    return inflate(_pieces(), request.headers.get("Content-Encoding", ""))


def _pieces() -> Iterator[bytes]:
    # The stream is read rather than `request.data`: with a chunked body over a limit that one returns the first bytes
    # and says nothing of the rest.
    stream, expected = request.stream, request.content_length

    def read() -> Iterator[bytes]:
        received = 0
        while True:
            try:
                piece = stream.read(_READ_BYTES)
            except Exception as error:  # each server has its own classes for a body that breaks off
                raise _broken_off() from error
            if not piece:
                break
            received += len(piece)
            yield piece
        if expected is not None and received < expected:
            raise _broken_off()

    return read()


def discard_body() -> None:
    """Read what is left of the body, within bounds, so that the client can read the answer before it is cut off."""
    left = _MAX_DISCARDED_BYTES
    with suppress(Exception):  # a body that breaks off here is nobody's loss: its request is refused already
        while left > 0 and (piece := request.stream.read(_READ_BYTES)):
            left -= len(piece)


def _broken_off() -> MalformedRequest:
    return MalformedRequest(
        "본문이 도중에 끊겼습니다. 처음부터 다시 보내세요.",
        "The body broke off. Send it again from its beginning.",
    )
