"""Verifying against the stored tokens what the index alone cannot decide."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from tantivy import Occur, Query

from service.domain.errors import FieldError, Message, ValidationFailed
from service.engines.embedded import index_schema as fields
from service.engines.embedded.checkpoint import Checkpoint
from service.engines.embedded.compile_positions import matches, unscored
from service.engines.embedded.ranking import key_of
from service.engines.embedded.searchers import View
from service.engines.embedded.store import Store
from service.search.leaves import Leaf
from service.search.tree import TextField

_MOST_CANDIDATES = 20_000  # articles: about a second and a half of verifying
_REMEMBERED = 64  # answers, for the pages and facets of the same search
_AT_ONCE = 500

_Asked = tuple[Checkpoint, Leaf, TextField | None]


class Verifier:
    """Turns a query that may match too much into one that matches exactly."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._known: OrderedDict[_Asked, tuple[str, ...]] = OrderedDict()

    def exact(self, view: View, query: Query, leaf: Leaf, place: TextField | None) -> Query:
        """Return the query for those hits in which the leaf matches; ValidationFailed over 20,000 candidates."""
        asked = (view.checkpoint, leaf, place)
        with self._lock:
            keys = self._known.get(asked)
        if keys is None:
            keys = self._verified(view, query, leaf, place)
            with self._lock:
                self._known[asked] = keys
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        only = unscored(Query.term_set_query(fields.schema(), fields.KEY, keys))
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])

    def _verified(self, view: View, query: Query, leaf: Leaf, place: TextField | None) -> tuple[str, ...]:
        found = view.searcher.search(query, _MOST_CANDIDATES + 1).hits
        if len(found) > _MOST_CANDIDATES:
            raise _too_many()
        candidates = [key_of(view.searcher, address) for _, address in found]
        return tuple(
            key
            for start in range(0, len(candidates), _AT_ONCE)
            for key, tokens in self._store.tokens(candidates[start : start + _AT_ONCE])
            if matches(leaf, place, tokens)
        )


def _too_many() -> ValidationFailed:
    message = Message(
        f"이 거리 조건은 기사 {_MOST_CANDIDATES:,}건 넘게 확인해야 합니다. 더 드문 낱말을 쓰거나 거리를 줄이세요.",
        f"This distance would be checked in over {_MOST_CANDIDATES:,} articles. Use rarer words or a shorter one.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("too-broad", message, parameter="q"),))
