"""Addresses to come back to: paths of this service, as a redirect must not lead anywhere else."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import request

from service.domain.errors import FieldError, Message, ValidationFailed

_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""One slash, then visible ASCII without a backslash, which browsers take for a slash."""


def path_of_request() -> str:
    """Return the path and query of the request, encoded as it came."""
    query = request.query_string.decode("latin-1")
    path = quote(request.path, safe="/~")
    return f"{path}?{quote(query, safe=_AS_IT_IS)}" if query else path


def check_local_path(path: str) -> str:
    """Return this path; ValidationFailed unless it is one of this service."""
    if not _LOCAL.fullmatch(path):
        message = Message(
            "next는 이 서비스의 주소(/로 시작하는 경로)여야 합니다.",
            "next has to be an address of this service: a path that begins with /.",
        )
        raise ValidationFailed(message.ko, message.en, (FieldError("invalid", message, parameter="next"),))
    return path


_AS_IT_IS = "".join(map(chr, range(0x21, 0x7F))).replace("\\", "")
