"""Three nodes, one replica: what the service was told is stored outlives the node it was written to.

GISA_TEST_CLUSTER_ARTICLES says how many articles are sent.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from service.domain.errors import EngineUnavailable, GisaError
from service.engines.elasticsearch import Administration, ElasticsearchSettings, Reindexed, open_engine
from service.search.engine import Engine, Written
from service.search.request import SearchRequest
from service.usecases.bulk import LineResult, ingest_lines
from service.usecases.ingest import Ingest
from tests.contract.articles import article, put
from tests.elasticsearch_node.fixtures import elasticsearch_cluster
from tests.elasticsearch_node.node import Node

__all__ = ["elasticsearch_cluster"]

ARTICLES = int(os.environ.get("GISA_TEST_CLUSTER_ARTICLES", "1500"))
_SECONDS_WITHOUT_SEARCH = 10.0


@pytest.fixture
def prefix() -> str:
    return f"gisa-test-{uuid4().hex[:12]}-"


@pytest.fixture
def engine(elasticsearch_cluster: tuple[Node, ...], prefix: str) -> Iterator[Engine]:
    urls = tuple(node.url for node in elasticsearch_cluster)
    opened = open_engine(ElasticsearchSettings(urls, index_prefix=prefix, number_of_replicas=1))
    elasticsearch_cluster[0].wait_for("green", nodes=3)
    yield opened
    opened.close()


def lines() -> Iterator[bytes]:
    for number in range(ARTICLES):
        document = {"id": f"n{number}", "title": f"한빛교 점검 {number}", "body": f"한빛교를 {number}번째로 살폈다."}
        yield json.dumps(document, ensure_ascii=False).encode()


def node_of_primary(nodes: tuple[Node, ...], prefix: str) -> Node:
    with Elasticsearch(nodes[0].url) as client:
        shards = client.cat.shards(index=f"{prefix}articles", format="json")
    name = next(shard["node"] for shard in shards if shard["prirep"] == "p")
    return next(node for node in nodes if node.name == name)


class Bulk(threading.Thread):
    """A bulk under way: what it has acknowledged so far, and what it was refused."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self._ingest = Ingest(engine)
        self.acknowledged: list[str] = []
        self.refused: list[LineResult] = []

    def run(self) -> None:
        for result in ingest_lines(self._ingest, lines()):
            if isinstance(result, LineResult):
                if result.change and result.id:
                    self.acknowledged.append(result.id)
                else:
                    self.refused.append(result)

    def wait_for(self, acknowledged: int) -> None:
        """Return once so many lines are acknowledged."""
        while len(self.acknowledged) < acknowledged:
            assert self.is_alive(), self.refused[:3]
            time.sleep(0.005)


def seconds_until_found(engine: Engine) -> float:
    began = time.monotonic()
    while True:
        try:
            engine.search(SearchRequest(size=1))
        except EngineUnavailable:
            assert time.monotonic() - began < _SECONDS_WITHOUT_SEARCH
            time.sleep(0.05)
        else:
            return time.monotonic() - began


@pytest.mark.slow
def test_a_killed_primary_loses_no_acknowledged_line(
    elasticsearch_cluster: tuple[Node, ...], engine: Engine, prefix: str
) -> None:
    bulk = Bulk(engine)
    bulk.start()
    bulk.wait_for(ARTICLES // 4)
    killed = node_of_primary(elasticsearch_cluster, prefix)
    before = len(bulk.acknowledged)
    assert bulk.is_alive()
    killed.kill()
    away = seconds_until_found(engine)
    bulk.join(120)
    assert not bulk.is_alive()
    acknowledged = set(bulk.acknowledged)
    assert ARTICLES >= len(acknowledged) > before, "nothing was taken after the node had been killed"
    assert all(isinstance(result.error, EngineUnavailable) for result in bulk.refused)
    print(
        f"{len(acknowledged)} of {ARTICLES} acknowledged, {before} of them before the kill; "
        f"{len(bulk.refused)} refused; searches went on after {away:.1f} s"
    )
    assert engine.fingerprints(acknowledged).keys() == acknowledged
    assert len(acknowledged) <= engine.count() <= ARTICLES

    again = Bulk(engine)  # what was refused is sent again, as a client does
    again.run()
    assert not again.refused
    assert engine.count() == ARTICLES
    assert engine.search(SearchRequest(size=1)).total == ARTICLES

    killed.start()
    killed.wait_for("green", nodes=3)
    assert engine.search(SearchRequest(size=1)).total == ARTICLES


class Run(threading.Thread):
    """A reindex under way."""

    def __init__(self, administration: Administration) -> None:
        super().__init__(daemon=True)
        self._administration = administration
        self.done: list[Reindexed] = []
        self.failure: GisaError | None = None

    def run(self) -> None:
        try:
            self.done = list(self._administration.reindex(lambda *_: None))
        except GisaError as error:
            self.failure = error


def wait_for_copies(nodes: tuple[Node, ...], prefix: str, run: Run) -> None:
    """Return once the run has copied some articles, or has ended."""
    with Elasticsearch(nodes[0].url) as client:
        quiet = client.options(ignore_status=(404, 503))
        while run.is_alive():
            state = quiet.get(index=f"{prefix}operations", id="reindex").body
            if state.get("found") and state["_source"]["copied"]:
                return
            time.sleep(0.01)


@pytest.mark.slow
def test_a_reindex_with_replicas_outlives_a_node(
    elasticsearch_cluster: tuple[Node, ...], engine: Engine, prefix: str
) -> None:
    wanted = [put(article("replicas", f"{number}", f"한빛교를 {number}번째로 살폈다.")) for number in range(600)]
    outcomes = engine.write(wanted)
    assert all(isinstance(outcome, Written) for outcome in outcomes)
    urls = tuple(node.url for node in elasticsearch_cluster)
    settings = ElasticsearchSettings(
        urls, index_prefix=prefix, timeout=30, write_timeout=60, number_of_shards=3, number_of_replicas=1
    )
    killed = node_of_primary(elasticsearch_cluster, prefix)
    administration = Administration(settings)
    run = Run(administration)
    run.start()
    wait_for_copies(elasticsearch_cluster, prefix, run)
    assert run.is_alive(), "it was over before the node was killed"
    killed.kill()
    run.join(180)
    assert not run.is_alive()
    print(f"the first run: {run.done or run.failure}")
    again = Run(administration)
    if not run.done:
        again.start()
        again.join(180)
        assert again.done, again.failure
    administration.close()
    target = (run.done or again.done)[0].target
    killed.start()
    killed.wait_for("green", nodes=3)
    found = {each.article.id: each.fingerprint for each in engine.scan()}
    assert found == {operation.article.id: operation.fingerprint for operation in wanted}
    with Elasticsearch(elasticsearch_cluster[0].url) as client:
        client.indices.refresh(index=target)
        shards = client.cat.shards(index=target, format="json")
        while any(shard["docs"] is None for shard in shards):  # a copy that has just started is counted a moment later
            time.sleep(0.1)
            shards = client.cat.shards(index=target, format="json")
    copies = [(shard["shard"], shard["docs"]) for shard in shards if shard["state"] == "STARTED"]
    assert len(copies) == 6
    assert len(set(copies)) == 3, "the two copies of a shard differ"
    assert sum(int(documents) for _, documents in set(copies)) == len(wanted)
