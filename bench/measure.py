"""Every contender over the same articles and searches, taking turns."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.contenders.contender import Answered, Contender, Memory, NotOffered
from bench.kinds import BROAD, Kind
from bench.throughput import CLIENTS, requests_per_second
from service.search.engine import Put

_WARM_UP = 3
_LEAST_RUNS = 5
_MOST_SECONDS = 20.0  # for one kind and contender; beyond it a contender that is slow takes no further turns
_MARKER = "loaded-seconds"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one kind of search, how often it ran and how much it found."""

    p50: float
    p95: float
    p99: float
    runs: int
    total: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything measured of one contender; `per_second` by the number of clients, None where it is no server."""

    name: str
    load_seconds: float
    start_seconds: float | None
    stored_bytes: int
    memory: Memory | None
    times: dict[str, Times]
    per_second: dict[int, float] | None


def compare(
    contenders: Sequence[Contender],
    kinds: Sequence[Kind],
    parts: Callable[[], Iterable[Sequence[Put]]],
    folder: Path,
    runs: int,
    seconds: int,
) -> list[Measured]:
    """Load each contender, start all, have them take turns at every kind of search, and return what was measured.

    What was loaded into the folder before is used again.
    """
    loaded = {contender.name: _loaded(contender, parts, folder / _slug(contender.name)) for contender in contenders}
    started, memory = {}, {}
    for contender in contenders:
        _tell(f"starting {contender.name}")
        started[contender.name] = contender.open(folder / _slug(contender.name))
    try:
        for contender in contenders:
            contender.search(kinds[0])
        time.sleep(5)
        memory = {contender.name: contender.memory() for contender in contenders}
        times: dict[str, dict[str, Times]] = {contender.name: {} for contender in contenders}
        for kind in kinds:
            _tell(kind.name)
            for name, taken in _taking_turns(contenders, kind, runs).items():
                times[name][kind.name] = taken
        _tell(f"throughput at {', '.join(map(str, CLIENTS))} clients")
        per_second = {contender.name: _per_second(contender, kinds, seconds) for contender in contenders}
        return [
            Measured(
                contender.name,
                round(loaded[contender.name], 1),
                started[contender.name],
                contender.stored_bytes(folder / _slug(contender.name)),
                memory[contender.name],
                times[contender.name],
                per_second[contender.name],
            )
            for contender in contenders
        ]
    finally:
        for contender in contenders:
            contender.close()


def _loaded(contender: Contender, parts: Callable[[], Iterable[Sequence[Put]]], folder: Path) -> float:
    marker = folder / _MARKER
    if not marker.exists():
        _tell(f"loading {contender.name}")
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(str(contender.load(folder, parts())), encoding="ascii")
    return float(marker.read_text(encoding="ascii"))


def _per_second(contender: Contender, kinds: Sequence[Kind], seconds: int) -> dict[int, float] | None:
    broad = next(kind for kind in kinds if kind.name == BROAD)
    url = contender.url(broad)
    if url is None:
        return None
    return {clients: round(requests_per_second(url, clients, seconds), 1) for clients in CLIENTS}


def _taking_turns(contenders: Sequence[Contender], kind: Kind, runs: int) -> dict[str, Times]:
    answers: dict[str, list[Answered]] = {contender.name: [] for contender in contenders}
    taking_part = list(contenders)
    for run in range(-_WARM_UP, runs):
        for contender in random.sample(taking_part, len(taking_part)):
            own = answers[contender.name]
            try:
                answer = contender.search(kind)
            except NotOffered:
                taking_part.remove(contender)
                continue
            if run >= 0:
                own.append(answer)
            if len(own) >= _LEAST_RUNS and sum(each.milliseconds for each in own) > _MOST_SECONDS * 1000:
                taking_part.remove(contender)
    return {name: _times(own) for name, own in answers.items() if own}


def _times(answers: Sequence[Answered]) -> Times:
    milliseconds = [answer.milliseconds for answer in answers]
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    p50, p95, p99 = (round(value, 2) for value in (statistics.median(milliseconds), cuts[94], cuts[98]))
    return Times(p50, p95, p99, len(answers), answers[-1].total)


def _slug(name: str) -> str:
    return "".join(character if character.isalnum() else "-" for character in name.lower())


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)
