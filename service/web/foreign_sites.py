"""Writes to an open service from the page of another site: a reader's browser sends them, but nobody meant them."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from service.domain.errors import Forbidden

_OWN = ("same-origin", "none")


def refuse_foreign_site() -> None:
    """Raise Forbidden where a browser says that another site sent this request.

    Programs say nothing of the kind and pass; with a key this need not be asked, as no other site knows it.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    from_origin = origin is not None and urlsplit(origin).netloc != request.host
    if from_origin if site is None else site not in _OWN:
        raise Forbidden(
            "다른 누리집에서 보낸 쓰기 요청은 받지 않습니다. `gisa keys create`로 키를 만들어 보내세요.",
            "Writes sent by the page of another site are not taken. Make a key with `gisa keys create` and send it.",
        )
