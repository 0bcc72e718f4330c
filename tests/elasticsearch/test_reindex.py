"""Reindexing while articles are written, as a real process that is killed and run again."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from service.domain.errors import PreconditionFailed
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, open_engine
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
            [Put(changed.article, changed.texts, changed.fingerprint, Precondition(versions=frozenset({version})))]
        )
        assert isinstance(outcome, Written) == is_taken
        assert is_taken or (isinstance(outcome, Refused) and isinstance(outcome.error, PreconditionFailed))


def test_the_commands_say_what_there_is(command: Command, client: Elasticsearch, prefix: str) -> None:
    assert "gisa index create" in command.run("index", "status").stdout
    created = command.run("index", "create", "--shards", "2")
    assert created.returncode == 0, created.stderr
    assert "already" in command.run("index", "create").stderr
    shown = command.run("index", "status").stdout
    assert re.search(rf"{prefix}articles +{prefix}articles-v1-000001 +in use +1 +0 ", shown), shown
    assert "under way: nothing" in shown
    assert "nothing to do" in command.run("index", "migrate").stderr
    client.indices.put_mapping(index=f"{prefix}articles-v1-000001", meta={"version": 0})
    migrated = command.run("index", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    shown = command.run("index", "status").stdout
    assert re.search(r"articles-v1-000001 +kept +0 ", shown), shown
    assert re.search(r"articles-v1-000002 +in use +1 ", shown), shown
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
