"""Facets of the hits alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.search.request import Filter, SearchRequest, Sort
from service.search.tree import And, FilterField, Node, Or, Value


def counting(request: SearchRequest, facets: Sequence[FilterField], size: int) -> SearchRequest:
    """Return the request for the most frequent values among the hits of a request.

    A facet leaves its own filter out, so the inclusions become part of the query.
    """
    included = [_any_of(field, wanted.include) for field, wanted in request.filters.items() if wanted.include]
    return replace(
        request,
        query=And((request.query, *included)) if included else request.query,
        filters={field: Filter((), wanted.exclude) for field, wanted in request.filters.items() if wanted.exclude},
        sort=Sort.NEWEST,
        size=1,
        facets=tuple(facets),
        facet_size=size,
        group_by_story=False,
        highlight=False,
    )


def _any_of(field: FilterField, values: Sequence[str]) -> Node:
    nodes = tuple(Value(field, value) for value in values)
    return nodes[0] if len(nodes) == 1 else Or(nodes)
