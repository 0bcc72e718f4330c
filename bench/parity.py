"""How alike the two engines answer: the same articles in both, the same searches of both."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from service.domain.article import Article, Reporter
from service.domain.time import KST
from service.enrichment.pipeline import analyze_texts, enrich
from service.search.engine import Engine, Put, Written
from service.search.query_language import parse
from service.search.query_language.ranking import ranked
from service.search.request import Filter, Match, SearchRequest, Sort
from service.search.results import SearchResults
from service.search.stored_tokens import encode_tokens
from service.search.tree import Everything, FilterField, TextField

_BATCH = 200
_ENRICHED_EVERY = 8  # enrichment takes several times as long as the analysis: a share gives every field its values
_UNDATED_EVERY = 50
_MOST_VALUES = 100_000  # more values than any field has
FIRST = 10


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with the id of an article that answers it, and the name of the set it belongs to."""

    id: str
    set: str
    text: str
    relevant: str
    fields: tuple[TextField, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What both engines answered to one query."""

    query: JudgedQuery
    one: SearchResults
    other: SearchResults

    @property
    def overlap(self) -> float:
        """Return the share of the first ten that both have in common, 1 where neither found anything."""
        one, other = set(ids(self.one)), set(ids(self.other))
        return len(one & other) / max(len(one), len(other), 1)

    @property
    def same_first(self) -> bool:
        """Return whether the best hit is the same."""
        return ids(self.one)[:1] == ids(self.other)[:1]

    @property
    def same_total(self) -> bool:
        """Return whether both found as many."""
        return self.one.total == self.other.total


@dataclass(frozen=True, slots=True)
class Likeness:
    """The figures over all queries, each a share between 0 and 1."""

    queries: int
    overlap: float
    same_first: float
    same_order: float
    same_total: float
    reciprocal_ranks: tuple[float, float]


def ids(results: SearchResults) -> list[str]:
    """Return the ids of the hits in their order."""
    return [hit.article.id for hit in results.hits]


def read_queries(path: Path, every: int = 1) -> list[JudgedQuery]:
    """Return every so many of the queries; those that are headlines look in the body alone."""
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in islice(lines, 0, None, every)]
    return [
        JudgedQuery(
            query["qid"],
            query["set"],
            query["query"],
            query["rel"][0],
            (TextField.BODY,) if query["set"] == "wt" else (),
        )
        for query in found
    ]


def read_articles(path: Path, wanted: Callable[[int, str], bool]) -> Iterator[Article]:
    """Yield the articles of a corpus of which `wanted` says so, given their place and id.

    A few are left without a time, and reporters and tags are given by place, so that every filter has values.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for place, document in enumerate(map(json.loads, lines)):
            if wanted(place, document["id"]):
                yield _article(place, document)


def fill(engines: Sequence[Engine], articles: Iterable[Article], *, enriched: bool = True) -> int:
    """Analyse each article once, store it in every engine and return how many there are, once all can be found.

    Without `enriched` none gets the values that are derived from the text, which plain words do not look at.
    """
    remaining = iter(articles)
    stored = 0
    while part := list(islice(remaining, _BATCH)):
        batch = [
            _put(article, enriched=enriched and place % _ENRICHED_EVERY == 0)
            for place, article in enumerate(part, start=stored)
        ]
        for engine in engines:
            refused = [outcome for outcome in engine.write(batch) if not isinstance(outcome, Written)]
            if refused:
                raise RuntimeError(f"{engine.name} refused {len(refused)} articles, first {refused[0]}")
        stored += len(batch)
    for engine in engines:
        engine.wait_until_searchable(engine.write([_put(Article("zz", "마지막", "마지막 글이다."), enriched=False)]))
        if engine.count() != stored + 1:
            raise RuntimeError(f"{engine.name} has {engine.count()} of {stored + 1} articles")
    return stored + 1


def run(engines: tuple[Engine, Engine], queries: Iterable[JudgedQuery]) -> list[Pair]:
    """Return the first ten of both engines for each query, any of whose words will do."""
    pairs = []
    for query in queries:
        tree = ranked(parse(query.text, Match.ANY, query.fields).tree)
        request = SearchRequest(query=tree, fields=query.fields, sort=Sort.RELEVANCE, size=FIRST, highlight=False)
        pairs.append(Pair(query, engines[0].search(request), engines[1].search(request)))
    return pairs


def likeness(pairs: Sequence[Pair]) -> Likeness:
    """Return the figures of these answers."""
    return Likeness(
        queries=len(pairs),
        overlap=_mean(pair.overlap for pair in pairs),
        same_first=_mean(pair.same_first for pair in pairs),
        same_order=_mean(ids(pair.one) == ids(pair.other) for pair in pairs),
        same_total=_mean(pair.same_total for pair in pairs),
        reciprocal_ranks=(
            _mean(_reciprocal_rank(pair.query, pair.one) for pair in pairs),
            _mean(_reciprocal_rank(pair.query, pair.other) for pair in pairs),
        ),
    )


def facets(engine: Engine, request: SearchRequest) -> dict[FilterField, list[tuple[str, int]]]:
    """Return every value of every field with its count, in the engine's order, among what the request finds."""
    counting = replace(request, facets=tuple(FilterField), facet_size=_MOST_VALUES, size=1, highlight=False)
    return {
        field: [(bucket.value, bucket.count) for bucket in buckets]
        for field, buckets in engine.search(counting).facets.items()
    }


def filtered(engine: Engine, field: FilterField, value: str) -> tuple[int, int, list[str]]:
    """Return how many articles have a value, how many have not, and the newest ten of those that have."""
    with_it = engine.search(_narrowed(field, Filter(include=(value,))))
    without = engine.search(_narrowed(field, Filter(exclude=(value,))))
    return with_it.total, without.total, ids(with_it)


def histogram(engine: Engine, request: SearchRequest) -> list[tuple[str, int]]:
    """Return the histogram of what the request finds."""
    answer = engine.search(replace(request, size=1, highlight=False)).histogram or ()
    return [(bucket.value, bucket.count) for bucket in answer]


def in_order(engine: Engine, sort: Sort, size: int = 100) -> list[str]:
    """Return the ids of all articles in an order of time, gathered page by page."""
    found: list[str] = []
    request = SearchRequest(query=Everything(), sort=sort, size=size, highlight=False)
    while True:
        results = engine.search(request)
        found += ids(results)
        if results.next is None:
            return found
        request = replace(request, cursor=results.next)


def _narrowed(field: FilterField, narrowing: Filter) -> SearchRequest:
    return SearchRequest(filters={field: narrowing}, size=FIRST, highlight=False)


def _article(place: int, document: dict[str, Any]) -> Article:
    date = datetime.fromisoformat(document["date"]).replace(hour=place % 24, tzinfo=KST)
    return Article(
        id=document["id"],
        title=document["title"],
        body=document["body"],
        outlet=document["outlet"],
        section=document["section"],
        published_at=date if place % _UNDATED_EVERY else None,
        reporters=(Reporter(f"기자 {place % 37}"),),
        tags=tuple(f"갈래 {number}" for number in (3, 5, 7) if place % number == 0),
    )


def _put(article: Article, *, enriched: bool) -> Put:
    fingerprint = hashlib.sha256(repr(article).encode()).hexdigest()
    if enriched:
        done = enrich(article)
        return Put(done.article, encode_tokens(done.texts.by_field()), fingerprint)
    return Put(article, encode_tokens(analyze_texts(article).by_field()), fingerprint)


def _reciprocal_rank(query: JudgedQuery, results: SearchResults) -> float:
    found = ids(results)
    return 1 / (found.index(query.relevant) + 1) if query.relevant in found else 0.0


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
