"""Headers that keep browsers from doing more with an answer than it is meant for."""

from __future__ import annotations

from flask import Response

_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_PAGE_POLICY = f"{_POLICY}; style-src 'self'; img-src 'self'"

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secure(response: Response) -> Response:
    """Return the response with its security headers; only a page may load our own styles and images."""
    policy = _PAGE_POLICY if response.mimetype == "text/html" else _POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
