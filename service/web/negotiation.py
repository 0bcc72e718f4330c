"""What the client reads and how it calls its request: language, media types, request id."""

from __future__ import annotations

import re
import uuid

from flask import g, request

from schemas.problems import Language

_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,128}")
PROBLEM = "application/problem+json"


def language() -> Language:
    """Return the language of the answer: Korean unless the client prefers English."""
    for tag, quality in request.accept_languages:  # the best first
        primary = tag.lower().partition("-")[0]
        if quality > 0 and primary in {"ko", "en"}:
            return "en" if primary == "en" else "ko"
    return "ko"


def request_id() -> str:
    """Return the id of this request: the client's `X-Request-ID` where it is 1 to 128 visible ASCII, else a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    return str(g.request_id)


def accepts(*media_types: str) -> bool:
    """Return whether the client takes one of these media types; a client that says nothing takes any."""
    accepted = request.accept_mimetypes
    return not accepted or any(accepted.quality(media_type) > 0 for media_type in media_types)


def prefers_html() -> bool:
    """Return whether the client would rather have a page than JSON."""
    offered = (PROBLEM, "application/json", "text/html")
    return request.accept_mimetypes.best_match(offered) == "text/html"
