"""Reading all of an index: a point in time, page after page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from elasticsearch import ApiError

from service.domain.errors import ExpiredCursor, GisaError
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of
from service.engines.elasticsearch.failures import lost_state
from service.engines.elasticsearch.fields import FINGERPRINT
from service.search.engine import Scanned

_AT_ONCE = 200  # articles in one page: with long bodies some megabytes
KEEP_ALIVE = "10m"
"""How long a state is kept after the last page that was read of it."""

Page = list[Mapping[str, Any]]


def scan(connection: Connection, index: str) -> Iterator[Scanned]:
    """Yield every article that is searchable now, with its fingerprint."""
    for page in pages(connection, index, sort=["_shard_doc"], size=_AT_ONCE):
        for hit in page:
            yield Scanned(article_of(hit["_source"]), hit["_source"][FINGERPRINT])


def pages(
    connection: Connection, index: str, *, size: int, preference: str | None = None, **body: Any
) -> Iterator[Page]:
    """Yield page after page of the hits of a search in one state of the index; `preference` may name its shards."""
    with point_in_time(connection, index, preference) as point:
        yield from pages_of(connection, point, size=size, **body)


def pages_of(connection: Connection, point: str, *, size: int, **body: Any) -> Iterator[Page]:
    """Yield page after page of the hits of a search in the state of the index with this name.

    Raises EngineUnavailable where that state is lost with its node: whoever reads may begin again.
    """
    after = None
    while True:
        wanted = {**body, **({"search_after": after} if after else {})}
        found = _page(connection, pit={"id": point, "keep_alive": KEEP_ALIVE}, size=size, **wanted)
        hits = found["hits"]["hits"]
        if hits:
            yield hits
        if len(hits) < size:
            return
        point, after = found.get("pit_id", point), hits[-1]["sort"]


def _page(connection: Connection, **wanted: Any) -> dict[str, Any]:
    try:
        answer = connection.ask_patiently(
            lambda client: client.search(track_total_hits=False, allow_partial_search_results=False, **wanted)
        )
    except ExpiredCursor as error:
        raise lost_state() from error
    return dict(answer.body)


@contextmanager
def point_in_time(connection: Connection, index: str, preference: str | None = None) -> Iterator[str]:
    """Give the name of a state of the index that is kept until the block ends."""
    options: dict[str, Any] = {"preference": preference} if preference else {}
    opened = connection.ask(
        lambda client: client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE, **options)
    ).body["id"]
    try:
        yield opened
    finally:
        # A cluster that is away, or has lost the node that kept it, forgets it by itself after ten minutes. Whatever it
        # says to this must not take the place of the error that led here.
        with suppress(GisaError, ApiError):
            connection.ask(lambda client: client.close_point_in_time(id=opened))
