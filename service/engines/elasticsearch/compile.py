"""The query tree in Elasticsearch's query language; no user's word is ever parsed there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from service.engines.elasticsearch import fields
from service.engines.elasticsearch.compile_positions import NOTHING, Query, any_of, positional
from service.korean.folding import fold_value
from service.search.leaves import places
from service.search.request import Filter, SearchRequest
from service.search.times import microseconds
from service.search.tree import (
    And,
    DateRange,
    Everything,
    FilterField,
    MoneyRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Ranked,
    TextField,
    Value,
    Widened,
    Word,
)
from service.search.words import fold_prefix

EVERYTHING: Query = {"match_all": {}}


def compile_node(node: Node, default: tuple[TextField, ...]) -> Query:  # noqa: PLR0911 -- one for each kind of node
    """Return the query of a tree; `default` is where leaves look that name no fields."""
    match node:
        case Everything():
            return EVERYTHING
        case Word() | Phrase() | Near():
            return positional(node, default)
        case Prefix(text, named):
            return any_of([_prefix(text, place) for place in places(named, default)])
        case Value() | DateRange() | MoneyRange():
            return {"bool": {"filter": [_condition(node)]}}
        case And(children):
            return _all_of(children, default)
        case Or(children):
            return any_of([compile_node(child, default) for child in children])
        case Widened(child, synonyms):
            weighted = [_weighted(compile_node(synonym.leaf, default), synonym.weight) for synonym in synonyms]
            return any_of([compile_node(child, default), *weighted])
        case Ranked(child, weight, leaves):
            others = [_weighted(compile_node(each.leaf, default), each.weight) for each in leaves]
            return {"bool": {"must": [_weighted(compile_node(child, default), weight)], "should": others}}
        case Not():
            return _all_of((node,), default)


def filter_clauses(request: SearchRequest, later: frozenset[FilterField] = frozenset()) -> dict[str, list[Query]]:
    """Return the request's filters and dates as the `filter` and `must_not` of a bool query.

    The inclusions of the fields in `later` are left out: they are applied after the facets have been counted.
    """
    keep: list[Query] = []
    exclude: list[Query] = []
    for field, wanted in request.filters.items():
        if wanted.include and field not in later:
            keep.append(included(field, wanted))
        if wanted.exclude:
            exclude.append(_values(field, wanted.exclude))
    if request.published_from or request.published_to:
        keep.append(published(request.published_from, request.published_to))
    return {name: clauses for name, clauses in (("filter", keep), ("must_not", exclude)) if clauses}


def included(field: FilterField, wanted: Filter) -> Query:
    """Return the query for articles with one of the values that a filter includes."""
    return _values(field, wanted.include)


def published(start: datetime | None, end: datetime | None) -> Query:
    """Return the query for articles published between two times, both included, either open."""
    return _published(_time(start), _time(end))


def _weighted(query: Query, weight: float) -> Query:
    return {"bool": {"must": [query], "boost": weight}}


def _all_of(children: Sequence[Node], default: tuple[TextField, ...]) -> Query:
    clauses: dict[str, list[Query]] = {"must": [], "filter": [], "must_not": []}
    for child in children:
        match child:
            case Not(excluded):
                clauses["must_not"].append(compile_node(excluded, default))
            case Value() | DateRange() | MoneyRange():
                clauses["filter"].append(_condition(child))
            case _:
                clauses["must"].append(compile_node(child, default))
    if not clauses["must"] and not clauses["filter"]:
        clauses["filter"].append(EVERYTHING)
    return {"bool": {name: queries for name, queries in clauses.items() if queries}}


def _condition(node: Value | DateRange | MoneyRange) -> Query:
    match node:
        case Value(field, value, speaker):
            if speaker or field is None:
                return {"term": {fields.SPEAKER: fold_value(value)}}
            return _values(field, (value,))
        case DateRange(start, end):
            return _published(_time(start), None if end is None else microseconds(end) - 1)
        case MoneyRange():
            return _money(node)


def _prefix(text: str, place: TextField | None) -> Query:
    return {"prefix": {fields.words_field(place): {"value": fold_prefix(text)}}}


def _values(field: FilterField | Literal[TextField.TITLE], values: Sequence[str]) -> Query:
    return {"terms": {fields.value_field(field): [fold_value(value) for value in values]}}


def _money(wanted: MoneyRange) -> Query:
    bounds: dict[str, Any] = {}
    if wanted.low is not None:
        bounds["gte" if wanted.include_low else "gt"] = wanted.low
    if wanted.high is not None:
        bounds["lte" if wanted.include_high else "lt"] = wanted.high
    if not all(math.isfinite(bound) for bound in bounds.values()):
        return NOTHING
    within: list[Query] = [{"term": {fields.MONEY_CURRENCY: wanted.currency}}]
    if bounds:
        within.append({"range": {fields.MONEY_AMOUNT: bounds}})
    return {"nested": {"path": fields.MONEY, "query": {"bool": {"filter": within}}}}


def _time(time: datetime | None) -> int | None:
    return None if time is None else microseconds(time)


def _published(low: int | None, high: int | None) -> Query:
    # From 1: nought stands for an article without a time, which lies in no range.
    bounds = {"gte": max(low or 1, 1)}
    return {"range": {fields.NEWEST: bounds if high is None else bounds | {"lte": high}}}
