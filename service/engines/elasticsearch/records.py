"""Records of the service itself, a document each, replaced by compare-and-set."""

from __future__ import annotations

from typing import Any

from elasticsearch import ConflictError, NotFoundError

from service.domain.errors import Conflict
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.search.records import Record


class RecordIndex:
    """The records of one prefix; a read by id sees what was written a moment before, without a refresh."""

    def __init__(self, connection: Connection, indices: Indices) -> None:
        self._connection = connection
        self._indices = indices

    def version(self, name: str) -> str | None:
        """Return the version of the record, None where there is none."""
        found = self._found(name, with_source=False)
        return _version(found) if found else None

    def read(self, name: str) -> Record | None:
        """Return the record, None where there is none."""
        found = self._found(name, with_source=True)
        return Record(found["_source"]["content"], _version(found)) if found else None

    def write(self, name: str, content: str, seen: str | None) -> str:
        """Keep the record and return its new version; Conflict where it is not the one that was seen."""
        self._indices.ensure()
        place: dict[str, Any] = {"op_type": "create"}
        if seen is not None:
            term, _, number = seen.partition("-")
            place = {"if_primary_term": int(term), "if_seq_no": int(number)}
        try:
            answer = self._connection.ask_patiently(
                lambda client: client.index(
                    index=self._indices.records, id=name, document={"content": content}, require_alias=True, **place
                )
            )
        except ConflictError as error:
            raise Conflict(
                "다른 쓰기가 먼저 저장되었습니다. 다시 읽고 시도하세요.",
                "Another write came first. Read it again and retry.",
            ) from error
        return _version(answer.body)

    def _found(self, name: str, *, with_source: bool) -> dict[str, Any] | None:
        self._indices.ensure()
        try:
            answer = self._connection.ask(
                lambda client: client.get(index=self._indices.records, id=name, source=with_source)
            )
        except NotFoundError:
            return None
        return dict(answer.body)


def _version(found: dict[str, Any]) -> str:
    return f"{found['_primary_term']}-{found['_seq_no']}"
