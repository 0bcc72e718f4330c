"""Reindexing while articles are written, as a real process that is killed and run again."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from index_mappings import load_mapping
from service.domain.errors import Conflict, EngineUnavailable, PreconditionFailed
from service.engines.elasticsearch import (
    Administration,
    ElasticsearchEngine,
    ElasticsearchSettings,
    open_engine,
    reindexing,
)
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.operations import Operations, Reindexing
from service.engines.elasticsearch.reindexing import Reindexer
from service.search.engine import Delete, Precondition, Put, Refused, Written
from service.search.query_language import parse
from service.search.request import SearchRequest
from tests.elasticsearch.administering import Command, Writer, articles_in_ci, text_of


@pytest.fixture
def prefix(elasticsearch_prefix: str) -> str:
    return f"{elasticsearch_prefix}-"


@pytest.fixture
def command(elasticsearch_url: str, prefix: str, tmp_path: Path) -> Command:
    return Command(elasticsearch_url, prefix, tmp_path)


@pytest.fixture
def engine(elasticsearch_url: str, prefix: str) -> Iterator[ElasticsearchEngine]:
    settings = ElasticsearchSettings((elasticsearch_url,), index_prefix=prefix, timeout=30, number_of_replicas=0)
    opened = open_engine(settings)
    yield opened
    opened.close()


STEPS = (9, 10, 19, 20, 27, 31, 36, 37, 40, 43)
"""Requests after which a run is stopped: state written, index made, articles copied, block set, swapped, tidied up."""


class _StoppedError(BaseException):
    """As hard as a kill: nothing that is to clean up after an error does so."""


class _StoppedConnection:
    """A connection that ends the run after so many requests, each of which has been done."""

    def __init__(self, connection: Connection, requests: int) -> None:
        self._connection = connection
        self._left = requests

    def ask(self, question: Any) -> Any:
        return self._counted(self._connection.ask, question)

    def ask_patiently(self, question: Any) -> Any:
        return self._counted(self._connection.ask_patiently, question)

    def _counted(self, ask: Any, question: Any) -> Any:
        if self._left == 0:
            raise _StoppedError
        self._left -= 1
        return ask(question)


class _FailingConnection(_StoppedConnection):
    """A connection on which the answer to one request is lost."""

    has_failed = False

    def _counted(self, ask: Any, question: Any) -> Any:
        self._left -= 1
        answer = ask(question)
        if self._left == 0:
            self.has_failed = True
            raise EngineUnavailable("", "")
        return answer


def _unseen(done: int, total: int) -> None:
    assert done <= total


def nothing_left(client: Elasticsearch, prefix: str) -> bool:
    """Return whether no run has any right or state left."""
    aliases = client.indices.get_alias(index=f"{prefix}*").body
    rights = [alias for found in aliases.values() for alias in found["aliases"] if ".filling-" in alias]
    return not rights and not client.exists(index=f"{prefix}operations", id="reindex")


def live(client: Elasticsearch, prefix: str) -> str:
    [name] = client.indices.get_alias(name=f"{prefix}articles")
    return str(name)


def assert_whole(engine: ElasticsearchEngine, kept: dict[int, Put]) -> None:
    """Every acknowledged article is there once as it was last put, and nothing else is."""
    found = {each.article.id: each for each in engine.scan()}
    assert engine.count() == len(found) == len(kept)
    for operation in kept.values():
        assert found[operation.article.id].fingerprint == operation.fingerprint
        assert found[operation.article.id].article == operation.article


def test_articles_written_meanwhile_are_in_the_new_index_though_it_is_killed(
    engine: ElasticsearchEngine, command: Command, client: Elasticsearch, prefix: str
) -> None:
    seed = random.randrange(1 << 32)
    chosen = random.Random(seed)
    articles = articles_in_ci()
    before = [text_of(number, 0) for number in range(100_000, 100_000 + articles)]
    outcomes = engine.write(before)
    assert all(isinstance(outcome, Written) for outcome in outcomes)
    engine.write([Delete(put.article.id) for put in before[:20]])
    first = live(client, prefix)
    writer = Writer(engine, articles, seed, pause=0.05 if articles < 1000 else 0.02)
    writer.thread.start()
    for _ in range(3):
        process = command.start("index", "reindex")
        time.sleep(chosen.uniform(0.8, 7.5))
        process.kill()
        process.communicate()
    done = command.run("index", "reindex")
    assert writer.thread.is_alive(), (seed, writer.failure)
    writer.finish()
    assert done.returncode == 0, (seed, done.stderr)
    last = live(client, prefix)
    assert last != first, seed
    print(f"seed {seed}: {writer.sent} sent, {len(writer.deleted)} gone, refused {writer.refused} times, {done.stderr}")
    kept = {**writer.kept, **{100_000 + n: put for n, put in enumerate(before[20:], 20)}}
    assert_whole(engine, kept)
    for number in writer.deleted:
        assert engine.fingerprints([f"w.{number:05}"]) == {}, seed
    total = engine.search(SearchRequest(parse("예산").tree)).total
    assert total == sum("예산" in each.article.title + each.article.body for each in kept.values())


def test_a_block_that_was_left_behind_is_lifted(
    engine: ElasticsearchEngine, command: Command, client: Elasticsearch, prefix: str
) -> None:
    engine.write([text_of(number, 0) for number in range(10)])
    source = live(client, prefix)
    target = f"{prefix}articles-v1-000009"
    state = {"source": source, "target": target, "run": "gone", "mapping": "-", "began_at": 0, "phase": "swapping"}
    client.indices.create(index=target, aliases={f"{target}.filling-gone": {}})
    client.index(index=f"{prefix}operations", id="reindex", document={**state, "copied": 0, "beat": 7, "done": {}})
    client.indices.add_block(index=source, block="write")
    began = time.monotonic()
    while not isinstance(engine.write([text_of(11, 0)])[0], Written):
        assert time.monotonic() - began < 30
    assert time.monotonic() - began > 9
    assert client.indices.get_alias(index=target)[target]["aliases"] == {}
    done = command.run("index", "reindex", "--drop-old")
    assert done.returncode == 0, done.stderr
    assert engine.count() == 11
    assert not client.indices.exists(index=source)


# A killed process closes nothing; here the generators of the stopped run try to.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_run_killed_at_any_step_is_finished_by_the_next(
    engine: ElasticsearchEngine,
    command: Command,
    client: Elasticsearch,
    prefix: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reindexing, "_SILENCE", 0.6)
    kept = {number: text_of(number, 0) for number in range(30)}
    engine.write(list(kept.values()))
    settings = ElasticsearchSettings((command.url,), index_prefix=prefix, timeout=30, number_of_replicas=0)
    for step in STEPS:
        source = live(client, prefix)
        connection = Connection(settings)
        stopped = _StoppedConnection(connection, step)
        with pytest.raises(_StoppedError):
            Reindexer(stopped, Indices(stopped, settings), _unseen).run()  # type: ignore[arg-type]
        connection.close()
        number = 50 + STEPS.index(step)
        kept[number] = text_of(number, 0)
        again = Administration(settings)
        assert len(list(again.reindex(_unseen))) == 1
        again.close()
        assert isinstance(engine.write([kept[number]])[0], Written)
        assert live(client, prefix) != source
        assert nothing_left(client, prefix)
        assert_whole(engine, kept)


def test_two_runs_at_a_time_are_refused(engine: ElasticsearchEngine, command: Command, prefix: str) -> None:
    settings = ElasticsearchSettings((command.url,), index_prefix=prefix, timeout=30, number_of_replicas=0)
    engine.write([text_of(1, 0)])
    connection = Connection(settings)
    first, over = Operations(connection, f"{prefix}operations"), threading.Event()
    state = first.write(Reindexing("a", "b", "first", "-", 0))

    def live_on() -> None:
        while not over.wait(0.1):
            first.write(replace(state, beat=time.monotonic_ns()))

    thread = threading.Thread(target=live_on)
    thread.start()
    try:
        with pytest.raises(Conflict, match="Another"):
            Reindexer(connection, Indices(connection, settings), _unseen).run()
    finally:
        over.set()
        thread.join()
        connection.close()


@pytest.mark.parametrize(("request_number", "is_swapped"), [(39, False), (43, False), (44, True)])
def test_a_lost_answer_under_the_block_leaves_no_block(
    engine: ElasticsearchEngine,
    command: Command,
    client: Elasticsearch,
    prefix: str,
    request_number: int,
    is_swapped: bool,
) -> None:
    kept = {number: text_of(number, 0) for number in range(30)}
    engine.write(list(kept.values()))
    source = live(client, prefix)
    settings = ElasticsearchSettings((command.url,), index_prefix=prefix, timeout=30, number_of_replicas=0)
    connection = Connection(settings)
    failing = _FailingConnection(connection, request_number)
    with nullcontext() if is_swapped else pytest.raises(EngineUnavailable):
        Reindexer(failing, Indices(failing, settings), _unseen).run()  # type: ignore[arg-type]
    connection.close()
    assert failing.has_failed
    assert (live(client, prefix) != source) is is_swapped
    kept[50] = text_of(50, 0)
    assert isinstance(engine.write([kept[50]])[0], Written)
    assert_whole(engine, kept)


def test_a_version_of_the_old_index_is_refused_and_one_of_the_new_is_taken(
    engine: ElasticsearchEngine, command: Command
) -> None:
    [written] = engine.write([text_of(1, 0)])
    assert isinstance(written, Written)
    engine.write([text_of(1, 1), text_of(2, 0)])
    stale = engine.fingerprints(["w.00001"])["w.00001"][1]
    assert command.run("index", "reindex").returncode == 0
    fresh = engine.fingerprints(["w.00001"])["w.00001"][1]
    changed = text_of(1, 2)
    for version, is_taken in ((stale, stale == fresh), (fresh, True)):
        [outcome] = engine.write(
            [Put(changed.article, changed.tokens, changed.fingerprint, Precondition(versions=frozenset({version})))]
        )
        assert isinstance(outcome, Written) == is_taken
        assert is_taken or (isinstance(outcome, Refused) and isinstance(outcome.error, PreconditionFailed))


def test_the_commands_say_what_there_is(command: Command, client: Elasticsearch, prefix: str) -> None:
    version = load_mapping("articles").version
    first, second = (f"articles-v{version}-{number:06}" for number in (1, 2))
    assert "gisa index create" in command.run("index", "status").stdout
    created = command.run("index", "create", "--shards", "2")
    assert created.returncode == 0, created.stderr
    assert "already" in command.run("index", "create").stderr
    shown = command.run("index", "status").stdout
    assert re.search(rf"{prefix}articles +{prefix}{first} +in use +{version} +0 ", shown), shown
    assert "under way: nothing" in shown
    assert "nothing to do" in command.run("index", "migrate").stderr
    client.indices.put_mapping(index=f"{prefix}{first}", meta={"version": 0})
    migrated = command.run("index", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    shown = command.run("index", "status").stdout
    assert re.search(rf"{first} +kept +0 ", shown), shown
    assert re.search(rf"{second} +in use +{version} ", shown), shown
    assert "Deleted" in command.run("index", "drop-old").stderr
    assert "no old index" in command.run("index", "drop-old").stderr
    korean = command.run("index", "status", language="ko").stdout
    assert "사용 중" in korean
    assert "보관" not in korean


def test_the_embedded_engine_has_no_indices_to_handle(command: Command) -> None:
    for arguments in (("status",), ("create",), ("migrate",), ("reindex",), ("drop-old",)):
        done = command.run("index", *arguments, engine="embedded")
        assert done.returncode == 2
        assert "Elasticsearch only" in done.stderr
