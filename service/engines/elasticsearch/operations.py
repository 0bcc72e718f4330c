"""What is under way: one document that says how far a reindex is, changed by one process at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from elasticsearch import ConflictError, NotFoundError

from service.domain.errors import Conflict
from service.engines.elasticsearch.connection import Connection

_ID = "reindex"


class Phase(StrEnum):
    """What a reindex is doing."""

    COPYING = "copying"
    SWAPPING = "swapping"


@dataclass(frozen=True, slots=True)
class Reindexing:
    """A reindex under way, from the index `source` into the index `target`.

    `run` names the process that does it, `mapping` is a digest of what the target was made of, `done` holds for each
    shard of the source the sequence number up to which everything has been copied. `began_at` is in milliseconds since
    1970 UTC. `beat` grows with each sign of life. `rest` holds the aliases of the indices that come after this one.
    """

    source: str
    target: str
    run: str
    mapping: str
    began_at: int
    phase: str = Phase.COPYING
    copied: int = 0
    beat: int = 0
    done: Mapping[str, int] = field(default_factory=dict)
    rest: Sequence[str] = ()

    @property
    def filling_alias(self) -> str:
        """Return the alias through which this run alone writes into the target."""
        return f"{self.target}.filling-{self.run}"


class Operations:
    """The document and its place."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._place: dict[str, Any] = {}

    def read(self) -> Reindexing | None:
        """Return the reindex that is under way or was interrupted; what is written next must follow on it."""
        try:
            found = self._connection.ask(lambda client: client.get(index=self._index, id=_ID)).body
        except NotFoundError:
            self._place = {}
            return None
        self._place = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        return Reindexing(**found["_source"])

    def write(self, state: Reindexing) -> Reindexing:
        """Keep the state and return it; Conflict where another process has written one since it was read."""
        kept = replace(state, beat=state.beat + 1)
        place = self._place or {"op_type": "create"}
        try:
            answer = self._connection.ask_patiently(
                lambda client: client.index(
                    index=self._index, id=_ID, document=asdict(kept), require_alias=True, **place
                )
            ).body
        except ConflictError as error:
            # A node that died may have taken it before the client asked the next one: then it is this very state.
            found = self.read()
            if found is None or (found.run, found.beat) != (kept.run, kept.beat):
                raise taken_over() from error
            return kept
        self._place = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
        return kept

    def remove(self) -> None:
        """Forget the reindex, which has ended."""
        try:
            self._connection.ask_patiently(lambda client: client.delete(index=self._index, id=_ID, **self._place))
        except (NotFoundError, ConflictError) as error:
            raise taken_over() from error
        self._place = {}


def taken_over() -> Conflict:
    """Return the error of a run that another process has taken the work from."""
    return Conflict(
        "다른 `gisa index` 명령이 이 재색인을 이어받았습니다. `gisa index status`로 확인하세요.",
        "Another `gisa index` command has taken over this reindex. See `gisa index status`.",
    )
