"""A query that can be read, made out of one that cannot."""

from __future__ import annotations

import re
from collections.abc import Callable

from service.domain.errors import ValidationFailed
from service.search.query_language.errors import Unreadable
from service.search.query_language.fields import field_named
from service.search.query_language.limits import MAX_CLAUSES
from service.search.query_language.terms import is_word

_MOST_EDITS = 8
_WORD = re.compile(r"\w+")
_OPERATORS = frozenset({"OR", "AND", "NOT", "NEAR"})


def correct(text: str, error: Unreadable, check: Callable[[str], None]) -> str | None:
    """Return the query with what is wrong mended, else its words alone; None where it has no word.

    `check` raises Unreadable or ValidationFailed for a query that cannot be read.
    """
    try:
        return _mended(text, error, check) or _words_alone(text, check)
    except ValidationFailed:
        return None


def _mended(text: str, error: Unreadable, check: Callable[[str], None]) -> str | None:
    for _ in range(_MOST_EDITS):
        if error.edit is None:
            return None
        text = " ".join(error.edit.apply(text).split())
        if not text:
            return None
        try:
            check(text)
        except Unreadable as following:
            error = following
        else:
            return text
    return None


def _words_alone(text: str, check: Callable[[str], None]) -> str | None:
    words = [word for word in _WORD.findall(text) if word not in _OPERATORS and not field_named(word) and is_word(word)]
    if not words:
        return None
    candidate = " ".join(words[:MAX_CLAUSES])
    try:
        check(candidate)
    except Unreadable:
        return None
    return candidate
