"""Nodes put together: nested lists flattened, alternatives once each, and plain words read by `match`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.search.query_language.terms import single_terms, word
from service.search.request import Match
from service.search.tree import And, Fields, Near, Node, Or, Phrase, Prefix, Word


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A written word that no operator, field or NEAR lays hold of."""

    text: str


@dataclass(frozen=True, slots=True)
class Loose:
    """A phrase, prefix or NEAR that no operator or field lays hold of."""

    node: Phrase | Prefix | Near


Operand = PlainWord | Loose | Node


def as_node(operand: Operand, fields: Fields) -> Node:
    """Return the operand as a node of its own."""
    if isinstance(operand, PlainWord):
        return word(operand.text, fields)
    return operand.node if isinstance(operand, Loose) else operand


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


def combine(operands: Sequence[Operand], match: Match, fields: Fields) -> Node:
    """Return the operands of one run as a node.

    With `Match.ANY` what is looked for in the text becomes one Or: the content morphemes of the plain words, analysed
    together as one text, then phrases, prefixes and NEAR. What else stands in the run has to match as well.
    """
    if match is Match.ALL:
        return conjunction(as_node(operand, fields) for operand in operands)
    words = [operand.text for operand in operands if isinstance(operand, PlainWord)]
    loose = [operand.node for operand in operands if isinstance(operand, Loose)]
    required = [operand for operand in operands if not isinstance(operand, PlainWord | Loose)]
    terms = single_terms(" ".join(words), fields) or [word(text, fields) for text in words]
    alternatives = [*terms, *loose]
    return conjunction([disjunction(alternatives), *required] if alternatives else required)
