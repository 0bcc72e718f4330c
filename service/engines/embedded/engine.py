"""The embedded engine: the parts behind the port."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from service.domain.article import Article
from service.domain.errors import EngineUnavailable, NotFound
from service.engines.embedded import checkpoint, idempotency
from service.engines.embedded.analytics import Analytics
from service.engines.embedded.checks import run_checks
from service.engines.embedded.completing import complete, with_title_words, with_word
from service.engines.embedded.counting import Counters
from service.engines.embedded.database import Database, open_database
from service.engines.embedded.dictionary import DictionaryInUse
from service.engines.embedded.exactness import Verifier
from service.engines.embedded.freshness import seconds_behind
from service.engines.embedded.indexer import Indexer
from service.engines.embedded.ranking import best, count
from service.engines.embedded.records import RecordTable, ViewTable
from service.engines.embedded.search import Search, compiled
from service.engines.embedded.searchers import Searchers, View
from service.engines.embedded.similar import similar_query
from service.engines.embedded.store import Store
from service.search.analytics import HitStream, Named
from service.search.completion import Completed, Completion, Title
from service.search.engine import Check, Indexing, Operation, Outcome, Remembered, Scanned, Stored, Written
from service.search.quotes import QuoteRequest, QuoteResults
from service.search.request import SearchRequest
from service.search.results import Duplicates, Hit, SearchResults
from service.search.tree import FilterField, Node

_PATIENCE = 30.0  # seconds that a write may take to become searchable
_POLL = 0.01
_FIRST_INDEX = 3.0  # seconds that a start waits for the first, empty index


class EmbeddedEngine:
    """The engine of one machine; several processes may each open one on the same directory."""

    def __init__(self, database: Database, indexer: Indexer | None, dictionary: DictionaryInUse) -> None:
        self._database = database
        self._indexer = indexer
        self._dictionary = dictionary
        self._store = Store(database)
        self._searchers = Searchers(database, dictionary)
        self._verifier = Verifier(self._store)
        self._counters = Counters()
        self._analytics = Analytics(self._searchers, self._store, self._verifier)
        self.records = RecordTable(database)
        self.views = ViewTable(database)

    @property
    def name(self) -> str:
        """Return `embedded`."""
        return "embedded"

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply the operations in one durable transaction and return one outcome for each."""
        outcomes = self._store.write(operations)
        if self._indexer:
            self._indexer.wake()
        return outcomes

    def wait_until_searchable(self, outcomes: Collection[Outcome]) -> None:
        """Return when every process finds what these outcomes wrote; EngineUnavailable after 30 s."""
        wanted = max((outcome.sequence for outcome in outcomes if isinstance(outcome, Written)), default=0)
        deadline = time.monotonic() + _PATIENCE
        while self._indexed() < wanted:
            if time.monotonic() > deadline:
                raise EngineUnavailable(
                    "저장은 되었지만 아직 검색되지 않습니다. 색인 상태(/readyz)를 확인하고 잠시 뒤 검색하세요.",
                    "It is stored but cannot be searched yet. See /readyz for the indexing and search again shortly.",
                )
            time.sleep(_POLL)

    def get(self, article_id: str) -> Stored:
        """Return the article as stored; NotFound where there is none."""
        return self._store.get(article_id)

    def fingerprints(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return (fingerprint, version) of those of the articles that are stored."""
        return self._store.fingerprints(ids)

    def scan(self) -> Iterator[Scanned]:
        """Yield every stored article once."""
        return self._store.scan()

    def search(self, request: SearchRequest) -> SearchResults:
        """Return a page of hits with facets, all out of one state of the index."""
        with self._searchers.view() as view:
            return Search(view, self._store, self._verifier, request).run(self._counters)

    def counts_within(self, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        """Return for each condition the number of hits that it holds of as well."""
        return self._analytics.counts_within(request, conditions)

    def value_counts(self, request: SearchRequest, values: Sequence[Named]) -> tuple[int, ...]:
        """Return for each value, as it is spelled, the number of hits that have it."""
        return self._analytics.value_counts(request, values)

    def pair_counts(self, request: SearchRequest, values: Sequence[Named]) -> Mapping[tuple[Named, Named], int]:
        """Return for each two of the values, as they are spelled, the number of hits that have both."""
        return self._analytics.pair_counts(request, values)

    def days(self, request: SearchRequest) -> Mapping[int, int]:
        """Return the number of hits of each day in Asia/Seoul, by its number."""
        return self._analytics.days(request)

    def stream(self, request: SearchRequest, limit: int) -> HitStream:
        """Return the first hits in the order of the request, out of one state of the index."""
        return self._analytics.stream(request, limit)

    def quotes(self, request: QuoteRequest) -> QuoteResults:
        """Return a page of quotes, as they are stored now."""
        return self._store.quotes(request)

    def similar(self, article_id: str, size: int) -> tuple[Hit, ...]:
        """Return other articles that share the words that mark this one out; NotFound without it."""
        record = self._store.records([article_id]).get(article_id)
        if record is None:
            raise NotFound(f"기사 {article_id}이(가) 없습니다. id를 확인하세요.", f"There is no article {article_id}.")
        with self._searchers.view() as view:
            query = similar_query(view.searcher, article_id, record.tokens)
            ranked = best(view.searcher, query, (), size) if query else []
        records = self._store.records([hit.id for hit in ranked])
        return tuple(Hit(records[hit.id].article, hit.value) for hit in ranked if hit.id in records)

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """Return the number of articles that each node matches."""
        with self._searchers.view() as view:
            return [view.known.answer(("count", node), partial(self._count, view, node)) for node in nodes]

    def complete(self, wanted: Completion) -> tuple[Completed, ...]:
        """Return the values that begin like this, the most frequent, in no particular order."""
        with self._searchers.view() as view:
            return view.known.answer(wanted, lambda: complete(view, wanted))

    def titles(self, patterns: Sequence[str], size: int) -> tuple[Title, ...]:
        """Return the titles of the newest articles in whose title every pattern matches a written word."""
        with self._searchers.view() as view:
            asked = ("titles", tuple(patterns), size)
            ids = view.known.answer(asked, lambda: with_title_words(view.searcher, patterns, size))
        return tuple(self._store.titles(ids))

    def articles_with(self, patterns: Sequence[str], size: int, of: FilterField | None = None) -> tuple[Article, ...]:
        """Return the newest articles in which one of the patterns matches a written word, or a value `of` a field."""
        with self._searchers.view() as view:
            ids = with_word(view.searcher, patterns, size, of)
        return tuple(self._store.articles(ids))

    def duplicates(self, article_id: str, size: int) -> Duplicates:
        """Return the other articles of the same story, the first of them first; NotFound without it."""
        return self._store.duplicates(article_id, size)

    def follow_dictionary(self) -> None:
        """Cut queries and texts by the dictionary of the index in use from now on."""
        self._dictionary.follow_index()

    def count(self) -> int:
        """Return the number of stored articles."""
        return self._store.count()

    def lag(self) -> int:
        """Return the number of writes that cannot be searched yet."""
        with self._database.connection() as connection:
            return checkpoint.lag(connection)

    def indexing(self) -> Indexing:
        """Return how far the index is behind the store."""
        with self._database.connection() as connection:
            waiting = checkpoint.lag(connection)
            aside = int(connection.execute("SELECT count(*) FROM set_aside").get)
        return Indexing(waiting, seconds_behind(self._database.directory) if waiting else 0.0, aside)

    @property
    def is_given_up(self) -> bool:
        """Return false: the store is asked every time."""
        return False

    def remember(self, key: str, answer: Remembered) -> None:
        """Keep the answer to a request with this idempotency key for a day; the first one kept stands."""
        idempotency.remember(self._database, key, answer)

    def recall(self, key: str) -> Remembered | None:
        """Return the answer kept for this idempotency key."""
        return idempotency.recall(self._database, key)

    def checks(self) -> tuple[Check, ...]:
        """Return the state of each part; never raises."""
        return run_checks(self._database, self._searchers)

    def close(self) -> None:
        """Finish the commit under way and let go of files, locks and connections."""
        if self._indexer:
            self._indexer.close()
        self._counters.close()
        self._searchers.close()
        self._database.close()

    def _count(self, view: View, node: Node) -> int:
        return count(view.searcher, compiled(view, self._verifier, node))

    def _indexed(self) -> int:
        with self._database.connection() as connection:
            current = checkpoint.read_checkpoint(connection)
        return current.seq if current else -1

    def await_first_index(self) -> None:
        """Return when there is an index to search, or after three seconds; a search says it then."""
        deadline = time.monotonic() + _FIRST_INDEX
        while self._indexed() < 0 and time.monotonic() < deadline:
            time.sleep(_POLL)


def open_engine(directory: Path, *, index: bool = True) -> EmbeddedEngine:
    """Return the engine on this directory, made where there is none.

    With `index` a background thread tries to become the one indexing worker; another process takes over within seconds
    when it dies. Open the engine after a fork, never before. Raises StartupError with what to do.
    """
    database = open_database(directory)
    dictionary = DictionaryInUse(database)
    dictionary.follow()
    indexer = Indexer(database, dictionary) if index else None
    engine = EmbeddedEngine(database, indexer, dictionary)
    if indexer:
        indexer.start()
        engine.await_first_index()
    return engine
