"""Writing: bulks whose items fail and are retried one by one."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.domain.errors import EngineUnavailable, FieldError, GisaError, Message, ValidationFailed
from service.engines.elasticsearch.batch import Batch, Pending
from service.engines.elasticsearch.connection import Connection, is_away
from service.engines.elasticsearch.failures import BUSY, busy, is_blocked, refusal
from service.engines.elasticsearch.places import Places
from service.engines.elasticsearch.safeguard import Safeguard
from service.engines.elasticsearch.settling import Settler
from service.search.engine import Change, Delete, Operation, Outcome, Put, Written

_RETRIES = 3
_FIRST_PAUSE = 0.1  # seconds, doubled with each retry, and up to as much again by chance
_AT_ONCE = 200  # operations in one bulk
_BYTES_AT_ONCE = 4 << 20
_BLOCK_PATIENCE = 2.0  # seconds that a write waits for a reindex to take its last step
_SHARD_PATIENCE = "1s"  # how long the cluster itself waits for a shard that has no primary
_CONFLICT, _MISSING = 409, 404

_Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Where writes go, and what is owed to a reindex."""

    connection: Connection
    places: Places
    safeguard: Safeguard
    settler: Settler


def write(target: Target, operations: Sequence[Operation]) -> list[Outcome]:
    """Apply the operations in order and return one outcome for each once all are durable.

    What an overloaded cluster refuses is sent again, at most three times, and nothing else with it. EngineUnavailable
    where the cluster does not answer at all; once it has, each operation has an outcome of its own.
    """
    batch = Batch(operations)
    states = target.places.currents(batch.ids)
    batch.states.update({key: states.get(key) for key in batch.ids})
    while due := batch.due():
        placed, again = _place(target, batch, due)
        again += [pending for part in _parts(batch, placed) for pending in _send(target, batch, part)]
        if again:
            pause = _FIRST_PAUSE * 2 ** (max(pending.tries for pending in again) - 1)
            time.sleep(pause * (1 + random.random()))  # noqa: S311 -- jitter
    return _with_stories(target, operations, batch)


def _with_stories(target: Target, operations: Sequence[Operation], batch: Batch) -> list[Outcome]:
    """Settle the stories of what was written and return the outcomes, with them."""
    outcomes = batch.outcomes()
    written = {
        outcome.id
        for operation, outcome in zip(operations, outcomes, strict=True)
        if isinstance(operation, Put)
        and operation.signature
        and isinstance(outcome, Written)
        and outcome.change is not Change.UNCHANGED
    }
    places = target.settler.settle(written, batch.stories_left)
    return [
        replace(outcome, membership=places[outcome.id])
        if isinstance(outcome, Written) and outcome.id in written & places.keys()
        else outcome
        for outcome in outcomes
    ]


def _place(target: Target, batch: Batch, due: Sequence[Pending]) -> tuple[Sequence[Pending], list[Pending]]:
    """Say in which index each new article is to be created; return what can be sent and what is to be tried again."""
    new = {
        pending.id: pending.operation.article
        for pending in due
        if isinstance(pending.operation, Put) and not pending.alias and batch.states.get(pending.id) is None
    }
    try:
        aliases = target.places.for_new(new.values()) if new else {}
    except GisaError as error:
        kept = [pending for pending in due if pending.id not in new]
        return kept, [once for pending in due if pending.id in new for once in _once_more(batch, pending, error)]
    for pending in due:
        pending.alias = aliases.get(pending.id, pending.alias)
    return due, []


def _parts(batch: Batch, due: Sequence[Pending]) -> Iterator[list[tuple[Pending, list[bytes]]]]:
    part: list[tuple[Pending, list[bytes]]] = []
    size = 0
    for pending in due:
        lines = pending.lines(batch.states.get(pending.id))
        if part and (len(part) == _AT_ONCE or size + sum(map(len, lines)) > _BYTES_AT_ONCE):
            yield part
            part, size = [], 0
        part.append((pending, lines))
        size += sum(map(len, lines))
    if part:
        yield part


