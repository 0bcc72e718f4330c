"""All values of a field among the hits, however many: a composite aggregation page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.engines.elasticsearch.compile_positions import Query
from service.engines.elasticsearch.connection import Connection

_AT_ONCE = 10_000


def all_values(connection: Connection, place: dict[str, Any], query: Query, field: str) -> Iterator[tuple[Any, int]]:
    """Yield every value of a field and the exact number of hits with it; `place` is an index or a point in time."""
    after: dict[str, Any] | None = None
    while True:
        composite: dict[str, Any] = {"size": _AT_ONCE, "sources": [{"value": {"terms": {"field": field}}}]}
        if after:
            composite["after"] = after
        body = {"query": query, "size": 0, "track_total_hits": False, "aggs": {"all": {"composite": composite}}}
        answer = connection.ask_patiently(lambda client, body=body: client.search(**place, **body))  # type: ignore[misc]
        found = answer.body["aggregations"]["all"]
        for bucket in found["buckets"]:
            yield bucket["key"]["value"], int(bucket["doc_count"])
        after = found.get("after_key")
        if after is None or len(found["buckets"]) < _AT_ONCE:
            return
