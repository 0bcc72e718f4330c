"""Counting and streaming hits."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack

from tantivy import Query

from service.engines.embedded.compile import narrowed
from service.engines.embedded.compile_positions import limited
from service.engines.embedded.exactness import Verifier
from service.engines.embedded.facets import count_pairs, count_values
from service.engines.embedded.histogram import count_days
from service.engines.embedded.known import hits_of
from service.engines.embedded.ranking import count
from service.engines.embedded.search import Search, compiled
from service.engines.embedded.searchers import Searchers, View
from service.engines.embedded.store import Store
from service.search.analytics import HitStream, Named
from service.search.request import SearchRequest
from service.search.results import Hit
from service.search.tree import Node


class Analytics:
    """What is counted and streamed beside searches; each call looks at one state of the index."""

    def __init__(self, searchers: Searchers, store: Store, verifier: Verifier) -> None:
        self._searchers = searchers
        self._store = store
        self._verifier = verifier

    def counts_within(self, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        """Return for each condition the number of hits that it holds of as well."""
        with self._searchers.view() as view:
            asked = ("counts", hits_of(request), tuple(conditions))
            return view.known.answer(asked, lambda: self._counts_within(view, request, conditions))

    def value_counts(self, request: SearchRequest, values: Sequence[Named]) -> tuple[int, ...]:
        """Return for each value, as it is spelled, the number of hits that have it."""
        with self._searchers.view() as view:
            asked = ("values", hits_of(request), tuple(values))
            counted = view.known.answer(asked, lambda: count_values(view.searcher, self._hits(view, request), values))
        return tuple(counted.get(value, 0) for value in values)

    def pair_counts(self, request: SearchRequest, values: Sequence[Named]) -> Mapping[tuple[Named, Named], int]:
        """Return for each two of the values, as they are spelled, the number of hits that have both."""
        with self._searchers.view() as view:
            asked = ("pairs", hits_of(request), tuple(values))
            return view.known.answer(asked, lambda: count_pairs(view.searcher, self._hits(view, request), values))

    def days(self, request: SearchRequest) -> Mapping[int, int]:
        """Return the number of hits of each day in Asia/Seoul, by its number."""
        with self._searchers.view() as view:
            return view.known.answer(
                ("days", hits_of(request)), lambda: count_days(view.searcher, self._hits(view, request))
            )

    def stream(self, request: SearchRequest, limit: int) -> HitStream:
        """Return the first hits in the order of the request; the view is kept until they are read or closed."""
        with ExitStack() as stack:
            view = stack.enter_context(self._searchers.view())
            search = Search(view, self._store, self._verifier, request)
            total = search.total()
            return HitStream(total, _held(stack.pop_all(), search.stream(limit)))

    def _counts_within(self, view: View, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        hits = self._hits(view, request)
        queries = (compiled(view, self._verifier, condition, request.fields) for condition in conditions)
        return tuple(count(view.searcher, limited(hits, query)) for query in queries)

    def _hits(self, view: View, request: SearchRequest) -> Query:
        return narrowed(compiled(view, self._verifier, request.query, request.fields), request)


def _held(held: ExitStack, hits: Iterator[Hit]) -> Generator[Hit]:
    with held:
        yield from hits
