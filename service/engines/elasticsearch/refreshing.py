"""Making what was written searchable, once for all who wait for it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Refresher:
    """Shares refreshes: whoever comes while one is under way waits for the next, which serves all of them.

    A refresh that was under way already may have begun before the caller's write, so it is not enough.
    """

    def __init__(self, refresh: Callable[[], None]) -> None:
        self._refresh = refresh
        self._turn = threading.Condition()
        self._begun = 0
        self._done = 0
        self._running = False

    def wait(self) -> None:
        """Return when a refresh that began after this call has ended; raises what the refresh raises."""
        with self._turn:
            wanted = self._begun + 1
            while self._done < wanted and self._running:
                self._turn.wait()
            if self._done >= wanted:
                return
            self._begun += 1
            own = self._begun
            self._running = True
        try:
            self._refresh()
        except BaseException:
            self._end(None)
            raise
        self._end(own)

    def _end(self, done: int | None) -> None:
        with self._turn:
            self._running = False
            if done is not None:
                self._done = max(self._done, done)
            self._turn.notify_all()
