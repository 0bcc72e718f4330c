"""Shelves: articles that one test, or the tests of one file, keep apart from all others in the same engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.domain.article import Article
from service.search.engine import Change, Engine, Operation, Outcome, Written
from service.search.query_language import parse
from service.search.query_language.ranking import ranked
from service.search.request import Filter, Match, SearchRequest, Sort
from service.search.results import Hit, SearchResults
from service.search.tree import FilterField, Node, TextField
from tests.contract.articles import put


@dataclass(frozen=True)
class Shelf:
    """A view of an engine that holds only the articles tagged with its name."""

    engine: Engine
    name: str

    def store(self, *articles: Article) -> list[Written]:
        """Store articles and return what was written once they can be found."""
        return self.apply([put(article) for article in articles])

    def apply(self, operations: Sequence[Operation]) -> list[Written]:
        """Apply operations that must all succeed, and return once they can be found."""
        outcomes = self.engine.write(operations)
        self.engine.wait_until_searchable(outcomes)
        written = [outcome for outcome in outcomes if isinstance(outcome, Written)]
        assert len(written) == len(outcomes), outcomes
        return written

    def write_one(self, operation: Operation) -> Outcome:
        """Apply one operation and return its outcome."""
        [outcome] = self.engine.write([operation])
        return outcome

    def version(self, article: Article, change: Change = Change.CREATED) -> str:
        """Store one article, without waiting, and return its version; the write must do what `change` says."""
        outcome = self.write_one(put(article))
        assert isinstance(outcome, Written)
        assert outcome.change is change
        return outcome.version

    def request(
        self,
        q: str | Node = "",
        *,
        match: Match = Match.ALL,
        fields: tuple[TextField, ...] = (),
        filters: Mapping[FilterField, Filter] | None = None,
        sort: Sort = Sort.RELEVANCE,
        size: int = 100,
        **more: object,
    ) -> SearchRequest:
        """Return a request for articles of this shelf."""
        query = parse(q, match, fields).tree if isinstance(q, str) else q
        if match is Match.ANY and sort is Sort.RELEVANCE:
            query = ranked(query)
        within = {**(filters or {}), FilterField.TAG: self._tagged((filters or {}).get(FilterField.TAG, Filter()))}
        return SearchRequest(query, fields, within, sort=sort, size=size, **more)  # type: ignore[arg-type]

    def search(self, q: str | Node = "", **request: object) -> SearchResults:
        """Return what a search finds on this shelf."""
        return self.engine.search(self.request(q, **request))  # type: ignore[arg-type]

    def keys(self, q: str | Node = "", **request: object) -> list[str]:
        """Return the keys of the hits in order."""
        return self.keys_of(self.search(q, **request))

    def found(self, q: str | Node = "", **request: object) -> str:
        """Return the keys of the hits in alphabetical order, one blank between."""
        results = self.search(q, **request)
        assert results.total == len(results.hits)
        return " ".join(sorted(self.keys_of(results)))

    def pages(self, q: str | Node = "", **request: object) -> Iterator[list[str]]:
        """Yield the keys of page after page."""
        cursor: str | None = None
        while True:
            results = self.search(q, cursor=cursor, **request)
            yield self.keys_of(results)
            cursor = results.next
            if cursor is None:
                return

    def keys_of(self, results: SearchResults) -> list[str]:
        """Return the keys of the hits in order."""
        return self.keys_of_hits(results.hits)

    def keys_of_hits(self, hits: Iterable[Hit]) -> list[str]:
        """Return the keys of these hits in order."""
        return [hit.article.id.removeprefix(f"{self.name}.") for hit in hits]

    def _tagged(self, wanted: Filter) -> Filter:
        # Where a test filters by tag itself, it names tags that only its own articles bear.
        return wanted if wanted.include else Filter((self.name,), wanted.exclude)


Library = Callable[[str], Shelf]
"""The shelves that tests only read, by their names."""
