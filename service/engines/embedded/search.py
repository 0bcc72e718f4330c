"""One search on one view of the index."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import tantivy
from tantivy import Query

from service.engines.embedded.compile import compile_node, narrowed
from service.engines.embedded.counting import Counters
from service.engines.embedded.exactness import Verifier
from service.engines.embedded.facets import count_facets, search_facet
from service.engines.embedded.given import NOTHING, foreign_cursor, key_number
from service.engines.embedded.grouping import count_stories, group_page
from service.engines.embedded.histogram import count_days
from service.engines.embedded.known import Hits, hits_of
from service.engines.embedded.ranking import Position, Ranked, best, count, page, stream
from service.engines.embedded.searchers import View
from service.engines.embedded.store import Store
from service.search.cursor import decode_cursor, encode_cursor
from service.search.highlight import highlights, sought
from service.search.leaves import scores
from service.search.request import SearchRequest, Sort
from service.search.results import Bucket, Hit, SearchResults
from service.search.time_buckets import time_buckets
from service.search.tree import Fields, FilterField, Node

_SAME_SCORE = 1.0
T = TypeVar("T")
_Facets = Mapping[FilterField, tuple[Bucket, ...]]
_READ_AT_ONCE = 200  # articles of a stream that are held at a time


def compiled(view: View, verifier: Verifier, node: Node, fields: Fields = ()) -> Query:
    """Return the query of a tree on this view, exact where tantivy alone would match too much."""
    return compile_node(node, fields, lambda query, leaf, place: verifier.exact(view, query, leaf, place))


class _Page(NamedTuple):
    """The hits of a page and one more where there is a next page, which begins at `position`."""

    hits: list[Ranked]
    position: Callable[[], Sequence[Any]]
    copies: Mapping[str, int] = MappingProxyType({})
    stories: int | None = None


class Search:
    """One request on one view."""

    def __init__(self, view: View, store: Store, verifier: Verifier, request: SearchRequest) -> None:
        self._searcher: tantivy.Searcher = view.searcher
        self._known = view.known
        self._asked = hits_of(request)
        self._store = store
        self._pages = store.pages
        self._request = request
        self._words = compiled(view, verifier, request.query, request.fields)
        self._query = narrowed(self._words, request)
        self._alike = request.sort is Sort.RELEVANCE and not scores(request.query)
        # Without a word to be found every score is the same: the newest come first then.
        self._sort = Sort.NEWEST if self._alike else request.sort

    def run(self, counters: Counters) -> SearchResults:
        """Return the page of hits, the total and the facets; these are counted beside."""
        size, total = self._request.size, self.total()
        facets, histogram = self._facets_begun(counters), self._histogram_begun(counters)
        page = self._page(size)
        return SearchResults(
            total=total,
            hits=self._hits(page.hits[:size], page.copies),
            stories=page.stories,
            facets=facets(),
            histogram=histogram(),
            next=encode_cursor(self._request, page.position()) if len(page.hits) > size else None,
        )

    def total(self) -> int:
        """Return the number of hits."""
        return self._count(self._asked, self._query)

    def _count(self, asked: Hits, query: Query) -> int:
        return self._known.answer(("total", asked), lambda: count(self._searcher, query))

    def stream(self, limit: int) -> Iterator[Hit]:
        """Yield the first hits in their order, read in parts."""
        ranked = stream(self._searcher, self._query, self._sort, limit)
        while part := list(islice(ranked, _READ_AT_ONCE)):
            yield from self._hits(part, {})

    def _page(self, size: int) -> _Page:
        position = decode_cursor(self._request)
        if self._request.group_by_story:
            given = self._pages.read(position) if position is not None else NOTHING
            groups = group_page(self._searcher, self._query, self._sort, given.numbers, size + 1)
            numbers = [number for group in groups[:size] for number in (group.story, key_number(group.hit.id))]
            copies = {group.hit.id: group.copies for group in groups}
            hits = [group.hit for group in groups]
            return _Page(hits, lambda: self._pages.write(given, numbers), copies, self._stories())
        if self._sort is Sort.RELEVANCE:
            given = self._pages.read(position) if position is not None else NOTHING
            hits = best(self._searcher, self._query, given.numbers, size + 1)
            return _Page(hits, lambda: self._pages.write(given, (key_number(hit.id) for hit in hits[:size])))
        hits = page(self._searcher, self._query, self._sort, _by_time(position), size + 1)
        return _Page(hits, lambda: (hits[size - 1].value, hits[size - 1].id))

    def _stories(self) -> int:
        return self._known.answer(("stories", self._asked), lambda: count_stories(self._searcher, self._query))

    def _hits(self, ranked: Iterable[Ranked], copies: Mapping[str, int]) -> tuple[Hit, ...]:
        hits = list(ranked)
        records = self._store.records([hit.id for hit in hits])
        leaves = sought(self._request) if self._request.highlight else ()
        found = []
        for hit in hits:
            record = records.get(hit.id)
            if record is None:
                continue  # deleted since this state of the index
            found.append(
                Hit(
                    article=record.article,
                    score=self._score(hit),
                    highlights=highlights(record.article, record.tokens, leaves) if leaves else {},
                    copies=copies.get(hit.id),
                )
            )
        return tuple(found)

    def _score(self, hit: Ranked) -> float | None:
        if self._alike:
            return _SAME_SCORE
        return hit.value if self._sort is Sort.RELEVANCE else None

    def _facets_begun(self, counters: Counters) -> Callable[[], dict[FilterField, tuple[Bucket, ...]]]:
        request, size = self._request, self._request.facet_size
        searched = request.facet_search
        fields = dict.fromkeys((*request.facets, *((searched.field,) if searched else ())))
        shared = [field for field in fields if not self._is_counted_apart(field)]
        parts = [
            self._counted(counters, self._query, self._asked, part, size) for part in _parts(shared, counters.cores)
        ]
        for field in fields:
            if searched and field is searched.field:
                parts.append(counters.begun(partial(self._searched, field, searched.text, size)))
            elif field not in shared:
                parts.append(self._counted(counters, self._without(field), hits_of(request, field), (field,), size))

        def facets() -> dict[FilterField, tuple[Bucket, ...]]:
            found = dict(chain.from_iterable(part().items() for part in parts))
            return {field: found[field] for field in fields}

        return facets

    def _is_counted_apart(self, field: FilterField) -> bool:
        searched, wanted = self._request.facet_search, self._request.filters.get(field)
        return bool((searched and field is searched.field) or (wanted and wanted.include))

    def _searched(self, field: FilterField, text: str, size: int) -> _Facets:
        return {field: search_facet(self._searcher, self._without(field), field, text, size)}

    def _counted(
        self, counters: Counters, query: Query, asked: Hits, fields: tuple[FilterField, ...], size: int
    ) -> Callable[[], _Facets]:
        def counted() -> _Facets:
            return count_facets(self._searcher, query, fields, size, self._count(asked, query))

        return self._begun(counters, ("facets", asked, fields, size), counted)

    def _begun(self, counters: Counters, asked: Hashable, count: Callable[[], T]) -> Callable[[], T]:
        answer = partial(self._known.answer, asked, count)
        return answer if self._known.has(asked) else counters.begun(answer)

    def _without(self, field: FilterField) -> Query:
        return narrowed(self._words, self._request, without=field)

    def _histogram_begun(self, counters: Counters) -> Callable[[], tuple[Bucket, ...] | None]:
        interval = self._request.histogram
        if interval is None:
            return lambda: None
        days = self._begun(counters, ("days", self._asked), lambda: count_days(self._searcher, self._query))
        return lambda: time_buckets(days(), interval)


def _parts(fields: Sequence[FilterField], most: int) -> list[tuple[FilterField, ...]]:
    return [tuple(part) for start in range(most) if (part := fields[start::most])]


def _by_time(position: Sequence[Any] | None) -> Position | None:
    match position:
        case None:
            return None
        case [int() | float() as value, str() as key]:
            return Position(value, key)
    raise foreign_cursor()
