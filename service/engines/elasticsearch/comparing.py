"""Whether two indices hold the same articles, and taking out of the copy what the original holds no more."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.copying import check_item
from service.engines.elasticsearch.documents import article_of
from service.engines.elasticsearch.fields import FINGERPRINT
from service.engines.elasticsearch.journal import DeletionJournal
from service.engines.elasticsearch.operations import Reindexing
from service.engines.elasticsearch.scanning import pages
from service.engines.elasticsearch.stored import currents, sources

_SAMPLE = 100  # articles
_AT_ONCE = 1_000


def same_count(connection: Connection, state: Reindexing) -> bool:
    """Return whether both indices hold the same number of articles; every one of the source must have been copied."""
    connection.ask_patiently(lambda client: client.indices.refresh(index=f"{state.source},{state.target}"))
    return count(connection, state.source) == count(connection, state.target)


def count(connection: Connection, index: str) -> int:
    """Return the number of articles that can be searched in an index."""
    return int(connection.ask_patiently(lambda client: client.count(index=index))["count"])


def differing(connection: Connection, state: Reindexing) -> list[str]:
    """Return the ids of those out of a hundred random articles whose contents differ between the two."""
    at_random: dict[str, Any] = {"function_score": {"query": {"match_all": {}}, "random_score": {}}}
    answer = connection.ask_patiently(
        lambda client: client.search(index=state.source, query=at_random, size=_SAMPLE, source=False)
    )
    ids = [hit["_id"] for hit in answer.body["hits"]["hits"]]
    before, after = (_digests(connection, index, ids) for index in (state.source, state.target))
    return [key for key in ids if before.get(key) != after.get(key)]


def take_out_deleted(connection: Connection, state: Reindexing, journal: DeletionJournal) -> None:
    """Take out of the target whatever the journal names and the source no longer holds."""
    for ids in journal.since(state.began_at):
        _take_out(connection, state, ids)


def take_out_surplus(connection: Connection, state: Reindexing) -> None:
    """Take out of the target everything that the source does not hold; reads all ids."""
    for page in pages(connection, state.target, sort=["_shard_doc"], size=_AT_ONCE, source=False):
        _take_out(connection, state, [hit["_id"] for hit in page])


def _take_out(connection: Connection, state: Reindexing, ids: Collection[str]) -> None:
    kept = currents(connection, state.source, ids)
    gone = [key for key in ids if key not in kept]
    # Only what is there: each deletion raises the version, which must stay below that of a later copy.
    lines: list[Any] = [{"delete": {"_id": key}} for key in currents(connection, state.target, gone)] if gone else []
    if not lines:
        return
    answer = connection.ask_patiently(
        lambda client: client.bulk(index=state.filling_alias, operations=lines, require_alias=True)
    )
    for item in answer.body["items"]:
        check_item(item)


def _digests(connection: Connection, index: str, ids: Collection[str]) -> dict[str, str]:
    return {
        key: hashlib.sha256(f"{source[FINGERPRINT]} {article_of(source)!r}".encode()).hexdigest()
        for key, source in sources(connection, index, ids).items()
    }
