"""Times of searches and loads."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bench.contender import Contender
from bench.searches import Search


@dataclass(frozen=True, slots=True)
class SearchTimes:
    """How long one search took over its runs, in milliseconds, and how much it found."""

    name: str
    total: int
    runs: int
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything measured of one contender; bytes and seconds."""

    name: str
    articles: int
    load_seconds: float
    import_seconds: float | None
    stored_bytes: int
    memory: dict[str, int]
    searches: tuple[SearchTimes, ...]


def measure(contender: Contender, corpus: Path, searches: tuple[Search, ...], runs: int) -> Measured:
    """Load the corpus into a contender that has been started, run every search so often, and return what it took."""
    began = time.monotonic()
    contender.load(corpus)
    load_seconds = time.monotonic() - began
    times = tuple(_timed(contender, search, runs) for search in searches)
    articles, stored_bytes, memory = contender.count(), contender.stored_bytes(), contender.memory()
    import_seconds = contender.import_files(corpus)
    return Measured(
        name=contender.name,
        articles=articles,
        load_seconds=round(load_seconds, 2),
        import_seconds=None if import_seconds is None else round(import_seconds, 2),
        stored_bytes=stored_bytes,
        memory=memory,
        searches=times,
    )


def _timed(contender: Contender, search: Search, runs: int) -> SearchTimes:
    total = int(contender.search(search.parameters)["total"]["value"])  # the first run warms up
    milliseconds = [taken for _ in range(runs) for taken in _run(contender, search)]
    cuts = statistics.quantiles(milliseconds, n=20, method="inclusive")
    return SearchTimes(
        search.name, total, len(milliseconds), round(statistics.median(milliseconds), 2), round(cuts[-1], 2)
    )


def _run(contender: Contender, search: Search) -> list[float]:
    taken = []
    cursor: str | None = None
    for _ in range(search.pages):
        parameters = search.parameters if cursor is None else search.parameters | {"cursor": cursor}
        began = time.perf_counter()
        answer = contender.search(parameters)
        taken.append((time.perf_counter() - began) * 1000)
        cursor = answer["next"]
        if cursor is None:
            break
    return taken
