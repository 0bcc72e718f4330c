"""The words that mark the articles of a search out from all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.korean.folding import fold_value
from service.search.analytics import Named
from service.search.engine import Engine
from service.search.hits_alone import counting
from service.search.own_words import OwnWords
from service.search.query_language.terms import word
from service.search.request import SearchParameters, SearchRequest
from service.search.significance import Frequency, significance
from service.search.tree import Everything, FilterField, TextField
from service.usecases.queries import Queries

_CANDIDATES = 500  # keywords most frequent among the hits
_COUNTED = 60  # the most telling of them, which are then looked for in the texts
_FEW = 5  # hits: among more, what only one of them says marks out that one and not the search
_CHANCE = 3.84  # a lower ratio comes about by chance once in twenty times (chi squared, one degree of freedom)


@dataclass(frozen=True, slots=True)
class RelatedTerm:
    """A noun or noun phrase, the number of hits with it in their text, and its log-likelihood ratio."""

    term: str
    count: int
    score: float


class RelatedTerms:
    """Finds telling terms by counts that are the same in every engine."""

    def __init__(self, engine: Engine, queries: Queries) -> None:
        self._engine = engine
        self._queries = queries

    def run(self, parameters: SearchParameters) -> tuple[RelatedTerm, ...]:
        """Return at most `size` terms, the most telling first; none where every article is a hit.

        Candidates are the keywords of the hits but the query's own words. The score compares how many hits have a term
        in their text with how many articles of the archive do.
        """
        request = self._queries.request(parameters)
        everything = SearchRequest()
        [archive] = self._engine.counts_within(everything, (Everything(),))
        [hits] = self._engine.counts_within(request, (Everything(),))
        if hits >= archive:
            return ()  # nothing marks all articles out, and to count every keyword takes longest there
        results = self._engine.search(counting(request, (FilterField.KEYWORD,), _CANDIDATES))
        articles = Frequency(results.total, archive)
        own = OwnWords(request)
        buckets = [bucket for bucket in results.facets[FilterField.KEYWORD] if not own.has(bucket.value)]
        named = self._engine.value_counts(everything, [Named(FilterField.KEYWORD, bucket.value) for bucket in buckets])
        frequencies = (Frequency(bucket.count, all_) for bucket, all_ in zip(buckets, named, strict=True))
        ranked = _ranked((bucket.value for bucket in buckets), frequencies, articles)
        candidates = [term.term for term in ranked[:_COUNTED]]
        counted = _telling(self._counted(request, candidates, articles), articles)
        return _distinct(counted, parameters.size)

    def _counted(self, request: SearchRequest, terms: Sequence[str], articles: Frequency) -> list[RelatedTerm]:
        words = [word(term, tuple(TextField)) for term in terms]  # anywhere, wherever the query itself looks
        found = self._engine.counts_within(request, words)
        everywhere = self._engine.counts_within(SearchRequest(), words)
        return _ranked(terms, map(Frequency, found, everywhere), articles)


def _ranked(terms: Iterable[str], frequencies: Iterable[Frequency], articles: Frequency) -> list[RelatedTerm]:
    scored = (
        RelatedTerm(term, frequency.found, round(significance(frequency, articles), 3))
        for term, frequency in zip(terms, frequencies, strict=True)
    )
    return sorted((term for term in scored if term.score > 0), key=lambda term: (-term.score, term.term))


def _telling(ranked: Iterable[RelatedTerm], articles: Frequency) -> Iterator[RelatedTerm]:
    least = 1 if articles.found < _FEW else 2
    return (term for term in ranked if term.count >= least and term.score >= _CHANCE)


def _distinct(ranked: Iterable[RelatedTerm], size: int) -> tuple[RelatedTerm, ...]:
    """Return the best, without what is written in another spelling, lies in a better one or merely lengthens it."""
    chosen: list[RelatedTerm] = []
    for term in ranked:
        if len(chosen) == size:
            break
        folded = fold_value(term.term)
        if not any(folded in other or other in folded for other in (fold_value(known.term) for known in chosen)):
            chosen.append(term)
    return tuple(chosen)
