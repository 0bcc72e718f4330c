"""Counts of views: each process keeps documents of its own, with all that it has counted in them.

No script is needed, no document is fought over, and what is written twice, as after a time-out, counts once. So that
what a process remembers stays small, it begins new documents every hour; a report adds them up.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any
from uuid import uuid4

from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.failures import busy, refusal
from service.engines.elasticsearch.indices import Indices
from service.search.records import CountedView, View

_RENEWED_AFTER = 60 * 60  # seconds
_WRITTEN_AT_ONCE = 2_000
_READ_AT_ONCE = 1_000


class ViewIndex:
    """The counts of one prefix."""

    def __init__(self, connection: Connection, indices: Indices, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._indices = indices
        self._clock = clock
        self._lock = Lock()
        self._begin()

    def add(self, counts: Mapping[View, int]) -> None:
        """Write the new totals of this process; they are remembered as counted once all of them are written."""
        self._indices.ensure()
        with self._lock:
            totals = {view: self._written.get(view, 0) + count for view, count in counts.items()}
            views = list(totals)
            for start in range(0, len(views), _WRITTEN_AT_ONCE):
                self._write({view: totals[view] for view in views[start : start + _WRITTEN_AT_ONCE]})
            self._written |= totals
            if self._clock() - self._begun_at > _RENEWED_AFTER:
                self._begin()

    def counted(self, first: str, last: str, outlet: str | None = None) -> Iterator[CountedView]:
        """Yield the sums over all processes, in order."""
        self._indices.ensure()
        self._connection.ask_patiently(lambda client: client.indices.refresh(index=self._indices.views))
        conditions: list[dict[str, Any]] = [{"range": {"month": {"gte": first, "lte": last}}}]
        if outlet is not None:
            conditions.append({"term": {"outlet": outlet}})
        composite: dict[str, Any] = {
            "size": _READ_AT_ONCE,
            "sources": [{name: {"terms": {"field": name}}} for name in View._fields],
        }
        while True:
            sums = {"views": {"composite": dict(composite), "aggs": {"count": {"sum": {"field": "count"}}}}}
            found = self._connection.ask_patiently(
                lambda client, sums=sums: client.search(  # type: ignore[misc] # a lambda with a default
                    index=self._indices.views, size=0, query={"bool": {"filter": conditions}}, aggs=sums
                )
            ).body["aggregations"]["views"]
            for bucket in found["buckets"]:
                yield CountedView(View(**bucket["key"]), int(bucket["count"]["value"]))
            if "after_key" not in found:
                return
            composite["after"] = found["after_key"]

    def _begin(self) -> None:
        self._run = uuid4().hex
        self._begun_at = self._clock()
        self._written: dict[View, int] = {}

    def _write(self, totals: Mapping[View, int]) -> None:
        lines: list[Any] = []
        for view, count in totals.items():
            lines += [{"index": {"_id": self._id(view)}}, view._asdict() | {"count": count}]
        answer = self._connection.ask_patiently(
            lambda client: client.bulk(index=self._indices.views, operations=lines, require_alias=True)
        )
        for item in answer.body["items"]:
            for result in item.values():
                if result["status"] >= 300:
                    raise refusal(result["status"], result.get("error", {})) or busy()

    def _id(self, view: View) -> str:
        return hashlib.sha256(json.dumps([*view, self._run]).encode()).hexdigest()
