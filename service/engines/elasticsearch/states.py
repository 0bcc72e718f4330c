"""States of the index that are kept for the pages to come (points in time), shared by searches that begin together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

KEEP_ALIVE = "5m"
"""How long a state is kept after the last page that was taken from it."""
FRESH = 0.1
"""Seconds in which searches that begin share a state: opening one takes as long as a quick search itself."""


@dataclass(eq=False)
class _State:
    name: str
    opened_at: float
    users: int = 0
    is_kept: bool = False


class Lease:
    """The states that one search looks at, from its beginning to its end."""

    def __init__(self, states: States) -> None:
        self._states = states
        self._taken: list[_State] = []

    def current(self) -> str:
        """Return the name of a state no older than `FRESH`."""
        self._taken.append(self._states._take())
        return self._taken[-1].name

    def forget(self) -> None:
        """Have the next search open a state of its own: the current one is lost."""
        self._states.forget()

    def keep(self) -> None:
        """Have the last state outlive the search: there are further pages."""
        for state in self._taken[-1:]:
            state.is_kept = True


class States:
    """Gives the state that the first page of a search looks at, and closes it where no page is to follow.

    Closing happens later and in another thread, so that no answer waits for it. Safe to use from several threads.
    """

    def __init__(
        self,
        open_state: Callable[[], str],
        close_state: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = open_state
        self._close = close_state
        self._clock = clock
        self._lock = threading.Lock()
        self._current: _State | None = None
        self._idle: set[_State] = set()
        self._sweeper: threading.Timer | None = None

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """Give a search the states it looks at; whatever it does not keep is closed once nobody else uses it."""
        lease = Lease(self)
        try:
            yield lease
        finally:
            self._return(lease._taken)

    def forget(self) -> None:
        """Have the next search open a state of its own: the current one is lost, or older than it may be."""
        with self._lock:
            self._current = None

    def close(self) -> None:
        """Close what nobody uses any more; what is kept for a page to come stays."""
        with self._lock:
            if self._sweeper:
                self._sweeper.cancel()
            self._current = None
        self._sweep()

    def _take(self) -> _State:
        with self._lock:
            if self._current and self._clock() - self._current.opened_at < FRESH:
                self._current.users += 1
                return self._current
        now = self._clock()
        # Not under the lock: where the cluster hangs, nobody is to wait for another's time-out before their own.
        state = _State(self._open(), now, users=1)
        with self._lock:
            self._current = state
        return state

    def _return(self, taken: list[_State]) -> None:
        with self._lock:
            for state in taken:
                state.users -= 1
                if not state.users:
                    self._idle.add(state)
            self._see_to_sweep()

    def _see_to_sweep(self) -> None:
        if self._idle and self._sweeper is None:
            self._sweeper = threading.Timer(FRESH, self._sweep)
            self._sweeper.daemon = True
            self._sweeper.start()

    def _sweep(self) -> None:
        with self._lock:
            # One that is fresh may be given to another search yet.
            fresh = {s for s in self._idle if s is self._current and self._clock() - s.opened_at < FRESH}
            ended = {state for state in self._idle - fresh if not state.users}
            self._idle = fresh
        for state in ended:
            if not state.is_kept:
                self._close(state.name)
        with self._lock:
            self._sweeper = None
            self._see_to_sweep()
