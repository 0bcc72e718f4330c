"""Where articles are: reading them by their ids, whichever index holds them, and the place of a new one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from service.domain.article import Article
from service.engines.elasticsearch import stored
from service.engines.elasticsearch.claims import Claims
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.indices import Indices
from service.engines.elasticsearch.stored import Current, Found
from service.search.engine import Stored

_FRESH = 5.0  # seconds in which the list of indices is not asked for again, unless something is not found


class Places:
    """The indices of the articles, each named by the alias it has to itself; safe to use from several threads."""

    def __init__(self, connection: Connection, indices: Indices, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._indices = indices
        self._layout = indices.layout
        self._claims = Claims(connection, indices.claims)
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[str, ...] = (self._layout.first,)
        self._known_at = float("-inf")

    @property
    def all(self) -> str:
        """Return the alias of all articles, for searching."""
        return self._indices.articles

    @property
    def first(self) -> str:
        """Return the alias of the index that is always there."""
        return self._layout.first

    def get(self, article_id: str) -> Stored:
        """Return the article as it is stored; NotFound where there is none."""
        found = self._found([article_id]).get(article_id)
        if found is None:
            raise stored.not_found(article_id)
        return stored.stored_of(found)

    def currents(self, ids: Collection[str]) -> dict[str, Current]:
        """Return the state of those of the articles that are stored."""
        return {key: stored.current_of(found) for key, found in self._found(ids, **stored.STATE_ONLY).items()}

    def sources(self, ids: Collection[str], **options: Any) -> dict[str, Mapping[str, Any]]:
        """Return the documents of those of the articles that are stored; `options` may leave out parts of them."""
        return {key: found["_source"] for key, found in self._found(ids, **options).items()}

    def alias_of(self, index: str) -> str:
        """Return the alias that an index has to itself."""
        return self._layout.alias_of(index)

    def holding(self, article_id: str) -> Found:
        """Return the document of an article with the index that holds it; NotFound where there is none."""
        found = self._found([article_id]).get(article_id)
        if found is None:
            raise stored.not_found(article_id)
        return found

    def for_new(self, articles: Iterable[Article]) -> dict[str, str]:
        """Return for the id of each new article the alias through which it is to be created, for good.

        Empty where there is one index. EngineUnavailable where it cannot be said; nothing may be created then.
        """
        if not self._layout.is_yearly:
            return {}
        now = datetime.now(UTC)
        wanted = {article.id: self._layout.alias_for(article.published_at, now) for article in articles}
        taken = self._claims.take(wanted)
        for alias in sorted({*taken.values()} - {*self._aliases()}):
            self._indices.ensure_place(alias)
        return taken

    def documents(self, ids: Collection[str]) -> dict[str, Found]:
        """Return the documents of those of the articles that are stored, with their states."""
        return self._found(ids)

    def forget(self) -> None:
        """Have the list of indices asked for anew: one of them is not there."""
        with self._lock:
            self._known_at = float("-inf")

    def _found(self, ids: Collection[str], **options: Any) -> dict[str, Found]:
        aliases = self._aliases()
        found = stored.documents(self._connection, aliases, ids, **options)
        missing = [key for key in ids if key not in found]
        if missing and self._layout.is_yearly:
            # Another process may have begun a year since the list was asked for.
            more = [alias for alias in self._asked() if alias not in aliases]
            found |= stored.documents(self._connection, more, missing, **options) if more else {}
        return found

    def _aliases(self) -> tuple[str, ...]:
        if not self._layout.is_yearly:
            return self._known
        with self._lock:
            if self._clock() - self._known_at < _FRESH:
                return self._known
        return self._asked()

    def _asked(self) -> tuple[str, ...]:
        now = self._clock()
        known = self._indices.places()
        with self._lock:
            self._known, self._known_at = known, now
        return known
