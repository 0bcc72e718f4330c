"""The query as a tree of frozen nodes: what every engine compiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple


class TextField(StrEnum):
    """The fields that plain words look in; `body` holds the sub-heads too."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BODY = "body"
    CAPTION = "caption"


class FilterField(StrEnum):
    """The fields that are compared as whole values, in filters, facets and `field:value`."""

    OUTLET = "outlet"
    SECTION = "section"
    REPORTER = "reporter"
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    KEYWORD = "keyword"
    TAG = "tag"


class PositionedTerm(NamedTuple):
    """A term and its position relative to the first term of its word or phrase."""

    position: int
    term: str


Fields = tuple[TextField, ...]
"""The text fields a leaf looks in; empty means all of them, as one combined field."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article, each with the same score."""


@dataclass(frozen=True, slots=True)
class Word:
    """A written word: its content morphemes at their distances; never empty."""

    text: str
    terms: tuple[PositionedTerm, ...]
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of morphemes with none dropped, never empty; with `slop` at most so many others between, any order."""

    text: str
    terms: tuple[PositionedTerm, ...]
    fields: Fields = ()
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word as it is written (folded, two characters or more)."""

    text: str
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class Near:
    """Two words with at most `distance` morphemes between them, in either order, within one field."""

    left: Word | Phrase
    right: Word | Phrase
    distance: int


@dataclass(frozen=True, slots=True)
class Value:
    """A whole value of a filter field, a whole title, or a whole name of a `speaker`."""

    field: FilterField | Literal[TextField.TITLE] | None
    value: str
    speaker: bool = False


@dataclass(frozen=True, slots=True)
class DateRange:
    """Published within [start, end), either end open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """A sum in `currency` (ISO 4217) between the bounds, either open."""

    currency: str
    low: float | None
    high: float | None
    include_low: bool = True
    include_high: bool = True


@dataclass(frozen=True, slots=True)
class And:
    """All children match; two or more."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child matches; two or more."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child does not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class Synonym:
    """A leaf that means what `word` of the query means; its score counts `weight` times."""

    word: str
    leaf: Word | Phrase | Prefix
    weight: float


@dataclass(frozen=True, slots=True)
class Widened:
    """What was written or one of its synonyms; where several match their scores add up."""

    child: Node
    synonyms: tuple[Synonym, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """A phrase whose score counts `weight` times where it matches."""

    leaf: Phrase
    weight: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """Matches what the child matches; the score is the child's times `weight` and those of the leaves that match."""

    child: Node
    weight: float
    leaves: tuple[Weighted, ...]


Node = Everything | Word | Phrase | Prefix | Near | Value | DateRange | MoneyRange | And | Or | Not | Widened | Ranked
