"""Answers kept for requests with an idempotency key."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from elasticsearch import ConflictError, NotFoundError

from service.engines.elasticsearch.connection import Connection
from service.search.engine import Remembered

_KEPT = 24 * 60 * 60  # seconds
_PURGED_AT_ONCE = 1_000
_PURGE_EVERY = 60 * 60  # seconds


class IdempotencyMemory:
    """The answers of the last day, in an index of their own."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._purged_at = 0.0

    def remember(self, key: str, answer: Remembered) -> None:
        """Keep the answer for a day; the first one kept stands."""
        document = {
            "request": answer.request,
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": base64.b64encode(answer.body).decode("ascii"),
            "kept_at": int(time.time()),
        }
        known = self._read(key)
        if known and not _is_over(known["_source"]):
            return
        place = {"if_seq_no": known["_seq_no"], "if_primary_term": known["_primary_term"]} if known else {}
        try:
            self._connection.ask(
                lambda client: client.index(
                    index=self._index,
                    id=_document_id(key),
                    document=document,
                    require_alias=True,
                    op_type="index" if known else "create",
                    **place,
                )
            )
        except ConflictError:
            return  # another process was first
        self._purge()

    def recall(self, key: str) -> Remembered | None:
        """Return the answer kept within the last day."""
        known = self._read(key)
        if known is None or _is_over(known["_source"]):
            return None
        kept = known["_source"]
        return Remembered(kept["request"], kept["status"], kept["headers"], base64.b64decode(kept["body"]))

    def _read(self, key: str) -> dict[str, Any] | None:
        try:
            found = self._connection.ask(lambda client: client.get(index=self._index, id=_document_id(key)))
        except NotFoundError:
            return None
        return dict(found.body)

    def _purge(self) -> None:
        """Forget what is over, at most once an hour."""
        now = time.time()
        if now - self._purged_at < _PURGE_EVERY:
            return
        self._purged_at = now
        over = {"range": {"kept_at": {"lte": int(now) - _KEPT}}}
        found = self._connection.ask(
            lambda client: client.search(index=self._index, query=over, size=_PURGED_AT_ONCE, source=False)
        )
        lines = [{"delete": {"_id": hit["_id"]}} for hit in found.body["hits"]["hits"]]
        if lines:
            self._connection.ask_patiently(
                lambda client: client.bulk(index=self._index, operations=lines, require_alias=True)
            )


def _document_id(key: str) -> str:
    # A key may be longer than an id of Elasticsearch.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _is_over(kept: dict[str, Any]) -> bool:
    return bool(kept["kept_at"] <= time.time() - _KEPT)
