"""What is stored of an article, read in real time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from service.domain.errors import NotFound
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of
from service.engines.elasticsearch.failures import busy, refusal
from service.engines.elasticsearch.fields import DUPLICATE_OF, FINGERPRINT, REVISION, STORY_ID, TEXT_DIGEST
from service.search.engine import Stored
from service.stories.membership import Membership

_AT_ONCE = 500  # documents read with one request

Found = Mapping[str, Any]
"""A document as the cluster gives it: `_source` beside `_index`, `_seq_no` and `_primary_term`."""
STATE_ONLY: dict[str, Any] = {"source_includes": [FINGERPRINT, STORY_ID, DUPLICATE_OF, TEXT_DIGEST, REVISION]}
"""Has documents read without what their state does not hang on."""


class Current(NamedTuple):
    """The stored state of an article, as far as a write needs to know.

    `text_digest` is empty where the article keeps the story it came with; `revision` is its version where it was
    rewritten since for its story alone.
    """

    seq_no: int
    primary_term: int
    fingerprint: str
    held_in: str = ""
    place: Membership | None = None
    text_digest: str = ""
    revision: str = ""

    @property
    def version(self) -> str:
        """Return the version that clients see: it never comes again for another state."""
        return self.revision or version_of(self.seq_no, self.primary_term, self.fingerprint)


def version_of(seq_no: int, primary_term: int, fingerprint: str) -> str:
    """Return the version of a state; the fingerprint keeps it apart from the same numbers in another index."""
    return f"{seq_no}-{primary_term}-{fingerprint[:8]}"


def stored_of(found: Found) -> Stored:
    """Return the article of a document and its version."""
    return Stored(article_of(found["_source"]), current_of(found).version)


def current_of(found: Found) -> Current:
    """Return the state of a document."""
    source = found["_source"]
    story = source.get(STORY_ID)
    return Current(
        found["_seq_no"],
        found["_primary_term"],
        source[FINGERPRINT],
        found["_index"],
        Membership(story, source.get(DUPLICATE_OF)) if story else None,
        source.get(TEXT_DIGEST, ""),
        source.get(REVISION, ""),
    )


def currents(connection: Connection, index: str, ids: Collection[str]) -> dict[str, Current]:
    """Return the state of those of the articles that this one index holds."""
    return {key: current_of(found) for key, found in documents(connection, [index], ids, **STATE_ONLY).items()}


def sources(connection: Connection, index: str, ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """Return the documents of those of the articles that this one index holds."""
    return {key: found["_source"] for key, found in documents(connection, [index], ids).items()}


def not_found(article_id: str) -> NotFound:
    """Return the error of an article that is not stored."""
    return NotFound(
        f"기사 {article_id}이(가) 없습니다. id를 확인하세요.", f"There is no article {article_id}. Check the id."
    )


def documents(connection: Connection, indices: Sequence[str], ids: Collection[str], **options: Any) -> dict[str, Found]:
    """Return what these indices hold under these ids; each is in one of them at most."""
    wanted = list(ids)
    parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
    return {found["_id"]: found for part in parts for found in _read(connection, indices, part, options)}


def _read(
    connection: Connection, indices: Sequence[str], ids: list[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    where: dict[str, Any] = (
        {"index": indices[0], "ids": ids}
        if len(indices) == 1
        else {"docs": [{"_index": index, "_id": key} for key in ids for index in indices]}
    )
    answer = connection.ask(lambda client: client.mget(**where, **options))
    for found in answer.body["docs"]:
        if "error" in found:
            # A shard that is away must not pass for an article that is not stored.
            raise refusal(503, found["error"]) or busy()
        if found.get("found"):
            yield found
