"""The operator's words that the indices in use were made with: kept in their mappings, in force in every process."""

from __future__ import annotations

import time
from threading import Lock

from index_mappings import UserWord, parse_words
from service.engines.elasticsearch.indices import ARTICLES, Indices
from service.korean.dictionary import dictionary_of, put_in_force

_EVERY = 2.0  # seconds between two looks at the mappings


class DictionaryInUse:
    """Puts in force in this process what the indices in use were made with."""

    def __init__(self, indices: Indices) -> None:
        self._indices = indices
        self._lock = Lock()
        self._next = 0.0

    def follow(self) -> None:
        """Put in force the words of the indices in use, two seconds after they came to be used at the latest."""
        with self._lock:
            if time.monotonic() < self._next:
                return
            self._next = time.monotonic() + _EVERY
        self.follow_now()

    def follow_now(self) -> None:
        """Put in force the words of the indices in use."""
        put_in_force(dictionary_of(self.own_words()))

    def own_words(self) -> tuple[UserWord, ...]:
        """Return the operator's words by which the indices in use were made; of several the last one counts.

        A reindex takes them in their order, so its words come into force once all of them have been built anew.
        """
        live = self._indices.live(ARTICLES)
        newest = max(live, key=lambda name: (self._indices.layout.alias_of(name), name), default=None)
        rules = live[newest].get("_meta", {}).get("user_dictionary", ()) if newest else ()
        words, _ = parse_words("\n".join(rules))
        return words
