"""`gisa` as real processes over the node of the tests, and articles to write meanwhile."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.running import environment, gisa
from service.domain.errors import EngineUnavailable
from service.search.engine import Change, Delete, Engine, Operation, Put, Refused, Written
from tests.contract.articles import article, put

WORDS = ("도서관", "하천", "공원", "버스", "축제", "예산", "조례", "시장", "청년", "안전")


@dataclass(frozen=True)
class Command:
    """Runs `gisa` with the settings of one test; `own` holds those beyond the ones of every test."""

    url: str
    prefix: str
    folder: Path
    own: Mapping[str, str] = field(default_factory=dict)

    def settings(self, **more: str) -> dict[str, str]:
        """Return the environment of the process."""
        given = {
            "engine": "elasticsearch",
            "elasticsearch_url": self.url,
            "elasticsearch_index_prefix": self.prefix,
            "elasticsearch_replicas": "0",
            "language": "en",
            **self.own,
            **more,
        }
        return {**environment(self.folder / "data", **given), "COLUMNS": "200"}

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        return subprocess.run(
            gisa(*arguments),
            env=self.settings(**settings),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """Start and return the process."""
        return subprocess.Popen(gisa(*arguments), env=self.settings(**settings), stderr=subprocess.PIPE, text=True)


def text_of(number: int, version: int) -> Put:
    """Return one state of one article."""
    chosen = random.Random(f"{number} {version}")
    body = " ".join(chosen.choice(WORDS) + "에서 일했다." for _ in range(chosen.randrange(5, 40)))
    return put(article("w", f"{number:05}", f"{body} {version}", title=f"{chosen.choice(WORDS)} {number}"))


@dataclass
class Writer:
    """A thread that creates, replaces and deletes articles and keeps book of what was acknowledged.

    `text` gives the state of an article by its number and version.
    """

    engine: Engine
    articles: int
    seed: int
    pause: float = 0.0
    text: Callable[[int, int], Put] = text_of
    kept: dict[int, Put] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    refused: int = 0
    sent: int = 0
    failure: BaseException | None = None

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._run)
        self.stopped = threading.Event()

    def _run(self) -> None:
        try:
            for operations in self._operations():
                if self.stopped.wait(self.pause):
                    return
                self._write(operations)
                self.sent += 5
        except BaseException as error:  # noqa: BLE001 -- the test raises it
            self.failure = error

    def _operations(self) -> Iterator[list[tuple[int, Operation]]]:
        """Yield batches: new articles until all are sent, and changes of earlier ones for as long as it is asked."""
        chosen = random.Random(self.seed)
        for version, first in enumerate(itertools.count(0, 5), 1):
            fresh = [(number, self.text(number, 0)) for number in range(first, min(first + 5, self.articles))]
            known = chosen.sample(sorted(self.kept), min(len(self.kept), 3))
            changed = [(number, self.text(number, version)) for number in known[:2]]
            gone = [(number, Delete(f"w.{number:05}")) for number in known[2:]]
            back = sorted(self.deleted)[:1] if version % 3 == 0 else []
            yield [*fresh, *changed, *gone, *((number, self.text(number, version)) for number in back)]

    def finish(self) -> None:
        """Return when everything that is new has been sent; raises what the thread failed with."""
        while self.failure is None and self.thread.is_alive() and self.sent < self.articles:
            time.sleep(0.05)
        self.stopped.set()
        self.thread.join()
        if self.failure:
            raise self.failure

    def _write(self, operations: list[tuple[int, Operation]]) -> None:
        for _ in range(60):
            try:
                outcomes = self.engine.write([operation for _, operation in operations])
            except EngineUnavailable:
                outcomes = [Refused("", EngineUnavailable("", ""))] * len(operations)
            left = []
            for (number, operation), outcome in zip(operations, outcomes, strict=True):
                if isinstance(outcome, Written):
                    self._acknowledged(number, operation, outcome)
                else:
                    assert isinstance(outcome.error, EngineUnavailable), outcome
                    self.refused += 1
                    left.append((number, operation))
            if not left:
                return
            operations = left
            time.sleep(0.3)
        raise AssertionError("writes were refused for too long")

    def _acknowledged(self, number: int, operation: Operation, outcome: Written) -> None:
        if isinstance(operation, Put):
            self.kept[number] = operation
            self.deleted.discard(number)
            assert outcome.change is not Change.DELETED
        else:
            del self.kept[number]
            self.deleted.add(number)


def articles_in_ci() -> int:
    """Return how many articles the writer sends: GISA_TEST_REINDEX_ARTICLES, else a few hundred."""
    return int(os.environ.get("GISA_TEST_REINDEX_ARTICLES", "400"))
