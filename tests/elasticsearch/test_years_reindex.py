"""Reindexing yearly indices one after another, while articles are written, interrupted and gone on with."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from index_mappings import load_mapping
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, Period, open_engine
from service.search.engine import Put, Written
from tests.contract.articles import put
from tests.elasticsearch.administering import Command, Writer, text_of

YEARS = ("2019", "2020", "2021")
V = f"v{load_mapping('articles').version}"


@pytest.fixture
def prefix(elasticsearch_prefix: str) -> str:
    return f"{elasticsearch_prefix}-"


@pytest.fixture
def command(elasticsearch_url: str, prefix: str, tmp_path: Path) -> Command:
    return Command(elasticsearch_url, prefix, tmp_path, {"elasticsearch_index_period": "year"})


@pytest.fixture
def engine(elasticsearch_url: str, prefix: str) -> Iterator[ElasticsearchEngine]:
    opened = open_engine(
        ElasticsearchSettings(
            (elasticsearch_url,), index_prefix=prefix, index_period=Period.YEAR, timeout=30, number_of_replicas=0
        )
    )
    yield opened
    opened.close()


def dated(number: int, version: int) -> Put:
    """Return a state of an article whose year changes from version to version."""
    article = text_of(number, version).article
    return put(replace(article, published_at=datetime.fromisoformat(f"{2019 + (number + version) % 3}-05-05T00Z")))


def live(client: Elasticsearch, prefix: str) -> set[str]:
    found = client.indices.get_alias(name=f"{prefix}articles")
    return {name.removeprefix(f"{prefix}articles-") for name in found}


def numbered(number: int, *years: str) -> set[str]:
    return {f"{year}-{V}-{number:06}" for year in years}


def assert_each_is_there_once(engine: ElasticsearchEngine, kept: dict[int, Put]) -> None:
    found = sorted((each.article.id, each.fingerprint) for each in engine.scan())
    assert found == sorted((operation.article.id, operation.fingerprint) for operation in kept.values())
    assert engine.fingerprints([operation.article.id for operation in kept.values()]).keys() == dict(found).keys()


def test_articles_written_meanwhile_are_in_the_new_indices_though_it_is_killed(
    engine: ElasticsearchEngine, command: Command, client: Elasticsearch, prefix: str
) -> None:
    before = {number: dated(number, 0) for number in range(90_000, 90_300)}
    assert all(isinstance(outcome, Written) for outcome in engine.write(list(before.values())))
    writer = Writer(engine, 150, seed=7, pause=0.05, text=dated)
    writer.thread.start()
    killed = command.start("index", "reindex")
    while (
        not (state := client.options(ignore_status=404).get(index=f"{prefix}operations", id="reindex").body)["found"]
        or YEARS[1] not in state["_source"]["source"]
    ):
        assert killed.poll() is None, killed.communicate()
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    assert live(client, prefix) >= numbered(2, YEARS[0])
    done = command.run("index", "reindex")
    assert done.returncode == 0, done.stderr
    writer.finish()
    # None was built twice, and what had been done before the kill was not done again.
    assert live(client, prefix) == numbered(2, *YEARS) | {f"{V}-000002"}
    assert_each_is_there_once(engine, {**before, **writer.kept})


def test_one_year_can_be_built_anew(
    engine: ElasticsearchEngine, command: Command, client: Elasticsearch, prefix: str
) -> None:
    kept = {number: dated(number, 0) for number in range(6)}
    engine.write(list(kept.values()))
    engine.get("w.00000")  # the list of indices is known by now
    done = command.run("index", "reindex", "--year", "2020", "--drop-old", "--shards", "2")
    assert done.returncode == 0, done.stderr
    assert live(client, prefix) == numbered(1, "2019", "2021") | numbered(2, "2020") | {f"{V}-000001"}
    assert not client.indices.exists(index=f"{prefix}articles-2020-{V}-000001")
    kept |= {number: dated(number, 1) for number in range(3)}
    assert all(isinstance(outcome, Written) for outcome in engine.write([kept[number] for number in range(3)]))
    assert_each_is_there_once(engine, kept)
    unknown = command.run("index", "reindex", "--year", "1999")
    assert unknown.returncode == 2
    assert "There are: 2019, 2020, 2021, other" in unknown.stderr


def test_the_commands_know_the_years(
    engine: ElasticsearchEngine, command: Command, client: Elasticsearch, prefix: str
) -> None:
    engine.write([dated(number, 0) for number in range(2)])
    for year in YEARS[:2]:
        client.indices.put_mapping(index=f"{prefix}articles-{year}-{V}-000001", meta={"version": 0})
    [reason] = [check.message for check in engine.checks() if not check.ready]
    assert reason
    assert "gisa index migrate" in reason.en
    migrated = command.run("index", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    assert migrated.stderr.count("which is in use now") == 2
    shown = command.run("index", "status").stdout
    assert len(re.findall(rf"articles-20(19|20)-{V}-000001 +kept +0 ", shown)) == 2, shown
    assert len(re.findall(rf"articles-20(19|20)-{V}-000002 +in use +{V[1:]} ", shown)) == 2, shown
    assert re.search(rf"articles-{V}-000001 +in use +{V[1:]} ", shown), shown
    assert command.run("index", "drop-old").stderr.count("Deleted") == 2
    assert engine.count() == 2
