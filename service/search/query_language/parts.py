"""What of a query has to be found, and where it stands: words, phrases, beginnings and values, nothing excluded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.search.query_language.fields import Field, Special
from service.search.query_language.lexer import Lexer
from service.search.query_language.source import read
from service.search.query_language.tokens import Kind, Token

_SLOP = re.compile(r"~\d+\Z")
_LEAVES = (Kind.WORD, Kind.PHRASE, Kind.PREFIX)
_RANGES = (Special.DATE, Special.MONEY)


@dataclass(frozen=True, slots=True)
class Part:
    """One word, phrase, beginning of a word or value.

    `written` is all of it with its marks, without the name of its field; `text` is what stands within the marks, at
    [start, end) of the query as it is read.
    """

    kind: Kind
    written: str
    text: str
    start: int
    end: int
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    field: Field | None = None
    is_excluded: bool = False


def parts_of(q: str) -> tuple[str, tuple[Part, ...]]:
    """Return the query as it is read and its parts in order; Unreadable where it cannot be read."""
    text = read(q).text
    return text, tuple(_part(text, token, field) for token, field in _wanted(Lexer(text).tokens()))


def _wanted(tokens: list[Token]) -> Iterator[tuple[Token, Field | None]]:
    outer: list[_Context] = []
    here = following = _Context()
    for token in tokens:
        if token.kind is Kind.NOT:
            following = _Context(following.field, not following.is_excluded)
        elif token.kind is Kind.FIELD:
            following = _Context(token.field, following.is_excluded)
        elif token.kind is Kind.OPEN:
            outer.append(here)
            here = following
        else:
            if token.kind in _LEAVES and not following.is_excluded and following.field not in _RANGES:
                yield token, following.field
            elif token.kind is Kind.CLOSE:
                here = outer.pop()
            following = here


def _part(text: str, token: Token, field: Field | None) -> Part:
    written = text[token.start : token.end]
    if token.kind is not Kind.PHRASE:
        return Part(token.kind, written, token.text, token.start, token.end, field)
    start, end = token.start + 1, token.start + len(_SLOP.sub("", written)) - 1
    return Part(token.kind, written, text[start:end], start, end, field)
