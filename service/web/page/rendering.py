"""Pages as answers: their headers, and what every template knows."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from service.domain.sign_on import Session
from service.web.page import assets, times

MENU = (("/", "검색"), ("/analysis", "살펴보기"), ("/paste", "붙여 넣기"), ("/docs", "API"))
"""The paths of the main menu and their names."""
_THEME = "gisa-theme"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {assets.style_sources()}",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Return a page, which browsers ask for anew each time."""
    html = render_template(
        f"page/{template}",
        asset=assets.address,
        styles=assets.styles(template),
        theme=_theme(),
        menu=MENU,
        long_time=times.long_time,
        machine_time=times.machine_time,
        signed_on=_signed_on(),
        **values,
    )
    response = Response(html, status, mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _theme() -> str:
    chosen = request.cookies.get(_THEME, "")
    return chosen if chosen in ("light", "dark") else ""


def _signed_on() -> Session | None:
    caller = g.get("caller")
    found = caller.session if caller else None
    assert found is None or isinstance(found, Session)
    return found


def secure_page(response: Response) -> Response:
    """Return the response under the policy of the page: its own scripts, styles and forms, nothing inline."""
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _POLICY
        # Not `no-referrer`: under that a browser names no origin when it sends a form, and the form would be refused.
        response.headers["Referrer-Policy"] = "same-origin"
    response.vary.add("Accept")
    return response
