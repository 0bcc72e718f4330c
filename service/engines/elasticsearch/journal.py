"""The journal of deletions: a deleted document cannot be searched for, so its id is noted before it goes."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from typing import Any

from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.failures import busy
from service.engines.elasticsearch.scanning import Page, pages

_AT_ONCE = 1_000
_MARGIN = 24 * 60 * 60 * 1000  # milliseconds: far above how long a delete may take and how far clocks may be apart
_KEPT = 2 * _MARGIN


class DeletionJournal:
    """The ids of deleted articles."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def note(self, ids: Collection[str]) -> None:
        """Keep these ids for good before their articles are deleted; EngineUnavailable where that fails."""
        if not ids:
            return
        now = milliseconds()
        lines: list[Any] = [line for key in ids for line in ({"index": {"_id": key}}, {"at": now})]
        answer = self._connection.ask_patiently(
            lambda client: client.bulk(index=self._index, operations=lines, require_alias=True)
        )
        if answer.body["errors"]:
            raise busy()

    def since(self, began_at: int) -> Iterator[list[str]]:
        """Yield the ids whose deletion may have happened after this time, in parts."""
        self._connection.ask_patiently(lambda client: client.indices.refresh(index=self._index))
        for page in self._pages({"gte": began_at - _MARGIN}):
            yield [hit["_id"] for hit in page]

    def purge(self) -> None:
        """Forget what no reindex can need any more."""
        for page in self._pages({"lt": milliseconds() - _KEPT}):
            # An id that was noted again meanwhile has another number, and stays.
            lines = [
                {"delete": {"_id": hit["_id"], "if_seq_no": hit["_seq_no"], "if_primary_term": hit["_primary_term"]}}
                for hit in page
            ]
            self._connection.ask_patiently(
                lambda client, lines=lines: client.bulk(index=self._index, operations=lines, require_alias=True)  # type: ignore[misc]
            )

    def _pages(self, times: dict[str, int]) -> Iterator[Page]:
        body: dict[str, Any] = {"query": {"range": {"at": times}}, "sort": ["_shard_doc"], "source": False}
        return pages(self._connection, self._index, size=_AT_ONCE, seq_no_primary_term=True, **body)


def milliseconds() -> int:
    """Return the present time in milliseconds since 1970 UTC."""
    return int(time.time() * 1000)
