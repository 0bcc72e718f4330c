"""What was counted on one state of the index, kept as long as that state is the newest: it cannot change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from service.search.request import Filter, SearchRequest
from service.search.tree import Fields, FilterField, Node

_KEPT = 512
"""Answers, those asked for last: most are a number or a few kilobytes; a search has four, a suggestion a dozen."""

T = TypeVar("T")


class Hits(NamedTuple):
    """What decides which articles are the hits of a request, whatever their order and however many are shown."""

    query: Node
    fields: Fields
    filters: frozenset[tuple[FilterField, Filter]]
    published_from: datetime | None
    published_to: datetime | None


def hits_of(request: SearchRequest, without: FilterField | None = None) -> Hits:
    """Return what decides about the hits; `without` leaves out one filter's inclusions."""
    filters = {
        (field, Filter((), wanted.exclude) if field is without else wanted) for field, wanted in request.filters.items()
    }
    return Hits(request.query, request.fields, frozenset(filters), request.published_from, request.published_to)


class Known:
    """Answers on one state of the index, the last ones asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def has(self, asked: Hashable) -> bool:
        """Return whether an answer is kept for what is asked."""
        with self._lock:
            return asked in self._answers

    def answer(self, asked: Hashable, found: Callable[[], T]) -> T:
        """Return the answer kept for what is asked, else the one that `found` gives, which is kept."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                kept: T = self._answers[asked]
                return kept
        answer = found()  # outside the lock: nobody waits for the counting of others
        with self._lock:
            self._answers[asked] = answer
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return answer
