"""What is stored of an article, read in real time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from elasticsearch import NotFoundError

from service.domain.errors import NotFound
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of
from service.engines.elasticsearch.failures import busy, refusal
from service.engines.elasticsearch.fields import FINGERPRINT
from service.search.engine import Stored

_AT_ONCE = 500  # documents read with one request


class Current(NamedTuple):
    """The stored state of an article, as far as a write needs to know."""

    seq_no: int
    primary_term: int
    fingerprint: str
    held_in: str = ""

    @property
    def version(self) -> str:
        """Return the version that clients see: it never comes again for another state."""
        return version_of(self.seq_no, self.primary_term, self.fingerprint)


def version_of(seq_no: int, primary_term: int, fingerprint: str) -> str:
    """Return the version of a state; the fingerprint keeps it apart from the same numbers in another index."""
    return f"{seq_no}-{primary_term}-{fingerprint[:8]}"


def get(connection: Connection, index: str, article_id: str) -> Stored:
    """Return the article as it is stored; NotFound where there is none."""
    try:
        found = connection.ask(lambda client: client.get(index=index, id=article_id)).body
    except NotFoundError as error:
        raise not_found(article_id) from error
    return Stored(article_of(found["_source"]), _current(found).version)


def currents(connection: Connection, index: str, ids: Collection[str]) -> dict[str, Current]:
    """Return the state of those of the articles that are stored."""
    return {
        found["_id"]: _current(found) for found in _documents(connection, index, ids, source_includes=[FINGERPRINT])
    }


def sources(connection: Connection, index: str, ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """Return the documents of those of the articles that are stored."""
    return {found["_id"]: found["_source"] for found in _documents(connection, index, ids)}


def not_found(article_id: str) -> NotFound:
    """Return the error of an article that is not stored."""
    return NotFound(
        f"기사 {article_id}이(가) 없습니다. id를 확인하세요.", f"There is no article {article_id}. Check the id."
    )


def _documents(connection: Connection, index: str, ids: Collection[str], **options: Any) -> Iterator[Mapping[str, Any]]:
    wanted = list(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        answer = connection.ask(lambda client, part=part: client.mget(index=index, ids=part, **options))  # type: ignore[misc]
        for found in answer.body["docs"]:
            if "error" in found:
                # A shard that is away must not pass for an article that is not stored.
                raise refusal(503, found["error"]) or busy()
            if found.get("found"):
                yield found


def _current(found: Mapping[str, Any]) -> Current:
    return Current(found["_seq_no"], found["_primary_term"], found["_source"][FINGERPRINT], found["_index"])
