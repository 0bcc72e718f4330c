"""Answers kept for requests with an idempotency key."""

from __future__ import annotations

import json
import time

from service.engines.embedded.database import Database
from service.search.engine import Remembered

_KEPT = 24 * 60 * 60  # seconds


def remember(database: Database, key: str, answer: Remembered) -> None:
    """Keep the answer for a day; the first one kept stands."""
    now = int(time.time())
    with database.transaction() as connection:
        connection.execute("DELETE FROM idempotency WHERE kept_at <= ?", (now - _KEPT,))
        connection.execute(
            "INSERT OR IGNORE INTO idempotency VALUES (?, ?, ?, ?, ?, ?)",
            (key, answer.request, answer.status, json.dumps(dict(answer.headers)), answer.body, now),
        )


def recall(database: Database, key: str) -> Remembered | None:
    """Return the answer kept within the last day."""
    with database.connection() as connection:
        row = connection.execute(
            "SELECT request, status, headers, body FROM idempotency WHERE key = ? AND kept_at > ?",
            (key, int(time.time()) - _KEPT),
        ).fetchone()
    if row is None:
        return None
    request, status, headers, body = row
    return Remembered(str(request), int(status), json.loads(headers), bytes(body))
