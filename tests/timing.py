"""How long a thing takes by itself, on a machine that does other things as well."""

from __future__ import annotations

import gc
import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

_TRIES = 4
_QUIET_SECONDS = 0.038
"""What `_yardstick` takes at best on two cores of 2026. What runs beside it, and a machine that is slower for a while,
make that up to four times as much, and as much longer whatever is measured beside it."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def least_seconds(action: Callable[[], object], enough: float) -> float:
    """Return the quiet seconds of the quickest of a few tries, of the first one that takes no more than `enough`.

    Quiet seconds are processor time of this thread, divided by how much longer than by itself a piece of work of the
    same kind takes just before and just after. A look through the objects that earlier tests left is not counted.
    """
    least = float("inf")
    gc.collect()
    gc.freeze()
    try:
        for _ in range(_TRIES):
            before, taken, after = _seconds(_yardstick), _seconds(action), _seconds(_yardstick)
            least = min(least, taken * min(1.0, 2 * _QUIET_SECONDS / (before + after)))
            if least <= enough:
                break
    finally:
        gc.unfreeze()
    return least


def _seconds(action: Callable[[], object]) -> float:
    started = time.thread_time()
    action()
    return time.thread_time() - started


def _yardstick() -> dict[tuple[str, ...], int]:
    """Count the neighbours of each of 24,000 words: many small objects, as where a text is enriched."""
    words, start = [], 0
    text = "그는 가나다라고 했다. " * 8_000
    for piece in text.split():
        at = text.index(piece, start)
        start = at + len(piece)
        words.append(_Word(piece, at, start))
    starts = [word.start for word in words]
    counts: dict[tuple[str, ...], int] = {}
    for word in words:
        near = words[bisect_left(starts, word.start - 12) : bisect_left(starts, word.end + 12)]
        key = tuple(each.text for each in near if each.text.endswith(("는", "고")))
        counts[key] = counts.get(key, 0) + 1
    return counts