def _send(target: Target, batch: Batch, part: Sequence[tuple[Pending, list[bytes]]]) -> list[Pending]:
    """Send one bulk, settle what it settles and return what is to be sent again."""
    lines: list[Any] = [line for _, own in part for line in own]  # written already; the client passes bytes on
    try:
        target.safeguard.note_deletions([each.id for each, _ in part if isinstance(each.operation, Delete)])
    except GisaError as error:
        return [pending for each, _ in part for pending in _once_more(batch, each, error)]
    try:
        answer = target.connection.ask_patiently(
            lambda client: client.bulk(
                index=target.places.first, operations=lines, timeout=_SHARD_PATIENCE, require_alias=True
            )
        )
    except EngineUnavailable as error:
        return _unanswered(batch, [pending for pending, _ in part], error)
    except GisaError as error:
        for pending, _ in part:
            batch.refuse(pending, error)
        return []
    return _settle(target, batch, part, answer.body["items"])


def _settle(
    target: Target,
    batch: Batch,
    part: Sequence[tuple[Pending, list[bytes]]],
    items: Sequence[Mapping[str, _Item]],
) -> list[Pending]:
    again: list[Pending] = []
    conflicts: list[Pending] = []
    blocked: list[Pending] = []
    for (pending, _), item in zip(part, items, strict=True):
        [result] = item.values()
        status = int(result["status"])
        if status < 300:
            batch.written(pending, result)
        elif status in (_CONFLICT, _MISSING) and result.get("error", {}).get("type") != "index_not_found_exception":
            conflicts.append(pending)
        elif is_blocked(result.get("error", {})):
            blocked.append(pending)
        elif (error := _refusal(status, result)) and not (status in BUSY and isinstance(error, EngineUnavailable)):
            batch.refuse(pending, error)
        else:
            again += _once_more(batch, pending, busy())
    if conflicts:
        states = target.places.currents([pending.id for pending in conflicts])
        for pending in conflicts:
            batch.conflicted(pending, states.get(pending.id))
    return again + _after_block(target, batch, blocked)


def _after_block(target: Target, batch: Batch, blocked: Sequence[Pending]) -> list[Pending]:
    if not blocked:
        return []
    target.safeguard.lift_stale_block()
    # By the next time another index may stand behind the alias, where the stored state has other numbers.
    states = target.places.currents([pending.id for pending in blocked])
    again = []
    for pending in blocked:
        now = time.monotonic()
        pending.blocked_since = pending.blocked_since or now
        batch.states[pending.id] = states.get(pending.id)
        if now - pending.blocked_since < _BLOCK_PATIENCE:
            again.append(pending)
        else:
            batch.refuse(pending, busy())
    return again


def _once_more(batch: Batch, pending: Pending, error: GisaError) -> list[Pending]:
    pending.tries += 1
    if pending.tries <= _RETRIES:
        return [pending]
    batch.refuse(pending, error)
    return []


def _unanswered(batch: Batch, part: Sequence[Pending], error: EngineUnavailable) -> list[Pending]:
    refused_whole = error.__cause__ is None or hasattr(error.__cause__, "status_code")
    for pending in part:
        # Where no connection came about nothing was done; else the cluster may have done it and only not said so.
        pending.unsure |= not refused_whole and not is_away(error.__cause__)
    return [pending for each in part for pending in _once_more(batch, each, error)]


def _refusal(status: int, result: _Item) -> GisaError | None:
    reason = result.get("error", {})
    known = refusal(status, reason)
    if known or status in BUSY:
        return known
    said = f"{reason.get('type')}: {reason.get('reason')}"
    message = Message(
        f"Elasticsearch가 이 기사를 색인하지 못합니다({said}). 값을 고쳐 다시 보내세요.",
        f"Elasticsearch cannot index this article ({said}). Mend the value and send it again.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("not-indexable", message, pointer=""),))
