"""Several processes on one directory, and processes that die."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.engines.embedded import EmbeddedEngine, open_engine
from service.engines.embedded.locks import INDEXING, is_held
from service.search.engine import Put
from service.search.request import SearchRequest
from service.search.tree import Word

_ROOT = Path(__file__).resolve().parents[4]


class Process:
    """A running tests/unit/engines/embedded/process.py."""

    def __init__(self, directory: Path, mode: str) -> None:
        command = [sys.executable, str(Path(__file__).with_name("process.py")), str(directory), mode]
        environment = {"PYTHONPATH": str(_ROOT), "PATH": ""}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self.answer() == "ready"

    def ask(self, *command: Any) -> Any:
        self.tell(*command)
        return self.answer()

    def tell(self, *command: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def answers_until_killed(self, seconds: float) -> list[Any]:
        """Kill -9 after so many seconds and return every whole answer given until then."""
        time.sleep(seconds)
        self.kill()
        assert self._process.stdout
        lines = self._process.stdout.read().split("\n")
        return [json.loads(line) for line in lines[:-1]]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        if self._process.poll() is None:
            assert self._process.stdin
            self._process.stdin.close()
            self._process.wait(timeout=30)
        for stream in (self._process.stdin, self._process.stdout):
            if stream and not stream.closed:
                stream.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Process]]:
    started: list[Process] = []

    def run(mode: str) -> Process:
        started.append(Process(tmp_path, mode))
        return started[-1]

    yield run
    for process in started:
        process.close()


@pytest.mark.parametrize("second", ["index", "search"])
def test_a_write_in_one_process_is_found_by_another(start: Callable[[str], Process], second: str) -> None:
    one, other = start("index"), start(second)
    for number in range(10):
        writer, reader = (one, other) if number % 2 else (other, one)
        writer.ask("put", [f"a{number}", "전차"])
        assert reader.ask("find", "전차") == [f"a{known}" for known in range(number + 1)]


def test_another_process_takes_over_when_the_indexing_one_dies(start: Callable[[str], Process], tmp_path: Path) -> None:
    one, other = start("index"), start("index")
    one.ask("put", ["a", "전차"])
    one.kill()
    began = time.monotonic()
    assert other.ask("put", ["b", "전차"])
    assert time.monotonic() - began < 10
    assert other.ask("find", "전차") == ["a", "b"]
    assert is_held(tmp_path / INDEXING)


@pytest.mark.parametrize("_", range(3))
def test_nothing_acknowledged_is_lost_when_killed_in_the_middle(
    start: Callable[[str], Process], tmp_path: Path, word: Callable[..., Word], _: int
) -> None:
    for _round in range(2):
        process = start("index")
        process.tell("flood")
        last = process.answers_until_killed(random.uniform(0.05, 1.2))
        began = time.monotonic()
        engine = open_engine(tmp_path)
        try:
            _await_no_lag(engine)
            assert time.monotonic() - began < 5
            _require_index_equals_store(engine, word("홍수"))
            if last:
                keys = [f"n{number}" for number in range(last[-1] + 1)]
                deleted = {f"n{number - 1}" for number in range(1, last[-1] + 2) if number % 3 == 0}
                stored = engine.fingerprints(keys)
                assert [key for key in keys if key not in deleted and key not in stored] == []
        finally:
            engine.close()


def test_a_closed_engine_lets_another_one_index(tmp_path: Path, put: Callable[..., Put]) -> None:
    for number in range(3):
        engine = open_engine(tmp_path)
        engine.wait_until_searchable(engine.write([put(f"a{number}")]))
        assert engine.search(SearchRequest()).total == number + 1
        engine.close()
    assert not is_held(tmp_path / INDEXING)


def _await_no_lag(engine: EmbeddedEngine) -> None:
    deadline = time.monotonic() + 20
    while engine.lag() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert engine.lag() == 0


def _require_index_equals_store(engine: EmbeddedEngine, query: Word) -> None:
    found: dict[str, str] = {}
    cursor = None
    while True:
        results = engine.search(SearchRequest(query, size=100, cursor=cursor))
        found |= {hit.article.id: hit.article.body for hit in results.hits}
        cursor = results.next
        if cursor is None:
            break
    assert len(found) == results.total == engine.count()
