"""What an engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.article import Article
from service.search.tree import FilterField


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found.

    `score` is None where the order is not by relevance. `highlights` maps `title`, `subtitle`, `body` and `caption` to
    fragments of escaped HTML with `<mark>` around the matches; fields without a match are left out. `copies` counts the
    other articles of the same story among the hits and is None unless hits are grouped.
    """

    article: Article
    score: float | None = None
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article of a story and the share of both texts, from 0 to 1, that is the same in the same order."""

    article: Article
    similarity: float


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The other articles of a story, a wire service's before others and then by time; `total` counts all of them."""

    story_id: str | None
    total: int
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet, or the first day of a span of the histogram, and the number of its articles."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of hits; `total` counts articles exactly, `stories` the groups where hits are grouped."""

    total: int
    hits: tuple[Hit, ...]
    stories: int | None = None
    facets: Mapping[FilterField, tuple[Bucket, ...]] = field(default_factory=dict)
    histogram: tuple[Bucket, ...] | None = None
    next: str | None = None
