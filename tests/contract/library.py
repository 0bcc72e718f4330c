"""Every article of the shelves that tests only read."""

from __future__ import annotations

from tests.contract import (
    advice,
    analytics,
    exclusions,
    facets,
    filters,
    grouping,
    highlights,
    histogram,
    meaning,
    operators,
    phrases,
    query_table,
    ranges,
    similar,
    sorts,
    suggestions,
    synonyms,
    words,
)

ARTICLES = (
    *words.ARTICLES,
    *advice.ARTICLES,
    *phrases.ARTICLES,
    *operators.ARTICLES,
    *exclusions.ARTICLES,
    *filters.ARTICLES,
    *ranges.ARTICLES,
    *facets.ARTICLES,
    *histogram.ARTICLES,
    *sorts.ARTICLES,
    *highlights.ARTICLES,
    *grouping.ARTICLES,
    *similar.ARTICLES,
    *meaning.ARTICLES,
    *synonyms.ARTICLES,
    *suggestions.ARTICLES,
    *analytics.ARTICLES,
    *query_table.ARTICLES,
)
