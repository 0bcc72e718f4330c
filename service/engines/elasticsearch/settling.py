"""Settling stories: after a write the articles it concerns are given the story that the texts in the index make."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import ApiError

from service.domain.errors import GisaError
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import moved
from service.engines.elasticsearch.indices import writes_alias
from service.engines.elasticsearch.places import Places
from service.engines.elasticsearch.regions import Region, settled
from service.engines.elasticsearch.serializing import to_json
from service.engines.elasticsearch.stored import current_of
from service.engines.elasticsearch.stories import StoryIndex
from service.stories.membership import Membership

_LOG = logging.getLogger("gisa.engine")
_ROUNDS = 20  # other writers that may come between before it is left to the next write
_PAUSE = 0.02  # seconds after the first round that was in vain, about; longer with each
_AT_ONCE = 200  # documents in one bulk
_LOOKED_BACK = timedelta(minutes=15)
_MOST_LOOKED_AT = 1_000


class Settler:
    """Gives articles their stories.

    Whoever writes looks at the index after a refresh that follows the write, and again after all that was rewritten on
    account of it: of two who write copies at the same time the later one to look sees both.
    """

    def __init__(self, connection: Connection, places: Places, refresh: Callable[[], None]) -> None:
        self._connection = connection
        self._places = places
        self._refresh = refresh
        self._index = StoryIndex(connection, places.all)
        self._lock = threading.Lock()
        self._left_over: tuple[set[str], set[str]] = (set(), set())
        self._looked_back = False

    def settle(self, ids: Collection[str], left: Collection[str] = ()) -> dict[str, Membership]:
        """Settle these articles and the stories that others were taken out of; return where the articles are now.

        What cannot be settled now is with the next write: the articles are stored all the same.
        """
        due, parted = self._taken(ids, left)
        if not due and not parted:
            return {}
        try:
            self.look_back()
            for number in range(_ROUNDS):
                places = self._round(due, parted)
                if places is not None:
                    return places
                # By chance, or writers on the same stories would come between each other again and again.
                time.sleep(_PAUSE * number * (0.5 + random.random()))  # noqa: S311 -- jitter
            _LOG.warning("the stories of %d articles keep changing; the next write looks at them again", len(due))
        except (GisaError, ApiError) as error:
            _LOG.warning("the stories of %d articles are not settled yet: %s", len(due), error)
        with self._lock:
            self._left_over = (self._left_over[0] | due, self._left_over[1] | parted)
        return {}

    def look_back(self) -> None:
        """Settle, once, what came in last: a process may have been stopped between its write and this.

        Where that cannot be done now, the next write looks back.
        """
        with self._lock:
            if self._looked_back:
                return
            self._looked_back = True
        try:
            self._refresh()
            since = (datetime.now(UTC) - _LOOKED_BACK).isoformat()
            self.settle(self._index.received_since(since, _MOST_LOOKED_AT))
        except (GisaError, ApiError) as error:
            _LOG.warning("the stories of the latest articles are not settled yet: %s", error)
            self._looked_back = False

    def _taken(self, ids: Collection[str], left: Collection[str]) -> tuple[set[str], set[str]]:
        with self._lock:
            due, parted = self._left_over
            self._left_over = (set(), set())
        return due | set(ids), parted | set(left)

    def _round(self, ids: set[str], parted: set[str]) -> dict[str, Membership] | None:
        """Return where these articles are, or None where something had to be rewritten for it."""
        self._refresh()
        held = self._index.entries(ids, parted)
        seeds = {key: entry for key, entry in held.items() if key in ids}
        near = self._index.sharing([entry.signature for entry in seeds.values()])
        places, due, stray = settled(Region(seeds.keys(), {**near, **held}, parted), self._index)
        parted |= stray
        if due:
            self._rewrite(due)
            # Another writer may have seen them in another place, and given it to its own article, before they had this.
            ids.update(due)
        return None if due or stray else places

    def _rewrite(self, due: Mapping[str, Membership]) -> None:
        """Give articles another place, but for those that another write or a reindex keeps from it meanwhile."""
        keys = list(due)
        for start in range(0, len(keys), _AT_ONCE):
            lines: list[Any] = []
            for key, found in self._places.documents(keys[start : start + _AT_ONCE]).items():
                document = moved(found["_source"], due[key], current_of(found).version)
                lines += [to_json({"index": _unchanged(found)}), to_json(document)]
            if lines:
                self._connection.ask_patiently(
                    lambda client, lines=lines: client.bulk(  # type: ignore[misc]
                        index=self._places.first, operations=lines, require_alias=True
                    )
                )


def _unchanged(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "_id": found["_id"],
        "_index": writes_alias(found["_index"]),
        "if_seq_no": found["_seq_no"],
        "if_primary_term": found["_primary_term"],
    }
