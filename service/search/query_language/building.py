"""Nodes put together: nested lists flattened, alternatives once each, and plain words read by `match`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.search.query_language.terms import single_terms, word
from service.search.request import Match
from service.search.tree import And, Fields, Node, Or, Word


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A written word that no operator, field or NEAR lays hold of."""

    text: str


Operand = PlainWord | Node


def conjunction(nodes: Iterable[Node]) -> Node:
    """Return a node that all of the nodes have to match."""
    children: list[Node] = []
    for node in nodes:
        children.extend(node.children if isinstance(node, And) else [node])
    return children[0] if len(children) == 1 else And(tuple(children))


def disjunction(nodes: Iterable[Node]) -> Node:
    """Return a node that one of the nodes has to match; what looks for the same terms stands once."""
    children: dict[object, Node] = {}
    for node in nodes:
        for child in node.children if isinstance(node, Or) else [node]:
            children.setdefault((child.terms, child.fields) if isinstance(child, Word) else child, child)
    distinct = tuple(children.values())
    return distinct[0] if len(distinct) == 1 else Or(distinct)


def combine(operands: Sequence[Operand], match: Match, fields: Fields) -> tuple[Node, tuple[str, ...]]:
    """Return the operands of one run as a node, and the plain words that were left out of it.

    With `Match.ANY` the content morphemes of all plain words become one Or at the place of the first of them. Words
    without content are left out of it, unless there are no others.
    """
    if match is Match.ALL:
        nodes = [word(item.text, fields) if isinstance(item, PlainWord) else item for item in operands]
        return conjunction(nodes), ()
    plain = [item.text for item in operands if isinstance(item, PlainWord)]
    if not plain:
        return conjunction(item for item in operands if not isinstance(item, PlainWord)), ()
    terms = [term for text in plain for term in single_terms(text, fields)]
    alternatives = disjunction(terms or [word(text, fields) for text in plain])
    left_out = tuple(text for text in plain if terms and not single_terms(text, fields))
    first = next(index for index, item in enumerate(operands) if isinstance(item, PlainWord))
    before = [item for item in operands[:first] if not isinstance(item, PlainWord)]
    after = [item for item in operands[first:] if not isinstance(item, PlainWord)]
    return conjunction([*before, alternatives, *after]), left_out
