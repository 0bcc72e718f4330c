"""Claims: whoever first creates an article decides in which index, for all who create it at the same time.

Within one index Elasticsearch keeps an id single; over several nothing does. So the index of a new article is claimed
under its id before it is created, and who finds it claimed creates it there, where one of the two is refused. A claim
need only outlast the writes that may be on their way, and is forgotten after two days.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.failures import busy, refusal

_RENEWED_AFTER = 24 * 60 * 60 * 1000  # milliseconds: far above how long a write may take and clocks may be apart
_KEPT = 2 * _RENEWED_AFTER
_PURGE_EVERY = 10.0  # seconds, above the time after which the index shows what was purged
_PURGED_AT_ONCE = 2_000
_CONFLICT = 409


class Claims:
    """The claims of one prefix, in an index of their own."""

    def __init__(self, connection: Connection, index: str, clock: Callable[[], float] = time.time) -> None:
        self._connection = connection
        self._index = index
        self._clock = clock
        self._lock = threading.Lock()
        self._purged_at = 0.0

    def take(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Return for each id the place it is to be created in: the wanted one, or that of whoever came first.

        EngineUnavailable where it cannot be said; nothing may be created then.
        """
        if not wanted:
            return {}
        now = self._now()
        lines: list[Any] = []
        for key, place in wanted.items():
            lines += [{"create": {"_id": key}}, {"place": place, "at": now}]
        statuses = self._sent(lines)
        held = self._renewed([key for key, status in zip(wanted, statuses, strict=True) if status == _CONFLICT])
        self._purge()
        return {**wanted, **held}

    def _renewed(self, keys: Collection[str]) -> dict[str, str]:
        """Return the places claimed before; a claim that may soon be forgotten is made a new one first."""
        if not keys:
            return {}
        answer = self._connection.ask(lambda client: client.mget(index=self._index, ids=list(keys)))
        held: dict[str, str] = {}
        lines: list[Any] = []
        for found in answer.body["docs"]:
            if not found.get("found"):
                raise busy()  # forgotten just now: with the next try it can be taken
            held[found["_id"]] = place = found["_source"]["place"]
            if found["_source"]["at"] < self._now() - _RENEWED_AFTER:
                lines += [{"index": _unchanged(found)}, {"place": place, "at": self._now()}]
        if lines and _CONFLICT in self._sent(lines):
            raise busy()
        return held

    def _sent(self, lines: list[Any]) -> list[int]:
        answer = self._connection.ask_patiently(
            lambda client: client.bulk(index=self._index, operations=lines, require_alias=True)
        )
        results = [result for item in answer.body["items"] for result in item.values()]
        for result in results:
            if result["status"] >= 300 and result["status"] != _CONFLICT:
                raise refusal(result["status"], result.get("error", {})) or busy()
        return [int(result["status"]) for result in results]

    def _purge(self) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._purged_at < _PURGE_EVERY:
                return
            self._purged_at = now
        over = {"range": {"at": {"lt": self._now() - _KEPT}}}
        found = self._connection.ask(
            lambda client: client.search(
                index=self._index, query=over, size=_PURGED_AT_ONCE, source=False, seq_no_primary_term=True
            )
        )
        # One that was renewed meanwhile has another number, and stays.
        lines = [{"delete": _unchanged(hit)} for hit in found.body["hits"]["hits"]]
        if lines:
            self._connection.ask_patiently(
                lambda client: client.bulk(index=self._index, operations=lines, require_alias=True)
            )

    def _now(self) -> int:
        return int(self._clock() * 1000)


def _unchanged(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"_id": found["_id"], "if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
