"""A batch of writes: what is to be sent next, and what came of each operation."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.domain.errors import Conflict, GisaError, PreconditionFailed
from service.engines.elasticsearch.documents import source_of, text_digest
from service.engines.elasticsearch.indices import writes_alias
from service.engines.elasticsearch.serializing import to_json
from service.engines.elasticsearch.stored import Current, not_found
from service.search.engine import Change, Delete, Operation, Outcome, Precondition, Put, Refused, Written
from service.stories.membership import Membership

_MOST_CONFLICTS = 20  # other writers that may come between before the caller is told


@dataclass
class Pending:
    """An operation that is not settled yet.

    `alias` names the index that a new article is created in, where that is not the one of the whole bulk. `unsure`
    where it was sent and no answer came; `blocked_since` is the monotonic time at which writes were first
    found blocked.
    """

    place: int
    operation: Operation
    alias: str = ""
    tries: int = 0
    blocked_since: float | None = None
    conflicts: int = 0
    unsure: bool = False
    document: bytes = field(default=b"", repr=False)
    story: Membership | None = None

    @property
    def id(self) -> str:
        """Return the id of the article."""
        return operation_id(self.operation)

    def lines(self, current: Current | None) -> list[bytes]:
        """Return the lines of the bulk that do this where the stored state is still `current`."""
        target: dict[str, Any] = {"_id": self.id}
        if current:
            if current.held_in:
                # These numbers count in that index alone: in one that has taken its place they mean another state.
                target["_index"] = writes_alias(current.held_in)
            target |= {"if_seq_no": current.seq_no, "if_primary_term": current.primary_term}
        elif self.alias:
            target["_index"] = self.alias
        if isinstance(self.operation, Delete):
            return [to_json({"delete": target})]
        # The same text stays where it is among the stories; another one is settled once it is written.
        same = current is not None and current.text_digest == _text_digest(self.operation)
        story = current.place if current and same else None
        if not self.document or story != self.story:
            self.document, self.story = to_json(source_of(self.operation, story)), story
        return [to_json({"index" if current else "create": target}), self.document]


class Batch:
    """Operations in order; those on one id wait for those before them."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._waiting: dict[str, deque[Pending]] = {}
        for place, operation in enumerate(operations):
            self._waiting.setdefault(operation_id(operation), deque()).append(Pending(place, operation))
        self._outcomes: dict[int, Outcome] = {}
        self.stories_left: set[str] = set()
        self.states: dict[str, Current | None] = {}

    @property
    def ids(self) -> list[str]:
        """Return the ids that have operations left."""
        return list(self._waiting)

    def outcomes(self) -> list[Outcome]:
        """Return the outcomes in the order of the operations, once all are settled."""
        return [self._outcomes[place] for place in sorted(self._outcomes)]

    def due(self) -> list[Pending]:
        """Settle what needs no writing and return the next operation to send of each id."""
        found = []
        for key in self.ids:
            while key in self._waiting:
                pending = self._waiting[key][0]
                outcome = _without_writing(pending, self.states.get(key))
                if outcome is None:
                    found.append(pending)
                    break
                self.settle(pending, outcome)
        return found

    def settle(self, pending: Pending, outcome: Outcome) -> None:
        """Note the outcome of the first operation that waits for its id."""
        self._outcomes[pending.place] = outcome
        queue = self._waiting[pending.id]
        queue.popleft()
        if not queue:
            del self._waiting[pending.id]

    def written(self, pending: Pending, answer: Mapping[str, Any]) -> None:
        """Note that the cluster has done an operation."""
        operation, before = pending.operation, self.states.get(pending.id)
        fingerprint = operation.fingerprint if isinstance(operation, Put) else ""
        now = Current(answer["_seq_no"], answer["_primary_term"], fingerprint, answer.get("_index", ""))
        if before and before.place and before.text_digest and before.text_digest != _text_digest(operation):
            self.stories_left.add(before.place.story_id)
        if isinstance(operation, Put):
            change = Change.REPLACED if before else Change.CREATED
            self.states[pending.id] = now
        else:
            change = Change.DELETED
            self.states[pending.id] = None
        self.settle(pending, Written(pending.id, change, now.version, now.seq_no))

    def conflicted(self, pending: Pending, current: Current | None) -> None:
        """Note that another write came first; `current` is the state it left."""
        before = self.states.get(pending.id)
        self.states[pending.id] = current
        if pending.unsure and _is_own(pending.operation, current):
            # The one before was done after all, only its answer was lost.
            self.states[pending.id] = before
            self.written(pending, _as_answer(current, before))
            return
        pending.unsure = False
        pending.conflicts += 1
        if pending.conflicts > _MOST_CONFLICTS:
            self.settle(pending, Refused(pending.id, _conflict()))

    def refuse(self, pending: Pending, error: GisaError) -> None:
        """Note that an operation cannot be done; those after it on the same id go on from the stored state."""
        self.settle(pending, Refused(pending.id, error))


def operation_id(operation: Operation) -> str:
    """Return the id of the article that an operation is about."""
    return operation.article.id if isinstance(operation, Put) else operation.id


def _text_digest(operation: Operation) -> str:
    return text_digest(operation.signature) if isinstance(operation, Put) and operation.signature else ""


def _without_writing(pending: Pending, current: Current | None) -> Outcome | None:
    operation = pending.operation
    if isinstance(operation, Delete) and current is None and not pending.unsure:
        return Refused(operation.id, not_found(operation.id))
    if not pending.unsure and not _holds(operation.precondition, current):
        return Refused(pending.id, _conflict() if operation.precondition.conflict else _failed())
    if isinstance(operation, Put) and current and current.fingerprint == operation.fingerprint and not pending.unsure:
        return Written(pending.id, Change.UNCHANGED, current.version, current.seq_no, current.place)
    return None


def _holds(precondition: Precondition, current: Current | None) -> bool:
    if precondition.absent and current is not None:
        return False
    if precondition.present and current is None:
        return False
    return precondition.versions is None or (current is not None and current.version in precondition.versions)


def _is_own(operation: Operation, current: Current | None) -> bool:
    if isinstance(operation, Delete):
        return current is None
    return current is not None and current.fingerprint == operation.fingerprint


def _as_answer(current: Current | None, before: Current | None) -> dict[str, Any]:
    known = current or before or Current(0, 1, "")
    return {"_seq_no": known.seq_no, "_primary_term": known.primary_term, "_index": known.held_in}


def _conflict() -> Conflict:
    return Conflict(
        "다른 쓰기가 먼저 저장되었습니다. 기사를 다시 읽고 시도하세요.",
        "Another write came first. Read the article again and retry.",
    )


def _failed() -> PreconditionFailed:
    return PreconditionFailed(
        "저장된 기사가 조건(If-Match, If-None-Match)에 맞지 않습니다. 기사를 다시 읽고 시도하세요.",
        "The stored article does not meet If-Match or If-None-Match. Read it again and retry.",
    )
