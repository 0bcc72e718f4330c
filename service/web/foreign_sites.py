"""Writes to an open service from the page of another site: a reader's browser sends them, but nobody meant them."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from service.domain.errors import Forbidden
from service.web.public_url import own_hosts

_OWN = ("same-origin", "none")


def is_same_origin() -> bool:
    """Return whether the browser says that a page of ours sent this request.

    `Sec-Fetch-Site` is sent over TLS and on this machine, `Origin` with every form of a browser.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc in own_hosts()


def require_same_origin() -> None:
    """Raise Forbidden unless a page of ours sent this request: a session is sent along whoever has the browser ask."""
    if not is_same_origin():
        raise Forbidden(
            "로그인한 브라우저의 쓰기 요청은 이 서비스의 화면에서 보낸 것만 받습니다. 프로그램은 키로 보내세요.",
            "Writes of a browser that is signed on are taken from the pages of this service alone. A program brings a "
            "key.",
        )


def refuse_foreign_site() -> None:
    """Raise Forbidden where a browser says that another site sent this request.

    Programs say nothing of the kind and pass; with a key this need not be asked, as no other site knows it.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    from_origin = origin is not None and urlsplit(origin).netloc not in own_hosts()
    if from_origin if site is None else site not in _OWN:
        raise Forbidden(
            "다른 누리집에서 보낸 쓰기 요청은 받지 않습니다. `gisa keys create`로 키를 만들어 보내세요.",
            "Writes sent by the page of another site are not taken. Make a key with `gisa keys create` and send it.",
        )
