"""Forms are taken from the page itself alone, as no other site may store articles in a reader's name."""

from __future__ import annotations

from flask import Response

from service.web.foreign_sites import is_same_origin
from service.web.negotiation import request_id
from service.web.page.rendering import page


class ForeignOrigin(Exception):
    """The form was sent by another site, or by something that does not say where it comes from."""


def check_same_origin() -> None:
    """Raise ForeignOrigin unless the browser says that this form comes from our own page."""
    if not is_same_origin():
        raise ForeignOrigin


def foreign_origin(_: ForeignOrigin) -> Response:
    """Return the page that says where to send the form from."""
    message = (
        "다른 누리집에서 보낸 양식은 받지 않습니다. 붙여 넣기 쪽을 열어 거기서 보내 주세요. "
        "프로그램은 /v1/press-copy를 쓰면 됩니다."
    )
    return page("problem.html", 403, heading="이 요청은 받을 수 없습니다", message=message, request_id=request_id())
