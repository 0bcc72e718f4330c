"""How long a thing takes by itself, on a machine that does other things as well."""

from __future__ import annotations

import time
from collections.abc import Callable

_TRIES = 4


def least_seconds(action: Callable[[], object], enough: float) -> float:
    """Return the process time of the quickest of a few tries, of the first one that takes no more than `enough`.

    Process time grows by half and more where other processes share a core's caches: only the quickest try tells what
    the action costs.
    """
    least = float("inf")
    for _ in range(_TRIES):
        started = time.process_time()
        action()
        least = min(least, time.process_time() - started)
        if least <= enough:
            break
    return least
