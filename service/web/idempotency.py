"""`Idempotency-Key`: the first answer to a request is given again when the request comes again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from flask import Response, request

from service.domain.errors import Conflict, MalformedRequest
from service.search.engine import Engine, Remembered
from service.web.access import caller

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Cache-Control")


def idempotency_key() -> str | None:
    """Return the key of the request, None without one; MalformedRequest where it is not 1 to 255 visible ASCII."""
    key = request.headers.get("Idempotency-Key")
    if key is None or _KEY.fullmatch(key):
        return key
    raise MalformedRequest(
        "Idempotency-Key는 눈에 보이는 ASCII 1~255자여야 합니다.",
        "An Idempotency-Key is 1 to 255 visible ASCII characters.",
    )


def answer_once(engine: Engine, key: str | None, body: bytes, answer: Callable[[], Response]) -> Response:
    """Return the answer, or the one given before to the same request with the same key.

    Answers of 2xx are kept. Raises Conflict where the key was used for another request.
    """
    if key is None:
        return answer()
    digest = _digest(body)
    known = engine.recall(key)
    if known is None:
        response = answer()
        if response.status_code < 300:
            kept = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
            engine.remember(key, Remembered(digest, response.status_code, kept, response.get_data()))
        return response
    if known.request != digest:
        raise Conflict(
            "이 Idempotency-Key는 다른 요청에 쓰였습니다. 새 키로 보내세요.",
            "This Idempotency-Key was used for another request. Send it with a new key.",
        )
    return Response(known.body, known.status, {**known.headers, "Idempotency-Replayed": "true"})


def _digest(body: bytes) -> str:
    parts = (
        request.method.encode(),
        request.path.encode("utf-8", "surrogatepass"),
        request.query_string,
        request.headers.get("Content-Type", "").encode("utf-8", "surrogatepass"),
        caller().audience.encode(),  # an answer shows one audience what another may not see
        body,
    )
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
