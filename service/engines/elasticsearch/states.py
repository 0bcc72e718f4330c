"""States of the index that are kept for the pages to come (points in time), shared by searches that begin together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

KEEP_ALIVE = "5m"
"""How long a state is kept after the last page that was taken from it."""
FRESH = 0.1
"""Seconds in which searches that begin share a state: opening one takes as long as a quick search itself."""


class States:
    """Gives the state that the first page of a search looks at; safe to use from several threads."""

    def __init__(self, open_state: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._open = open_state
        self._clock = clock
        self._lock = threading.Lock()
        self._state = ""
        self._opened_at = float("-inf")

    def current(self) -> str:
        """Return the name of a state no older than `FRESH`."""
        now = self._clock()
        with self._lock:
            if now - self._opened_at < FRESH:
                return self._state
        # Not under the lock: where the cluster hangs, nobody is to wait for another's time-out before their own.
        state = self._open()
        with self._lock:
            self._state, self._opened_at = state, now
        return state

    def forget(self) -> None:
        """Have the next search open a state of its own: the current one is lost, or older than it may be."""
        with self._lock:
            self._opened_at = float("-inf")
