"""A tree back into a query: the canonical way of writing it, which parses to the same tree."""

from __future__ import annotations

import re

from service.search.query_language.dates import render_dates
from service.search.query_language.fields import KOREAN_NAMES, Special
from service.search.query_language.money import render_money
from service.search.request import Match
from service.search.tree import (
    And,
    DateRange,
    Everything,
    Fields,
    MoneyRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Word,
)

_BARE_VALUE = re.compile(r"[^\s()|\"「」『』‘’*:!-][^\s()|\"「」『』‘’*:]*")
_OPERATOR = re.compile(r"OR|AND|NOT|NEAR/\d+")


def render(node: Node, match: Match, fields: Fields) -> str:
    """Return the query that `parse` reads as this node, with the same `match` and `fields`."""
    if isinstance(node, Everything):
        return ""
    if isinstance(node, Or):
        return _alternatives(node, match, fields)
    if isinstance(node, And):
        return _all_of(node, match, fields)
    if isinstance(node, Not):
        child = render(node.child, Match.ALL, fields)
        return f"-({child})" if _needs_parentheses(node.child, fields) else f"-{child}"
    return _leaf(node, match, fields)


def _alternatives(node: Or, match: Match, fields: Fields) -> str:
    run = _run(node, match, fields)
    if run:
        return run
    parts: list[str] = []
    last_text: str | None = None
    for child in node.children:
        # The morphemes of one text follow each other, and each bears the whole of it.
        text = child.text if isinstance(child, Word) and _is_loose(child, match, fields) else None
        if text is None or text != last_text:
            parts.append(text or render(child, match, fields))
        last_text = text
    return " | ".join(parts)


def _all_of(node: And, match: Match, fields: Fields) -> str:
    # An AND before a run of alternatives keeps it from becoming one with another, and from going before what stands
    # on its left.
    parts: list[str] = []
    for child in node.children:
        run = _run(child, match, fields)
        if run and parts:
            parts.append("AND")
        text = run or render(child, match, fields)
        parts.append(f"({text})" if isinstance(child, Or) and not run else text)
    return " ".join(parts)


def _run(node: Node, match: Match, fields: Fields) -> str | None:
    """Return alternatives as they are written in one run, without a sign; None where that would mean another thing."""
    children = node.children if isinstance(node, Or) else (node,)
    if not all(_is_loose(child, match, fields) for child in children):
        return None
    words = [child for child in children if isinstance(child, Word)]
    if words != list(children[: len(words)]) or len({word.text for word in words}) > 1:
        return None
    return " ".join(
        [*(word.text for word in words[:1]), *(_leaf(child, match, fields) for child in children[len(words) :])]
    )


def _needs_parentheses(child: Node, fields: Fields) -> bool:
    return isinstance(child, And | Or) or (isinstance(child, Near) and child.left.fields == fields)


def _is_loose(node: Node, match: Match, fields: Fields) -> bool:
    if match is Match.ALL:
        return False
    if isinstance(node, Near):
        return node.left.fields == fields
    return isinstance(node, Phrase | Prefix | Word) and node.fields == fields and not _is_whole(node)


def _is_whole(node: Node) -> bool:
    # Where any word will do, a word of several morphemes comes out of a field.
    return isinstance(node, Word) and len(node.terms) > 1


def _leaf(node: Node, match: Match, fields: Fields) -> str:
    if isinstance(node, Word):
        return _named(node.text, node.fields, () if match is Match.ANY and _is_whole(node) else fields)
    if isinstance(node, Phrase):
        return _named(_quoted(node.text) + (f"~{node.slop}" if node.slop else ""), node.fields, fields)
    if isinstance(node, Prefix):
        return _named(f"{node.text}*", node.fields, fields)
    if isinstance(node, Near):
        return _near(node, fields)
    return _value(node)


def _near(node: Near, fields: Fields) -> str:
    own = node.left.fields
    left, right = (_leaf(side, Match.ALL, own) for side in (node.left, node.right))
    text = f"{left} NEAR/{node.distance} {right}"
    return text if own == fields else _named(f"({text})", own, fields)


def _value(node: Node) -> str:
    if isinstance(node, DateRange):
        return f"{KOREAN_NAMES[Special.DATE]}:{render_dates(node)}"
    if isinstance(node, MoneyRange):
        return f"{KOREAN_NAMES[Special.MONEY]}:{render_money(node)}"
    assert isinstance(node, Value)
    field = Special.SPEAKER if node.speaker else node.field
    assert field is not None
    bare = _BARE_VALUE.fullmatch(node.value) and not _OPERATOR.fullmatch(node.value)
    return f"{KOREAN_NAMES[field]}:{node.value if bare else _quoted(node.value)}"


def _named(text: str, own: Fields, fields: Fields) -> str:
    # Leaves that look where all leaves look need no name; others came out of `field:` and name exactly one.
    return text if own == fields else f"{KOREAN_NAMES[own[0]]}:{text}"


def _quoted(text: str) -> str:
    # Each kind of quotation may hold the marks of the others; none of them holds its own.
    for opening, closing in (('"', '"'), ("「", "」"), ("『", "』")):
        if closing not in text:
            return f"{opening}{text}{closing}"
    raise AssertionError("a quotation holds every kind of mark")
