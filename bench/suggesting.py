"""Suggestions over HTTP, on what was loaded into the embedded engine."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.contenders.gisa import Gisa

_TYPED = (
    *("대", "대구", "대굿", "ㄷㄱ", "ㄷㄱㅅ", "eorn", "서울", "서", "ㅅㅇ", "정부", "정ㅂ", "경제", "경"),
    *("김", "ㄱㅈ", "국회", "국", "국회의", "한국", "하", "반도", "ㅂㄷㅊ", "tjdnf", "문화", "문", "부산"),
    *("부", "삼성", "대통령", "삼"),
)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Milliseconds over all that was typed, of each when it was first asked, and the slowest of it with its own p50."""

    p50: float
    p95: float
    p99: float
    runs: int
    slowest: str
    slowest_p50: float
    first_p50: float
    first_p95: float


def suggesting(loaded: Path, runs: int) -> Suggested:
    """Return how long suggestions take over a connection that is kept, each typed so often in an order by chance."""
    contender = Gisa()
    contender.open(loaded / "gisa--embedded")
    try:
        contender.suggest("가")  # whatever the service loads with the first of all
        first = [contender.suggest(typed) for typed in random.sample(_TYPED, len(_TYPED))]
        taken: dict[str, list[float]] = {typed: [] for typed in _TYPED}
        for _ in range(runs):
            for typed in random.sample(_TYPED, len(_TYPED)):
                taken[typed].append(contender.suggest(typed))
    finally:
        contender.close()
    every = [milliseconds for own in taken.values() for milliseconds in own]
    cuts = statistics.quantiles(every, n=100, method="inclusive")
    own = {typed: statistics.median(values) for typed, values in taken.items()}
    slowest = max(own, key=lambda typed: own[typed])
    figures = (round(value, 2) for value in (statistics.median(every), cuts[94], cuts[98]))
    firsts = (statistics.median(first), statistics.quantiles(first, n=20, method="inclusive")[-1])
    first_p50, first_p95 = (round(value, 2) for value in firsts)
    return Suggested(*figures, len(every), slowest, round(own[slowest], 2), first_p50, first_p95)
