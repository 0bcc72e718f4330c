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
    # Where any word will do, words that follow each other are alternatives without a sign between them.
    runs: list[str] = []
    last_text: str | None = None
    for child in node.children:
        text = child.text if isinstance(child, Word) and _is_plain(child, match, fields) else None
        if text is None or last_text is None:
            runs.append(text or render(child, match, fields))
        elif text != last_text:
            runs[-1] += f" {text}"
        last_text = text
    return " | ".join(runs)


def _all_of(node: And, match: Match, fields: Fields) -> str:
    parts: list[str] = []
    words_before = False
    for child in node.children:
        words = _is_words(child, match, fields)
        text = render(child, match, fields)
        if words and words_before:
            parts.append("AND")
        words_before = words or words_before
        parts.append(f"({text})" if isinstance(child, Or) and not words else text)
    return " ".join(parts)


def _needs_parentheses(child: Node, fields: Fields) -> bool:
    return isinstance(child, And | Or) or (isinstance(child, Near) and child.left.fields == fields)


def _is_words(node: Node, match: Match, fields: Fields) -> bool:
    children = node.children if isinstance(node, Or) else (node,)
    return all(isinstance(child, Word) and _is_plain(child, match, fields) for child in children)


def _is_plain(word: Word, match: Match, fields: Fields) -> bool:
    return match is Match.ANY and word.fields == fields and len(word.terms) == 1


def _leaf(node: Node, match: Match, fields: Fields) -> str:
    if isinstance(node, Word):
        whole = match is Match.ANY and not _is_plain(node, match, fields)
        return _named(node.text, node.fields, () if whole else fields)
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
