"""The one script of the widget, joined out of its parts with its style sheet inside."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import orjson

_FOLDER = Path(__file__).resolve().parents[1] / "static" / "widget"
_PARTS = ("texts", "nodes", "client", "view", "element")
# Where the script comes from is where it searches, unless the page says otherwise; only a script that is running knows.
_HOME = 'const HOME = document.currentScript?.src.replace(/\\/widget\\/[^?#]*gisa-search\\.js.*$/s, "");'


@cache
def script() -> bytes:
    """Return the script as UTF-8."""
    style = orjson.dumps((_FOLDER / "style.css").read_text(encoding="utf-8")).decode()
    parts = [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    return "\n".join(['"use strict";', "(() => {", _HOME, f"const STYLE = {style};", *parts, "})();", ""]).encode()


@cache
def digest() -> str:
    """Return what names this version of the script in its address."""
    return hashlib.sha256(script()).hexdigest()[:12]
