"""Outlets asked for under all their names: articles bear whichever one they came with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from service.korean.folding import fold_value
from service.search.request import Filter, SearchRequest
from service.search.tree import And, FilterField, Node, Not, Or, Ranked, Value, Widened
from service.usecases.licences.table import OutletTable


def request_in_all_names(request: SearchRequest, table: OutletTable) -> SearchRequest:
    """Return the request with each outlet that it filters or asks for under all the names that the table knows."""
    filters = dict(request.filters)
    if asked := filters.get(FilterField.OUTLET):
        filters[FilterField.OUTLET] = Filter(_all_names(asked.include, table), _all_names(asked.exclude, table))
    return replace(request, query=node_in_all_names(request.query, table), filters=filters)


def node_in_all_names(node: Node, table: OutletTable) -> Node:
    """Return the node with each outlet that it asks for under all the names that the table knows."""
    match node:
        case Value(field=FilterField.OUTLET, value=written):
            names = _all_names((written,), table)
            return Or(tuple(replace(node, value=name) for name in names)) if len(names) > 1 else node
        case And(children) | Or(children):
            return replace(node, children=tuple(node_in_all_names(child, table) for child in children))
        case Not(child) | Ranked(child=child) | Widened(child=child):
            return replace(node, child=node_in_all_names(child, table))
        case _:
            return node


def _all_names(written: Iterable[str], table: OutletTable) -> tuple[str, ...]:
    names = {fold_value(name): name for name in written}
    for name in tuple(names.values()):
        if outlet := table.find(name):
            for other in (outlet.name, *outlet.aliases):
                names.setdefault(fold_value(other), other)
    return tuple(names.values())
