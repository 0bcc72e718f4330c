"""The one place where licences are held to: an engine that gives one audience no more than it may see."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from html import escape, unescape

from service.domain.article import Article
from service.domain.outlets import Display
from service.domain.shown import ShownArticle
from service.search.analytics import HitStream, Named
from service.search.completion import Completed, Completion, Title
from service.search.engine import Check, Engine, Indexing, Operation, Outcome, Remembered, Scanned, Stored
from service.search.quotes import FoundQuote, QuoteRequest, QuoteResults
from service.search.records import Records, Views
from service.search.request import SearchRequest
from service.search.results import Copy, Duplicates, Hit, SearchResults
from service.search.tree import FilterField, Node
from service.usecases.licences.licences import Licensing
from service.usecases.licences.names import node_in_all_names, request_in_all_names

_MARKED = re.compile(r"(.?)<mark>(.*?)</mark>(?=(.?))", re.DOTALL)
_OPEN, _CLOSE = "<mark>", "</mark>"


class LicensedEngine:
    """An engine whose articles, hits, copies, quotes and streams are what the licensing shows of them.

    What is found and counted stays the same: a licence is about text, not about knowing that it is there. Whatever is
    built over this engine can let out no more, so every reading use case is. An outlet that is asked for under one of
    its names is looked for under all of them.
    """

    def __init__(self, engine: Engine, licensing: Licensing) -> None:
        self._engine = engine
        self.licensing = licensing

    def get(self, article_id: str) -> Stored:
        """Return the article as it may be seen; NotFound where there is none."""
        stored = self._engine.get(article_id)
        return replace(stored, article=self.licensing.show(stored.article))

    def search(self, request: SearchRequest) -> SearchResults:
        """Return a page of hits as they may be seen."""
        results = self._engine.search(self._asked(request))
        return replace(results, hits=tuple(map(self._hit, results.hits)))

    def similar(self, article_id: str, size: int) -> tuple[Hit, ...]:
        """Return other articles like this one, as they may be seen."""
        return tuple(map(self._hit, self._engine.similar(article_id, size)))

    def duplicates(self, article_id: str, size: int) -> Duplicates:
        """Return the other articles of the same story, as they may be seen."""
        found = self._engine.duplicates(article_id, size)
        copies = tuple(Copy(self.licensing.show(copy.article), copy.similarity) for copy in found.copies)
        return replace(found, copies=copies)

    def quotes(self, request: QuoteRequest) -> QuoteResults:
        """Return a page of quotes; the words are "" where the article may not be seen whole."""
        found = self._engine.quotes(request)
        return replace(found, quotes=tuple(map(self._quote, found.quotes)))

    def stream(self, request: SearchRequest, limit: int) -> HitStream:
        """Return the first hits as they may be seen."""
        stream = self._engine.stream(self._asked(request), limit)
        return HitStream(stream.total, self._streamed(stream.hits))

    def scan(self) -> Iterator[Scanned]:
        """Yield every stored article once, as it may be seen."""
        return (replace(each, article=self.licensing.show(each.article)) for each in self._engine.scan())

    def articles_with(self, patterns: Sequence[str], size: int, of: FilterField | None = None) -> tuple[Article, ...]:
        """Return whole articles: single words of them are offered for mistyped ones, and no text of them is shown."""
        return self._engine.articles_with(patterns, size, of)

    @property
    def name(self) -> str:
        """Return the name of the engine."""
        return self._engine.name

    @property
    def records(self) -> Records:
        """Return the records of the service itself."""
        return self._engine.records

    @property
    def views(self) -> Views:
        """Return the counts of views."""
        return self._engine.views

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply the operations."""
        return self._engine.write(operations)

    def wait_until_searchable(self, outcomes: Collection[Outcome]) -> None:
        """Return when a search finds what these outcomes wrote."""
        self._engine.wait_until_searchable(outcomes)

    def fingerprints(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return (fingerprint, version) of those that are stored."""
        return self._engine.fingerprints(ids)

    def counts_within(self, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        """Return for each condition the number of hits that it holds of."""
        return self._engine.counts_within(self._asked(request), self._nodes(conditions))

    def value_counts(self, request: SearchRequest, values: Sequence[Named]) -> tuple[int, ...]:
        """Return for each value the number of hits that have it."""
        return self._engine.value_counts(self._asked(request), values)

    def pair_counts(self, request: SearchRequest, values: Sequence[Named]) -> Mapping[tuple[Named, Named], int]:
        """Return for each two of the values the number of hits that have both."""
        return self._engine.pair_counts(self._asked(request), values)

    def days(self, request: SearchRequest) -> Mapping[int, int]:
        """Return the number of hits of each day."""
        return self._engine.days(self._asked(request))

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """Return the number of articles that each node matches."""
        return self._engine.counts(self._nodes(nodes))

    def complete(self, wanted: Completion) -> tuple[Completed, ...]:
        """Return values of the fields that are completed."""
        return self._engine.complete(wanted)

    def titles(self, patterns: Sequence[str], size: int) -> tuple[Title, ...]:
        """Return titles, which everybody may see."""
        return self._engine.titles(patterns, size)

    def follow_dictionary(self) -> None:
        """Have texts be cut by the dictionary in use."""
        self._engine.follow_dictionary()

    def count(self) -> int:
        """Return the number of stored articles."""
        return self._engine.count()

    def remember(self, key: str, answer: Remembered) -> None:
        """Keep the answer to a request with this idempotency key."""
        self._engine.remember(key, answer)

    def recall(self, key: str) -> Remembered | None:
        """Return the answer kept for this idempotency key."""
        return self._engine.recall(key)

    def indexing(self) -> Indexing | None:
        """Return how far the index is behind the store."""
        return self._engine.indexing()

    @property
    def is_given_up(self) -> bool:
        """Return whether this process refuses requests without asking."""
        return self._engine.is_given_up

    def checks(self) -> tuple[Check, ...]:
        """Return the state of each part."""
        return self._engine.checks()

    def close(self) -> None:
        """Leave the engine as it is: it belongs to whoever opened it."""

    def _asked(self, request: SearchRequest) -> SearchRequest:
        return request_in_all_names(request, self.licensing.table)

    def _nodes(self, nodes: Sequence[Node]) -> list[Node]:
        return [node_in_all_names(node, self.licensing.table) for node in nodes]

    def _hit(self, hit: Hit) -> Hit:
        article = self.licensing.show(hit.article)
        if article.display is Display.FULL:
            return replace(hit, article=article)
        highlights = {"title": hit.highlights["title"]} if "title" in hit.highlights else {}
        if marked := _marked_snippet(article, hit.highlights):
            # The same characters, with marks: they are given once.
            article, highlights["body"] = article.without_summary(), (marked,)
        return replace(hit, article=article, highlights=highlights)

    def _quote(self, found: FoundQuote) -> FoundQuote:
        article = self.licensing.show(found.article)
        withheld = article.display is not Display.FULL
        return FoundQuote(replace(found.quote, text="") if withheld else found.quote, article)

    def _streamed(self, hits: Generator[Hit]) -> Generator[Hit]:
        with closing(hits):
            yield from map(self._hit, hits)


def _marked_snippet(article: ShownArticle, highlights: Mapping[str, Sequence[str]]) -> str | None:
    """Return the snippet as escaped HTML, with marks where the body's highlights have them, None where none falls in.

    A mark is found again by its words and the characters beside them.
    """
    text = article.summary or ""
    sought = {
        tuple(map(unescape, match.group(2, 1, 3)))
        for fragment in highlights.get("body", ())
        for match in _MARKED.finditer(fragment)
    }
    return _with_marks(text, sorted({span for mark in sought for span in _spans(text, *mark)}))


def _spans(text: str, words: str, before: str, after: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while words and start >= 0:
        end = start + len(words)
        if _stands(before, text[start - 1 : start]) and _stands(after, text[end : end + 1]):
            yield start, end
        start = text.find(words, end)


def _stands(wanted: str, there: str) -> bool:
    """Return whether a neighbour of a mark is the one it had; signs and the ends of a text are as good as blanks."""
    return wanted == there or not (wanted.isalnum() or there.isalnum())


def _with_marks(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    parts, position = [], 0
    for start, end in spans:
        if start >= position:
            parts += [escape(text[position:start]), _OPEN, escape(text[start:end]), _CLOSE]
            position = end
    return "".join((*parts, escape(text[position:]))) if parts else None
