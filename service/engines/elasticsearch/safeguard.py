"""What every process that writes owes to a reindex: its deletions are noted, and no block outlives its run."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection

from service.domain.errors import Conflict, GisaError
from service.engines.elasticsearch.blocking import release
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.journal import DeletionJournal
from service.engines.elasticsearch.operations import Operations, Phase

_LOG = logging.getLogger("gisa.engine")
_STALE = 10.0  # seconds without a sign of life; a living run holds its block for two seconds
_EVERY = 1.0  # seconds between two looks


class Safeguard:
    """The part of a reindex that the writing processes play."""

    def __init__(self, connection: Connection, indices: Indices, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._indices = indices
        self._journal = DeletionJournal(connection, indices.deletions)
        self._clock = clock
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._seen: tuple[str, int] | None = None
        self._seen_at = 0.0

    def note_deletions(self, ids: Collection[str]) -> None:
        """Note what is about to be deleted; EngineUnavailable where that fails, and nothing may be deleted then."""
        self._journal.note(ids)

    def lift_stale_block(self) -> None:
        """Lift the block of a reindex that was killed under it, once it has been silent for ten seconds."""
        with self._lock:
            now = self._clock()
            if now - self._looked_at < _EVERY:
                return
            self._looked_at = now
            try:
                self._look(now)
            except Conflict:
                _LOG.info("the reindex has gone on; its block is its own matter")
            except GisaError as error:
                _LOG.warning("cannot tell whether a write block is stale: %s", error)

    def _look(self, now: float) -> None:
        state = Operations(self._connection, self._indices.operations).read()
        if state is None or state.phase != Phase.SWAPPING:
            self._seen = None
            return
        seen = (state.run, state.beat)
        if seen != self._seen:
            self._seen, self._seen_at = seen, now
        elif now - self._seen_at >= _STALE:
            release(self._connection, state, self._indices.articles)
            self._seen = None
