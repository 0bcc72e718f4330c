"""Static files of the page, under addresses that change with their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

from flask import Response, abort
from markupsafe import Markup

_STATIC = Path(__file__).resolve().parents[1] / "static"
_FILES = {
    "theme.js": ("page/theme.js",),
    "search.js": ("page/search.js", "page/suggestions.js", "page/timeline.js"),
    "icon.svg": ("page/icon.svg",),
    "htmx.js": ("vendor/htmx/htmx-4.0.1.min.js",),
    "frame.css": ("widget/frame.css",),
}
_COMMON = ("tokens", "base", "search")
_STYLES = {
    "search.html": (*_COMMON, "hits", "facets", "timeline", "print"),
    "analysis.html": (*_COMMON, "hits", "analysis", "print"),
}
_ALL_STYLES = (*_COMMON, "hits", "facets", "timeline", "article", "forms", "analysis", "print")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


@cache
def styles(template: str) -> Markup:
    """Return the style sheet of a page, to stand in its head: a page that waits for no file is painted sooner."""
    parts = _STYLES.get(template, _ALL_STYLES)
    sheet = "\n".join((_STATIC / "page" / f"{part}.css").read_text(encoding="utf-8") for part in parts)
    return Markup(sheet)  # noqa: S704 # files of our own


@cache
def style_sources() -> str:
    """Return the style sheets of the pages as the content policy names them, by their digests."""
    sheets = {styles(template) for template in (*_STYLES, "")}
    digests = sorted(b64encode(hashlib.sha256(sheet.encode()).digest()).decode() for sheet in sheets)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


@cache
def content(name: str) -> bytes | None:
    """Return the content of an asset, joined out of its parts; None where there is no such asset."""
    if name not in _FILES:
        return None
    return b"\n".join((_STATIC / part).read_bytes() for part in _FILES[name])


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
