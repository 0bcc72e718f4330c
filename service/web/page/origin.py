"""Forms are taken from the page itself alone, as no other site may store articles in a reader's name."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, request

from service.web.negotiation import request_id
from service.web.page.rendering import page


class ForeignOrigin(Exception):
    """The form was sent by another site, or by something that does not say where it comes from."""


def check_same_origin() -> None:
    """Raise ForeignOrigin unless the browser says that this form comes from our own page.

    `Sec-Fetch-Site` is sent over TLS and on this machine, `Origin` with every form of a browser.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise ForeignOrigin
        return
    origin = urlsplit(request.headers.get("Origin", ""))
    if origin.scheme not in ("http", "https") or origin.netloc != request.host:
        raise ForeignOrigin


def foreign_origin(_: ForeignOrigin) -> Response:
    """Return the page that says where to send the form from."""
    message = (
        "다른 누리집에서 보낸 양식은 받지 않습니다. 붙여 넣기 쪽을 열어 거기서 보내 주세요. "
        "프로그램은 /v1/press-copy를 쓰면 됩니다."
    )
    return page("problem.html", 403, heading="이 요청은 받을 수 없습니다", message=message, request_id=request_id())
