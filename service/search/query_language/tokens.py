"""The tokens of the query language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from service.search.query_language.fields import Field


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    PREFIX = "prefix"
    PHRASE = "phrase"
    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    NEAR = "NEAR"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Token:
    """One token over [start, end) of the query as read.

    `text` is the word or phrase without its marks, or the operator as written; `number` the distance of NEAR or the
    slop of a phrase; `field` what a field's name stands for.
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: int = 0
    field: Field | None = None
