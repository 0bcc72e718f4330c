"""The Elasticsearch engine: the parts behind the port."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from elastic_transport import ObjectApiResponse
from elasticsearch import ApiError, Elasticsearch

from service.domain.article import Article
from service.domain.errors import EngineUnavailable, GisaError
from service.engines.elasticsearch.analytics import Analytics
from service.engines.elasticsearch.checks import run_checks
from service.engines.elasticsearch.compile import compile_node
from service.engines.elasticsearch.completing import Completing, counts
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.dictionary import DictionaryInUse
from service.engines.elasticsearch.documents import tokens_of
from service.engines.elasticsearch.duplicates import duplicates
from service.engines.elasticsearch.idempotency import IdempotencyMemory
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.places import Places
from service.engines.elasticsearch.quotes import find_quotes
from service.engines.elasticsearch.records import RecordIndex
from service.engines.elasticsearch.refreshing import Refresher
from service.engines.elasticsearch.safeguard import Safeguard
from service.engines.elasticsearch.scanning import scan
from service.engines.elasticsearch.search import Search
from service.engines.elasticsearch.settings import ElasticsearchSettings
from service.engines.elasticsearch.settling import Settler
from service.engines.elasticsearch.similar import similar
from service.engines.elasticsearch.states import FRESH, KEEP_ALIVE, States
from service.engines.elasticsearch.views import ViewIndex
from service.engines.elasticsearch.writing import Target, write
from service.search.analytics import HitStream, Named
from service.search.completion import Completed, Completion, Title
from service.search.engine import Check, Indexing, Operation, Outcome, Remembered, Scanned, Stored, Written
from service.search.quotes import QuoteRequest, QuoteResults
from service.search.request import SearchRequest
from service.search.results import Duplicates, Hit, SearchResults
from service.search.tree import FilterField, Node

_LOG = logging.getLogger("gisa.engine")


class ElasticsearchEngine:
    """The engine over a cluster, which holds the articles themselves; any number of processes may open one each."""

    def __init__(self, settings: ElasticsearchSettings) -> None:
        self._connection = Connection(settings)
        self._indices = Indices(self._connection, settings)
        self._dictionary = DictionaryInUse(self._indices)
        self._places = Places(self._connection, self._indices)
        self._analytics = Analytics(self._connection, self._places)
        self._memory = IdempotencyMemory(self._connection, self._indices.idempotency)
        self.records = RecordIndex(self._connection, self._indices)
        self.views = ViewIndex(self._connection, self._indices)
        self._safeguard = Safeguard(self._connection, self._indices)
        self._states = States(lambda: str(self._connection.ask(self._open_state)["id"]), self._close_state)
        self._completing = Completing(self._connection, self._indices.articles)
        self._refresher = Refresher(lambda: self._connection.ask_patiently(self._refresh))
        self._settler = Settler(self._connection, self._places, self._refresher.wait)

    @property
    def name(self) -> str:
        """Return `elasticsearch`."""
        return "elasticsearch"

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply the operations in order and return one outcome for each once all are durable."""
        if not operations:
            return []
        self._indices.ensure()
        return write(Target(self._connection, self._places, self._safeguard, self._settler), operations)

    def wait_until_searchable(self, outcomes: Collection[Outcome]) -> None:
        """Return when every copy of the index finds what these outcomes wrote; EngineUnavailable after 30 s."""
        if any(isinstance(outcome, Written) for outcome in outcomes):
            self._refresher.wait()
            self._states.forget()
            time.sleep(FRESH)  # other processes may look at a state from before for so long

    def get(self, article_id: str) -> Stored:
        """Return the article as stored; NotFound where there is none."""
        self._indices.ensure()
        return self._places.get(article_id)

    def fingerprints(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return (fingerprint, version) of those of the articles that are stored."""
        self._indices.ensure()
        found = self._places.currents(ids)
        return {key: (current.fingerprint, current.version) for key, current in found.items()}

    def scan(self) -> Iterator[Scanned]:
        """Yield every stored article once, out of one state of the index."""
        self._indices.ensure()
        self._refresher.wait()
        return scan(self._connection, self._indices.articles)

    def search(self, request: SearchRequest) -> SearchResults:
        """Return a page of hits with facets."""
        self._indices.ensure()
        with self._states.lease() as lease:
            return Search(self._connection, self._places, lease, request).run()

    def counts_within(self, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        """Return for each condition the number of hits that it holds of as well."""
        self._indices.ensure()
        return self._analytics.counts_within(request, conditions)

    def value_counts(self, request: SearchRequest, values: Sequence[Named]) -> tuple[int, ...]:
        """Return for each value, as it is spelled, the number of hits that have it."""
        self._indices.ensure()
        return self._analytics.value_counts(request, values)

    def pair_counts(self, request: SearchRequest, values: Sequence[Named]) -> Mapping[tuple[Named, Named], int]:
        """Return for each two of the values, as they are spelled, the number of hits that have both."""
        self._indices.ensure()
        return self._analytics.pair_counts(request, values)

    def days(self, request: SearchRequest) -> Mapping[int, int]:
        """Return the number of hits of each day in Asia/Seoul, by its number."""
        self._indices.ensure()
        return self._analytics.days(request)

    def stream(self, request: SearchRequest, limit: int) -> HitStream:
        """Return the first hits in the order of the request, out of one state of the index."""
        self._indices.ensure()
        return self._analytics.stream(request, limit)

    def quotes(self, request: QuoteRequest) -> QuoteResults:
        """Return a page of quotes."""
        self._indices.ensure()
        return find_quotes(self._connection, self._indices.articles, request)

    def similar(self, article_id: str, size: int) -> tuple[Hit, ...]:
        """Return other articles that share the words that mark this one out; NotFound without it."""
        self._indices.ensure()
        found = self._places.holding(article_id)
        return similar(
            self._connection,
            self._indices.articles,
            article_id,
            tokens_of(found["_source"]),
            size,
            counted_in=self._places.alias_of(found["_index"]),
        )

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """Return the number of articles that each node matches."""
        self._indices.ensure()
        return counts(self._connection, self._indices.articles, [compile_node(node, ()) for node in nodes])

    def complete(self, wanted: Completion) -> tuple[Completed, ...]:
        """Return the values that begin like this, the most frequent, in no particular order."""
        self._indices.ensure()
        return self._completing.values(wanted)

    def titles(self, patterns: Sequence[str], size: int) -> tuple[Title, ...]:
        """Return the titles of the newest articles in whose title every pattern matches a written word."""
        self._indices.ensure()
        return self._completing.titles(patterns, size)

    def articles_with(self, patterns: Sequence[str], size: int, of: FilterField | None = None) -> tuple[Article, ...]:
        """Return the newest articles in which one of the patterns matches a written word, or a value `of` a field."""
        self._indices.ensure()
        return self._completing.articles(patterns, size, of)

    def follow_dictionary(self) -> None:
        """Cut queries and texts by the dictionary of the indices in use from now on; looks every two seconds."""
        self._dictionary.follow()

    def duplicates(self, article_id: str, size: int) -> Duplicates:
        """Return the other articles of the same story, the first of them first; NotFound without it."""
        self._indices.ensure()
        return duplicates(self._connection, self._places, article_id, size)

    def count(self) -> int:
        """Return the number of stored articles."""
        self._indices.ensure()
        self._refresher.wait()
        return int(self._connection.ask(lambda client: client.count(index=self._indices.articles))["count"])

    def remember(self, key: str, answer: Remembered) -> None:
        """Keep the answer to a request with this idempotency key for a day; the first one kept stands."""
        self._indices.ensure()
        self._memory.remember(key, answer)

    def recall(self, key: str) -> Remembered | None:
        """Return the answer kept for this idempotency key."""
        self._indices.ensure()
        return self._memory.recall(key)

    def indexing(self) -> Indexing | None:
        """Return None: the cluster indexes what it stores."""
        return None

    @property
    def is_given_up(self) -> bool:
        """Return whether the circuit breaker of this process is open."""
        return self._connection.is_given_up

    def checks(self) -> tuple[Check, ...]:
        """Return the state of each part; never raises."""
        self._try_to_prepare()
        checks = run_checks(self._connection, self._indices)
        if checks[0].ready:
            self._safeguard.lift_stale_block()
            self._settler.look_back()
        return checks

    def close(self) -> None:
        """Close all connections."""
        self._states.close()
        self._connection.close()

    def _refresh(self, client: Elasticsearch) -> None:
        client.indices.refresh(index=self._indices.articles)

    def _open_state(self, client: Elasticsearch) -> ObjectApiResponse[Any]:
        return client.open_point_in_time(
            index=self._indices.articles, keep_alive=KEEP_ALIVE, allow_partial_search_results=False
        )

    def _close_state(self, name: str) -> None:
        try:
            self._connection.ask(lambda client: client.close_point_in_time(id=name))
        except (GisaError, ApiError) as error:
            _LOG.info("a point in time is left to end by itself: %s", error)

    def _try_to_prepare(self) -> None:
        try:
            self._indices.ensure()
        except EngineUnavailable as error:
            _LOG.warning("the indices are not ready: %s", error)


def open_engine(settings: ElasticsearchSettings) -> ElasticsearchEngine:
    """Return the engine over the cluster that the settings name.

    A cluster that is away is no reason not to start: the engine says so in `checks` and goes on when it is back.
    """
    engine = ElasticsearchEngine(settings)
    engine._try_to_prepare()
    return engine
