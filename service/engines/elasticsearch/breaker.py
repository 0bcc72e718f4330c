"""A circuit breaker: a cluster that is away is not asked by every request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from service.domain.errors import EngineUnavailable

_FAILURES = 3  # in a row, until nobody asks any more
_PAUSE = 2.0  # seconds until one request asks again


class CircuitBreaker:
    """Lets requests pass while the cluster answers; after three failures in a row one every two seconds may try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    def check(self) -> None:
        """Raise EngineUnavailable where the cluster is not to be asked now."""
        with self._lock:
            if self._failures < _FAILURES:
                return
            now = self._clock()
            if now < self._next_try:
                raise away()
            self._next_try = now + _PAUSE

    @property
    def is_open(self) -> bool:
        """Return whether requests are refused without asking."""
        return self._failures >= _FAILURES

    def succeeded(self) -> None:
        """Take note of an answer, whatever it said."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Take note that there was no answer."""
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._next_try = self._clock() + _PAUSE


def away() -> EngineUnavailable:
    """Return the error of a cluster that does not answer."""
    return EngineUnavailable(
        "Elasticsearch가 응답하지 않습니다. 잠시 뒤 다시 시도하세요. 무엇이 없는지는 /readyz가 알려 줍니다.",
        "Elasticsearch does not answer. Try again shortly. /readyz says what is missing.",
    )
