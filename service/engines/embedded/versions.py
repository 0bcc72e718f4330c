"""The versions of what the engine is made of."""

from __future__ import annotations

import apsw
import tantivy


def versions() -> dict[str, str]:
    """Return the versions of SQLite and of tantivy."""
    return {"SQLite": apsw.sqlite_lib_version(), "tantivy": tantivy.__version__}
