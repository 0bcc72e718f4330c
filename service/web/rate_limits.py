"""How many requests a caller may send: a token bucket for each, in this process."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock

_MINUTE = 60.0
_MOST_CALLERS = 10_000
"""Buckets kept before those that are full again are dropped: a full one says nothing that a new one does not."""


class RateLimits:
    """At most so many requests a minute for each caller, all at once or evenly; with a limit of 0 any number.

    The counts are those of this process: with several workers a caller may send up to as many times the limit.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._lock = Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, caller: str) -> int:
        """Count a request and return 0, or the whole seconds after which this caller may send the next one."""
        if not self._most:
            return 0
        now = self._clock()
        with self._lock:
            left = self._left(caller, now)
            if left < 1:
                return math.ceil((1 - left) * _MINUTE / self._most)
            if len(self._buckets) >= _MOST_CALLERS and caller not in self._buckets:
                self._drop_full(now)
            self._buckets[caller] = (left - 1, now)
        return 0

    def _left(self, caller: str, now: float) -> float:
        left, then = self._buckets.get(caller, (self._most, now))
        return min(self._most, left + (now - then) * self._most / _MINUTE)

    def _drop_full(self, now: float) -> None:
        self._buckets = {
            caller: bucket for caller, bucket in self._buckets.items() if self._left(caller, now) < self._most
        }
