"""The one way out: a search is parsed, run and answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index_mappings import SynonymRule, shipped_synonyms
from service.domain.errors import FieldError, Message, ValidationFailed
from service.search.engine import Engine
from service.search.query_language import ParsedQuery, parse
from service.search.query_language.ranking import ranked
from service.search.request import PUBLISHED, Match, SearchParameters, SearchRequest, Sort
from service.search.results import Hit, SearchResults
from service.search.tree import FilterField
from service.suggestions.advice import Advice
from service.usecases.advice import Adviser

SynonymSource = Callable[[], tuple[SynonymRule, ...]]
"""Returns the rules by which the words of a query are widened now."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The results of a search, the query as it was understood, and the milliseconds it took.

    `synonyms` holds for each word of the query that has some what was looked for as well; `advice` is what is said
    where there are few hits or none.
    """

    results: SearchResults
    interpreted: str
    warnings: tuple[Message, ...]
    took_ms: int
    synonyms: Mapping[str, tuple[str, ...]]
    advice: Advice


class Search:
    """Searches of an engine."""

    def __init__(self, engine: Engine, synonyms: SynonymSource = shipped_synonyms) -> None:
        self._engine = engine
        self._synonyms = synonyms

    def run(self, parameters: SearchParameters) -> SearchAnswer:
        """Return the answer; raises QuerySyntaxError, ValidationFailed, InvalidCursor or ExpiredCursor."""
        started = time.perf_counter()
        self._engine.follow_dictionary()
        synonyms = self._synonyms()
        parsed = parse(parameters.q, parameters.match, parameters.fields, synonyms)
        request = request_of(parameters, parsed)
        results = self._engine.search(request)
        advice = Adviser(self._engine, synonyms).advise(parameters, request, results.total)
        took_ms = round((time.perf_counter() - started) * 1000)
        warnings = (*parsed.warnings, *advice.warnings)
        return SearchAnswer(results, parsed.interpreted, warnings, took_ms, parsed.synonyms, advice)

    def similar(self, article_id: str, size: int) -> tuple[Hit, ...]:
        """Return other articles like this one, best first; NotFound where there is no such article."""
        return self._engine.similar(article_id, size)


def request_of(parameters: SearchParameters, parsed: ParsedQuery) -> SearchRequest:
    """Return the request to an engine; ValidationFailed where the range of dates is reversed."""
    _check_range(parameters)
    facets = [FilterField(name) for name in parameters.facets if name != PUBLISHED]
    sought = parameters.facet_search
    if sought and sought.field not in facets:
        facets.append(sought.field)
    sort = parameters.sort or (Sort.RELEVANCE if parameters.q.strip() else Sort.NEWEST)
    return SearchRequest(
        query=ranked(parsed.tree) if parameters.match is Match.ANY and sort is Sort.RELEVANCE else parsed.tree,
        fields=parameters.fields,
        filters=parameters.filters,
        published_from=parameters.published_from,
        published_to=parameters.published_to,
        sort=sort,
        size=parameters.size,
        cursor=parameters.cursor,
        facets=tuple(facets),
        histogram=parameters.interval if PUBLISHED in parameters.facets else None,
        facet_size=parameters.facet_size,
        facet_search=sought,
        group_by_story=parameters.group_by_story,
        highlight=parameters.highlight,
    )


def _check_range(parameters: SearchParameters) -> None:
    start, end = parameters.published_from, parameters.published_to
    if start and end and start > end:
        message = Message(
            "published_from이 published_to보다 늦습니다. 두 값을 바꾸세요.",
            "published_from is later than published_to. Swap the two.",
        )
        error = FieldError("reversed-range", message, parameter="published_from")
        raise ValidationFailed(message.ko, message.en, (error,))
