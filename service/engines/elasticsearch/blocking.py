"""The block under which a reindex takes its last step, and how it is lifted safely."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from typing import Any

from elasticsearch import NotFoundError

from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.operations import Reindexing, taken_over

_LOG = logging.getLogger("gisa.engine")
_PROMPTLY = 2.0  # seconds


def block_writes(connection: Connection, index: str) -> None:
    """Return when the index takes no more writes and those under way have ended."""
    connection.ask_patiently(lambda client: client.indices.add_block(index=index, block="write"))


def fence(connection: Connection, state: Reindexing) -> None:
    """Give the target to the run of this state alone.

    From then on no other run can write into the target or swap, whatever of it is still on its way. Conflict where
    another process does the same at this moment.
    """
    change_aliases(
        connection,
        *_removals(connection, state.target),
        {"add": {"index": state.target, "alias": state.filling_alias}},
    )


def unfence(connection: Connection, target: str) -> None:
    """Leave no run any right on this index."""
    if removals := _removals(connection, target):
        change_aliases(connection, *removals)


def _removals(connection: Connection, target: str) -> list[dict[str, Any]]:
    old = [alias for alias in _aliases(connection, target) if alias.startswith(f"{target}.filling-")]
    return [{"remove": {"index": target, "alias": alias, "must_exist": True}} for alias in old]


def release(connection: Connection, state: Reindexing, live: str) -> None:
    """Let writes go on where the run that blocked them is no more; it can do nothing after that.

    `live` is the alias of the articles. Conflict where another run has the work or the swap has happened.
    """
    began = time.monotonic()
    aliases = _aliases(connection, state.target)
    if state.filling_alias in aliases:
        removal = {"index": state.target, "alias": state.filling_alias, "must_exist": True}
        change_aliases(connection, {"remove": removal})
    elif live in aliases or any(alias.startswith(f"{state.target}.filling-") for alias in aliases):
        raise taken_over()
    # A successor waits for longer than this before it can set a block of its own, which must not be lifted here.
    if time.monotonic() - began < _PROMPTLY:
        allow_writes(connection, state.source)
        _LOG.warning("lifted the write block of %s: the reindex that set it gives no sign of life", state.source)


def allow_writes(connection: Connection, index: str) -> None:
    """Lift the block of an index."""
    connection.ask_patiently(lambda client: client.indices.put_settings(index=index, settings={"blocks.write": None}))


def change_aliases(connection: Connection, *actions: dict[str, Any]) -> None:
    """Apply all of these actions or none; Conflict where an alias to be removed is not there."""
    try:
        connection.ask_patiently(lambda client: client.indices.update_aliases(actions=list(actions)))
    except NotFoundError as error:
        raise taken_over() from error


def _aliases(connection: Connection, index: str) -> Collection[str]:
    try:
        found = connection.ask(lambda client: client.indices.get_alias(index=index)).body
    except EngineUnavailable as error:
        if isinstance(error.__cause__, NotFoundError):
            return ()  # an index that is not there can take no one's place
        raise
    return list(found[index]["aliases"])
