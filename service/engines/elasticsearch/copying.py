"""Copying an index by sequence numbers: every round takes what was written since the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import renewed
from service.engines.elasticsearch.failures import busy, refusal
from service.engines.elasticsearch.operations import Reindexing
from service.engines.elasticsearch.scanning import Page, pages
from service.engines.elasticsearch.serializing import to_json

_AT_ONCE = 200
_BYTES_AT_ONCE = 4 << 20
_CONFLICT = 409


class Uncopyable(EngineUnavailable):
    """An article that the new index does not take: waiting does not help."""


Keep = Callable[[Reindexing], Reindexing]


def checkpoints(connection: Connection, index: str) -> dict[str, int]:
    """Return for each shard the sequence number up to which every operation is on all of its copies."""
    answer = connection.ask_patiently(lambda client: client.indices.stats(index=index, metric="docs", level="shards"))
    found = {
        shard: int(copy["seq_no"]["global_checkpoint"])
        for shard, copies in answer.body["indices"].get(index, {}).get("shards", {}).items()
        for copy in copies
        if copy["routing"]["primary"]
    }
    if len(found) != _shards(connection, index):
        raise busy()
    return found


def copy_round(connection: Connection, state: Reindexing, keep: Keep) -> tuple[Reindexing, int]:
    """Copy what is not copied yet and return the state after it and the number of articles.

    `keep` stores each state on the way, so that an interrupted copy goes on from there. Operations up to a global
    checkpoint have all happened: after a refresh a search finds each of them, which does not hold of later ones.
    """
    wanted = checkpoints(connection, state.source)
    connection.ask_patiently(lambda client: client.indices.refresh(index=state.source))
    before = state.copied
    for shard, last in sorted(wanted.items()):
        for page in _new_in_shard(connection, state, shard, last):
            _fill(connection, state, page)
            done = {**state.done, shard: int(page[-1]["sort"][0])}
            state = keep(replace(state, done=done, copied=state.copied + len(page)))
        if last > state.done.get(shard, -1):
            state = keep(replace(state, done={**state.done, shard: last}))
    return state, state.copied - before


def _new_in_shard(connection: Connection, state: Reindexing, shard: str, last: int) -> Iterator[Page]:
    done = state.done.get(shard, -1)
    if last <= done:
        return iter(())
    return pages(
        connection,
        state.source,
        preference=f"_shards:{shard}",
        size=_AT_ONCE,
        query={"range": {"_seq_no": {"gt": done, "lte": last}}},
        sort=[{"_seq_no": "asc"}],
    )


def _fill(connection: Connection, state: Reindexing, page: Page) -> None:
    lines: list[Any] = []
    size = 0
    for hit in page:
        # The number of the source as version: an older copy that comes late never takes the place of a newer one.
        own = {"_id": hit["_id"], "version": int(hit["sort"][0]), "version_type": "external_gte"}
        pair = [to_json({"index": own}), to_json(renewed(hit["_source"]))]
        if lines and size + len(pair[1]) > _BYTES_AT_ONCE:
            _send(connection, state, lines)
            lines, size = [], 0
        lines += pair
        size += len(pair[1])
    _send(connection, state, lines)


def _send(connection: Connection, state: Reindexing, lines: list[Any]) -> None:
    answer = connection.ask_patiently(
        lambda client: client.bulk(index=state.filling_alias, operations=lines, require_alias=True)
    )
    for item in answer.body["items"]:
        check_item(item)


def check_item(item: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise what kept one item of a bulk from being done; that the target has something newer is well."""
    [result] = item.values()
    status = int(result["status"])
    if status < 300 or status == _CONFLICT:
        return
    reason = result.get("error", {})
    if known := refusal(status, reason):
        raise known
    said = f"{reason.get('type')}: {reason.get('reason')}"
    raise Uncopyable(
        f"기사 {result['_id']}을(를) 새 색인에 넣을 수 없습니다({said}). 기사를 고치거나 지운 뒤 다시 실행하세요. "
        "지금까지의 색인은 그대로 쓰입니다.",
        f"The article {result['_id']} cannot be put into the new index ({said}). Mend or delete it and run this again. "
        "The old index stays in use.",
    )


def _shards(connection: Connection, index: str) -> int:
    answer = connection.ask(lambda client: client.indices.get_settings(index=index, name="index.number_of_shards"))
    return int(answer.body[index]["settings"]["index"]["number_of_shards"])
