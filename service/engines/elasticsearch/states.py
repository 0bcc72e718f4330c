"""States of the index that are kept for the pages to come (points in time), shared by searches that begin together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from elasticsearch import ApiError

from service.domain.errors import GisaError

KEEP_ALIVE = "5m"
"""How long a state is kept after the last page that was taken from it."""
FRESH = 0.2
"""Seconds in which searches that begin share a state: opening one takes as long as a quick search itself."""
_AHEAD = FRESH / 2  # seconds after which the next state is opened while searches come, so that none waits for it


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

    The next state is opened ahead and the last one closed in another thread, so that no answer waits for either. Safe
    to use from several threads.
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
        self._lock = threading.Condition()
        self._current: _State | None = None
        self._idle: set[_State] = set()
        self._is_wanted = self._is_closed = False
        self._attendant: threading.Thread | None = None

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
            self._is_closed = True
            self._current = None
            self._lock.notify()
        self._sweep()

    def _take(self) -> _State:
        with self._lock:
            current = self._current
            if current and self._clock() - current.opened_at < FRESH:
                current.users += 1
                if self._clock() - current.opened_at >= _AHEAD:
                    self._is_wanted = True
                    self._attend()
                return current
        return self._opened(users=1)

    def _opened(self, users: int) -> _State:
        now = self._clock()
        # Not under the lock: where the cluster hangs, nobody is to wait for another's time-out before their own.
        state = _State(self._open(), now, users)
        with self._lock:
            if not self._is_closed and (self._current is None or self._current.opened_at <= now):
                self._current = state
            if not users:
                self._idle.add(state)
        return state

    def _return(self, taken: list[_State]) -> None:
        with self._lock:
            for state in taken:
                state.users -= 1
                if not state.users:
                    self._idle.add(state)
            self._attend()

    def _attend(self) -> None:
        """See that the thread runs that opens ahead and closes; the lock is held."""
        if self._attendant is None and not self._is_closed:
            self._attendant = threading.Thread(target=self._attending, name="gisa-states", daemon=True)
            self._attendant.start()
        self._lock.notify()

    def _attending(self) -> None:
        while True:
            with self._lock:
                if not (self._is_wanted or self._is_closed):
                    self._lock.wait(FRESH if self._idle else None)
                if self._is_closed:
                    return
                is_wanted, self._is_wanted = self._is_wanted, False
            if is_wanted:
                self._open_ahead()
            self._sweep()

    def _open_ahead(self) -> None:
        try:
            self._opened(users=0)
        except (GisaError, ApiError):
            # The search that comes next opens one itself and says so where it cannot.
            self.forget()

    def _sweep(self) -> None:
        with self._lock:
            # One that is fresh may be given to another search yet.
            fresh = {s for s in self._idle if s is self._current and self._clock() - s.opened_at < FRESH}
            ended = {state for state in self._idle - fresh if not state.users}
            self._idle = fresh
        for state in ended:
            if not state.is_kept:
                self._close(state.name)
