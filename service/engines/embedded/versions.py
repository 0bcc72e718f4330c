"""The versions of what the engine is made of."""

from __future__ import annotations

from importlib.metadata import version

import apsw


def versions() -> dict[str, str]:
    """Return the versions of SQLite and of tantivy."""
    return {"SQLite": apsw.sqlite_lib_version(), "tantivy": version("tantivy")}
