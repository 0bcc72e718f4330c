"""Stories in SQLite: several processes, a kill, and a data directory from before there were any."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import apsw
import pytest

from service.engines.embedded import EmbeddedEngine, open_engine
from service.engines.embedded.builder import rebuild
from service.engines.embedded.database import FILE_NAME
from service.search.engine import Written
from service.search.request import SearchRequest
from service.search.tree import Everything
from service.stories.memory import Stories
from service.stories.signature import signature_of
from tests.unit.engines.embedded.story_worker import BODIES, _operation, article_of

_ROOT = Path(__file__).resolve().parents[4]
Step = tuple[str, str | None]


def start(directory: Path, steps: Sequence[Step]) -> subprocess.Popen[str]:
    """Start a process that does these steps one at a time."""
    worker = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("story_worker.py")), str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(_ROOT), "PATH": ""},
    )
    assert worker.stdin
    worker.stdin.write("".join(json.dumps(step) + "\n" for step in steps))
    worker.stdin.close()
    return worker


def steps_of(worker: int) -> list[Step]:
    """Return a worker's articles in random order, one in three of them taken out again."""
    numbers = random.Random(worker)
    names = sorted(BODIES) * 3
    numbers.shuffle(names)
    steps: list[Step] = []
    for place, name in enumerate(names):
        steps.append((f"{worker}-{place}", name))
        if place % 3 == 2:
            steps.append((f"{worker}-{place - 1}", None))
    return steps


def expected(held: Mapping[str, str]) -> dict[str, str]:
    """Return the stories of articles (id to the name of its body) that come one after the other."""
    stories = Stories()
    for key, body in held.items():
        signature = signature_of(article_of(key, body))
        assert signature
        stories.put(key, signature)
    return dict(stories.stories)


def stored(engine: EmbeddedEngine) -> dict[str, tuple[str, str | None]]:
    """Return the name of the body and the story of every article."""
    names = {body: name for name, body in BODIES.items()}
    return {found.article.id: (names[found.article.body], found.article.story_id) for found in engine.scan()}


def check(engine: EmbeddedEngine) -> None:
    """Compare the stories, in the store and in the index, with what the articles that are there make."""
    found = stored(engine)
    wanted = expected({key: body for key, (body, _) in found.items()})
    assert {key: story for key, (_, story) in found.items()} == wanted
    [last] = engine.write([_operation("last", "other")])
    engine.wait_until_searchable([last])
    results = engine.search(SearchRequest(Everything(), size=100, group_by_story=True))
    grouped = {hit.article.story_id: (hit.copies or 0) + 1 for hit in results.hits}
    assert grouped == Counter(expected({**{key: body for key, (body, _) in found.items()}, "last": "other"}).values())


def test_processes_that_write_at_once_make_the_same_stories(tmp_path: Path) -> None:
    workers = [start(tmp_path, steps_of(number)) for number in range(3)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0]
    engine = open_engine(tmp_path)
    held: dict[str, str] = {}
    for number in range(3):
        for key, body in steps_of(number):
            if body is None:
                del held[key]
            else:
                held[key] = body
    assert {key: body for key, (body, _) in stored(engine).items()} == held
    check(engine)
    engine.close()
    rebuild(tmp_path)
    engine = open_engine(tmp_path)
    check(engine)
    engine.close()


@pytest.mark.parametrize("after", [1, 8, 20])
def test_a_killed_process_leaves_whole_stories(tmp_path: Path, after: int) -> None:
    worker = start(tmp_path, steps_of(7))
    assert worker.stdout
    for _ in range(after):
        worker.stdout.readline()
    worker.kill()
    worker.wait()
    engine = open_engine(tmp_path)
    check(engine)
    engine.close()


def test_a_data_directory_from_before_takes_stories_from_now_on(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    engine.write([_operation("old", "original")])
    engine.close()
    connection = apsw.Connection(str(tmp_path / FILE_NAME))
    connection.execute("DROP TABLE stories; DROP TABLE bands; DROP TABLE quotes; DROP TABLE records; DROP TABLE views")
    connection.execute("UPDATE meta SET value = 1 WHERE name = 'schema_version'")
    connection.close()
    engine = open_engine(tmp_path)
    assert engine.get("old").article.story_id is None
    [new] = engine.write([_operation("new", "light")])
    assert isinstance(new, Written)
    assert new.membership
    assert new.membership.duplicate_of is None
    engine.write([_operation("old", "other"), _operation("old", "original")])
    stories = {key: story for key, (_, story) in stored(engine).items()}
    assert stories == expected({"new": "light", "old": "original"})
    engine.close()
