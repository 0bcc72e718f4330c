"""Counting in threads of their own, while the thread of the request reads and marks its hits."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Counters:
    """Threads that count, one for each core; tantivy lets go of the interpreter's lock meanwhile."""

    def __init__(self, cores: int | None = None) -> None:
        self.cores = cores or len(os.sched_getaffinity(0))
        # The threads are started as they are needed, so after a fork.
        self._pool = ThreadPoolExecutor(self.cores, "gisa-counting") if self.cores > 1 else None

    def begun(self, count: Callable[[], T]) -> Callable[[], T]:
        """Begin to count and return what gives the count or raises what counting raised; on one core that counts."""
        return self._pool.submit(count).result if self._pool else count

    def close(self) -> None:
        """Wait for what has begun."""
        if self._pool:
            self._pool.shutdown()
