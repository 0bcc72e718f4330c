"""Every hit of a search, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from service.search.engine import Engine
from service.search.request import SearchParameters, SearchRequest
from service.search.results import Hit
from service.usecases.queries import Queries

MOST_ROWS = 1_000_000
"""What a sheet of a spreadsheet can hold, about."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The first `limit` hits of a search in its order, and how many there are in all (stories, where grouped).

    The first one has been read already, so whatever would keep the search from being answered has been raised.
    """

    total: int
    limit: int
    hits: Generator[Hit]

    @property
    def is_cut(self) -> bool:
        """Return whether there are more hits than the limit."""
        return self.total > self.limit


class Export:
    """Streams of an engine's hits, none longer than `limit`."""

    def __init__(self, engine: Engine, queries: Queries, limit: int) -> None:
        self._engine = engine
        self._queries = queries
        self._limit = limit

    def run(self, parameters: SearchParameters) -> Exported:
        """Return the hits of a search; raises QuerySyntaxError and ValidationFailed as a search does."""
        request = self._queries.request(parameters)
        if request.group_by_story:
            return self._grouped(request)
        stream = self._engine.stream(request, self._limit)
        return Exported(stream.total, self._limit, _begun(stream.hits))

    def _grouped(self, request: SearchRequest) -> Exported:
        # Stories are told by their first hit, and counted beforehand: only their names are held in memory.
        everything = replace(request, highlight=False)
        members = Counter(map(_story, self._every_hit(everything)))
        hits = _firsts(self._every_hit(request), members, self._limit)
        return Exported(len(members), self._limit, _begun(hits))

    def _every_hit(self, request: SearchRequest) -> Generator[Hit]:
        total = self._engine.stream(request, 1).total
        yield from self._engine.stream(request, max(total, 1)).hits


def _begun(hits: Generator[Hit]) -> Generator[Hit]:
    return _after(next(hits, None), hits)


def _after(first: Hit | None, rest: Generator[Hit]) -> Generator[Hit]:
    with closing(rest):
        if first is not None:
            yield first
            yield from rest


def _firsts(hits: Generator[Hit], members: Counter[str], limit: int) -> Generator[Hit]:
    seen: set[str] = set()
    with closing(hits):
        for hit in _unseen(hits, seen):
            yield replace(hit, copies=max(members[_story(hit)] - 1, 0))
            if len(seen) == limit:
                return


def _unseen(hits: Iterator[Hit], seen: set[str]) -> Iterator[Hit]:
    for hit in hits:
        story = _story(hit)
        if story not in seen:
            seen.add(story)
            yield hit


def _story(hit: Hit) -> str:
    return f"story {hit.article.story_id}" if hit.article.story_id else f"article {hit.article.id}"
