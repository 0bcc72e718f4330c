"""The query tree as a tantivy query; tantivy's own parser never sees a user's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

import tantivy
from tantivy import FieldType, Occur, Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.amounts import range_terms
from service.engines.embedded.compile_positions import Exact, positional, unscored
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


def compile_node(node: Node, default: tuple[TextField, ...], exact: Exact) -> Query:  # noqa: PLR0911 -- one for each kind of node
    """Return the query of a tree; `default` is where leaves look that name no fields.

    `exact` turns a query that may match too much into one that matches only what its predicate holds of.
    """
    match node:
        case Everything():
            return Query.all_query()
        case Word() | Phrase() | Near():
            return positional(node, default, exact)
        case Prefix(text, named):
            return any_of([_prefix(text, place) for place in places(named, default)])
        case Value():
            return unscored(_value(node))
        case DateRange(start, end):
            return unscored(_published(_time(start), _before(_time(end))))
        case MoneyRange(currency, low, high, include_low, include_high):
            terms = range_terms(currency, low, high, include_low, include_high)
            return unscored(Query.term_set_query(fields.schema(), fields.MONEY, terms))
        case And(children):
            return _all_of(children, lambda child: compile_node(child, default, exact))
        case Or(children):
            return any_of([compile_node(child, default, exact) for child in children])
        case Widened(child, synonyms):
            leaves = [(compile_node(synonym.leaf, default, exact), synonym.weight) for synonym in synonyms]
            return any_of([compile_node(child, default, exact), *(Query.boost_query(*each) for each in leaves)])
        case Ranked(child, weight, leaves):
            required = Query.boost_query(compile_node(child, default, exact), weight)
            others = [Query.boost_query(compile_node(each.leaf, default, exact), each.weight) for each in leaves]
            return Query.boolean_query([(Occur.Must, required), *((Occur.Should, other) for other in others)])
        case Not():
            return _all_of((node,), lambda child: compile_node(child, default, exact))


def narrowed(query: Query, request: SearchRequest, *, without: FilterField | None = None) -> Query:
    """Return the query within the request's filters and dates; `without` leaves out one filter's inclusions."""
    clauses = [(Occur.Must, query)]
    for field, wanted in request.filters.items():
        kept = Filter((), wanted.exclude) if field is without else wanted
        clauses += _filter_clauses(field, kept)
    if request.published_from or request.published_to:
        within = _published(_time(request.published_from), _time(request.published_to))
        clauses.append((Occur.Must, unscored(within)))
    return Query.boolean_query(clauses) if len(clauses) > 1 else query


def any_of(queries: Sequence[Query]) -> Query:
    """Return the query for what at least one of these matches."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def number_range(field: str, low: int | None, high: int | None) -> Query:
    """Return the query for numbers between the bounds, both included, either open."""
    return Query.range_query(fields.schema(), field, FieldType.Unsigned, low, high)


def _all_of(children: Sequence[Node], compiled: Callable[[Node], Query]) -> Query:
    clauses: list[tuple[tantivy.Occur, Query]] = []
    for child in children:
        if isinstance(child, Not):
            clauses.append((Occur.MustNot, compiled(child.child)))
        else:
            clauses.append((Occur.Must, compiled(child)))
    if all(occur == Occur.MustNot for occur, _ in clauses):
        # Exclusions alone match nothing.
        clauses.append((Occur.Must, unscored(Query.all_query())))
    return Query.boolean_query(clauses)


def _prefix(text: str, place: TextField | None) -> Query:
    # A distance of nought: the dictionary is walked from the prefix on, whatever characters it holds.
    return Query.fuzzy_term_query(fields.schema(), fields.words_field(place), fold_prefix(text), 0, prefix=True)


def _value(node: Value) -> Query:
    if node.speaker or node.field is None:
        return Query.term_query(fields.schema(), fields.SPEAKER, fold_value(node.value))
    return _values(node.field, (node.value,))


def _values(field: FilterField | Literal[TextField.TITLE], values: Sequence[str]) -> Query:
    folded = [fold_value(value) for value in values]
    if len(folded) == 1:  # a set is walked through the dictionary, one term is looked up
        return Query.term_query(fields.schema(), fields.value_field(field), folded[0], index_option="basic")
    return Query.term_set_query(fields.schema(), fields.value_field(field), folded)


def _filter_clauses(field: FilterField, wanted: Filter) -> list[tuple[tantivy.Occur, Query]]:
    clauses = []
    if wanted.include:
        clauses.append((Occur.Must, unscored(_values(field, wanted.include))))
    if wanted.exclude:
        clauses.append((Occur.MustNot, _values(field, wanted.exclude)))
    return clauses


def _time(time: datetime | None) -> int | None:
    return None if time is None else microseconds(time)


def _before(end: int | None) -> int | None:
    return None if end is None else end - 1


def _published(low: int | None, high: int | None) -> Query:
    # From 1: nought stands for an article without a time, which lies in no range.
    return number_range(fields.NEWEST, max(low or 1, 1), high)
