"""Static files of the page, under addresses that change with their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, abort

_STATIC = Path(__file__).resolve().parents[1] / "static"
_PARTS = ("tokens", "base", "search", "hits", "facets", "timeline", "article", "forms", "analysis", "print")
_FILES = {
    "theme.js": "page/theme.js",
    "search.js": "page/search.js",
    "suggestions.js": "page/suggestions.js",
    "timeline.js": "page/timeline.js",
    "icon.svg": "page/icon.svg",
    "htmx.js": "vendor/htmx/htmx-4.0.1.min.js",
    "frame.css": "widget/frame.css",
}
_STYLES = "page.css"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


@cache
def content(name: str) -> bytes | None:
    """Return the content of an asset, the style sheet joined out of its parts; None where there is no such asset."""
    if name == _STYLES:
        return b"\n".join((_STATIC / "page" / f"{part}.css").read_bytes() for part in _PARTS)
    return (_STATIC / _FILES[name]).read_bytes() if name in _FILES else None


@cache
def address(name: str) -> str:
    """Return the path of an asset, with a digest of its content."""
    return f"/assets/{_digest(name)}/{name}"


def asset(digest: str, name: str) -> Response:
    """Return an asset; an old digest gives the file of today, which nobody is told to keep."""
    data = content(name)
    if data is None:
        abort(404)
    response = Response(data, mimetype=_TYPES[Path(name).suffix])
    response.headers["Cache-Control"] = _FOREVER if digest == _digest(name) else "no-cache"
    return response


@cache
def _digest(name: str) -> str:
    data = content(name)
    if data is None:
        raise KeyError(name)
    return hashlib.sha256(data).hexdigest()[:12]
