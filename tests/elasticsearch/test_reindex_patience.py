"""A reindex while the cluster loses a node: the first error stands, and copying goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from service.domain.errors import Conflict, EngineUnavailable
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, open_engine
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.operations import Operations, Reindexing
from service.engines.elasticsearch.reindexing import Reindexer
from service.engines.elasticsearch.scanning import pages
from tests.elasticsearch.administering import text_of
from tests.elasticsearch.peer import Answer, scripted_peer

ARTICLES = 40


@pytest.fixture
def settings(elasticsearch_url: str, elasticsearch_prefix: str) -> ElasticsearchSettings:
    return ElasticsearchSettings(
        (elasticsearch_url,), index_prefix=f"{elasticsearch_prefix}-", timeout=30, number_of_replicas=0
    )


@pytest.fixture
def engine(settings: ElasticsearchSettings) -> Iterator[ElasticsearchEngine]:
    opened = open_engine(settings)
    yield opened
    opened.close()


class _Losing:
    """A connection on which the searches for articles to copy fail a few times, as while a node is away."""

    def __init__(self, connection: Connection, failures: int) -> None:
        self._connection = connection
        self.left = failures

    def ask(self, question: Any) -> Any:
        return self._connection.ask(question)

    def ask_patiently(self, question: Any) -> Any:
        return self._connection.ask_patiently(lambda client: question(_LosingClient(client, self)))


class _LosingClient:
    def __init__(self, client: Elasticsearch, losing: _Losing) -> None:
        self._client = client
        self._losing = losing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def search(self, **body: Any) -> Any:
        if "pit" in body and self._losing.left:
            self._losing.left -= 1
            raise EngineUnavailable("", "a node is away")
        return self._client.search(**body)


def test_copying_goes_on_where_a_node_was_lost_for_a_moment(
    engine: ElasticsearchEngine, settings: ElasticsearchSettings
) -> None:
    """Promise: a reindex outlives the loss of a node, and what was copied by then is not copied again."""
    engine.write([text_of(number, 0) for number in range(ARTICLES)])
    connection = Connection(settings)
    losing = _Losing(connection, failures=3)
    told: list[int] = []
    indices = Indices(losing, settings)  # type: ignore[arg-type]
    done = Reindexer(losing, indices, lambda copied, _: told.append(copied)).run()  # type: ignore[arg-type]
    connection.close()
    assert losing.left == 0
    assert done.articles == ARTICLES
    assert told == sorted(told)
    assert {each.article.id for each in engine.scan()} == {f"w.{number:05}" for number in range(ARTICLES)}


def test_closing_a_state_never_takes_the_place_of_the_first_error() -> None:
    """Promise: what broke off the reading of an index is what the caller is told, whatever comes of tidying up."""

    def script(method: str, path: str, body: bytes) -> Answer:
        if "_search" in path:
            return 502, {"error": {"type": "node_not_connected_exception", "reason": "Node not connected"}}
        if method == "DELETE":
            return 404, {"error": {"type": "resource_not_found_exception", "reason": "no such state"}}
        return 200, {"id": "state"}

    with scripted_peer(script) as url:
        connection = Connection(ElasticsearchSettings((url,)))
        with pytest.raises(EngineUnavailable, match="cannot take"):
            list(pages(connection, "articles", size=1))
        connection.close()


@pytest.mark.parametrize("kind", ["search_context_missing_exception", "search_context_missing_nodes_exception"])
def test_a_state_lost_with_its_node_is_read_again_by_whoever_asked(kind: str) -> None:
    """Promise: a node that dies with the state that is being read is a reason to wait, not a fault."""

    def script(method: str, path: str, body: bytes) -> Answer:
        if "_search" in path:
            return 404, {"error": {"type": kind, "reason": "the node has left the cluster"}, "status": 404}
        return 200, {"id": "state"}

    with scripted_peer(script) as url:
        connection = Connection(ElasticsearchSettings((url,)))
        with pytest.raises(EngineUnavailable, match="gone with its node"):
            list(pages(connection, "articles", size=1))
        connection.close()


def test_a_state_whose_answer_was_lost_and_that_was_sent_again_is_its_own(
    engine: ElasticsearchEngine, settings: ElasticsearchSettings
) -> None:
    """Promise: a run does not take its own state, written by a node that died, for that of another run."""
    engine.write([text_of(0, 0)])
    connection = Connection(settings)
    index = Indices(connection, settings).operations
    operations, late = Operations(connection, index), Operations(connection, index)
    first = operations.write(Reindexing("a", "b", "run", "-", 0))
    late.read()
    second = operations.write(first)
    assert late.write(first) == second
    late.write(replace(first, run="another"))
    with pytest.raises(Conflict):
        operations.write(second)
    operations.read()
    operations.remove()
    connection.close()
