"""Reindexing an index of several shards, and the proof that nothing reached the old index after the swap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, open_engine
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.operations import Operations, Reindexing
from service.engines.elasticsearch.reindexing import Reindexed, Reindexer
from service.search.engine import Delete, Put, Written
from tests.elasticsearch.administering import Command, Writer, text_of

SHARDS = 3


@pytest.fixture
def settings(elasticsearch_url: str, elasticsearch_prefix: str) -> ElasticsearchSettings:
    return ElasticsearchSettings(
        (elasticsearch_url,),
        index_prefix=f"{elasticsearch_prefix}-",
        timeout=30,
        number_of_shards=SHARDS,
        number_of_replicas=0,
    )


@pytest.fixture
def engine(settings: ElasticsearchSettings) -> Iterator[ElasticsearchEngine]:
    opened = open_engine(settings)
    yield opened
    opened.close()


def live(client: Elasticsearch, prefix: str) -> str:
    [name] = client.indices.get_alias(name=f"{prefix}articles")
    return str(name)


def documents_by_shard(client: Elasticsearch, index: str) -> list[int]:
    client.indices.refresh(index=index)
    shards = client.indices.stats(index=index, metric="docs", level="shards")["indices"][index]["shards"]
    return [copies[0]["docs"]["count"] for _, copies in sorted(shards.items())]


def assert_whole(engine: ElasticsearchEngine, kept: dict[int, Put]) -> None:
    found = {each.article.id: each.fingerprint for each in engine.scan()}
    assert found == {operation.article.id: operation.fingerprint for operation in kept.values()}
    assert engine.count() == len(kept)


@pytest.mark.parametrize("shards", [SHARDS, 2])
def test_every_shard_is_copied_while_articles_are_written(
    engine: ElasticsearchEngine,
    client: Elasticsearch,
    settings: ElasticsearchSettings,
    tmp_path: Path,
    shards: int,
) -> None:
    before = {number: text_of(number, 0) for number in range(80_000, 80_450)}
    assert all(isinstance(outcome, Written) for outcome in engine.write(list(before.values())))
    gone = [before.pop(number).article.id for number in range(80_000, 80_020)]
    engine.write([Delete(key) for key in gone])
    source = live(client, settings.index_prefix)
    assert all(documents_by_shard(client, source)), "there is nothing to copy in one of the shards"
    writer = Writer(engine, 100, seed=11, pause=0.05)
    writer.thread.start()
    command = Command(settings.urls[0], settings.index_prefix, tmp_path)
    done = command.run("index", "reindex", "--shards", str(shards))
    assert done.returncode == 0, done.stderr
    writer.finish()
    target = live(client, settings.index_prefix)
    assert target != source
    assert len(documents_by_shard(client, target)) == shards
    assert all(documents_by_shard(client, target))
    assert_whole(engine, {**before, **writer.kept})


class _Meddler(Reindexer):
    """A run after whose swap somebody lifts the block of the old index and writes to it."""

    client: Elasticsearch

    def _end(self, state: Reindexing) -> Reindexed:
        self.client.indices.put_settings(index=state.source, settings={"blocks.write": None})
        found = self.client.get(index=state.source, id="w.00001")["_source"]
        self.client.index(index=state.source, id="late", document={**found, "id": "late"})
        return super()._end(state)


def test_a_late_write_to_the_old_index_is_told(
    engine: ElasticsearchEngine, client: Elasticsearch, settings: ElasticsearchSettings
) -> None:
    kept = {number: text_of(number, 0) for number in range(12)}
    engine.write(list(kept.values()))
    source = live(client, settings.index_prefix)
    connection = Connection(settings)
    indices = Indices(connection, settings)
    run = _Meddler(connection, indices, _unseen)
    run.client = client
    with pytest.raises(EngineUnavailable, match="later writes") as told:
        run.run()
    target = live(client, settings.index_prefix)
    assert target != source
    assert source in told.value.message.en
    assert target in told.value.message.ko
    # What came late is where the message says, and can come no more: the old index takes no writes again.
    assert client.get(index=source, id="late")["found"]
    assert client.indices.get_settings(index=source)[source]["settings"]["index"]["blocks"]["write"] == "true"
    assert Operations(connection, indices.operations).read() is None
    assert_whole(engine, kept)
    assert Reindexer(connection, indices, _unseen).run().articles == 12
    connection.close()


def _unseen(*_: Any) -> None:
    """Show no progress."""
