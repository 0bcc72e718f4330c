"""What is asked of an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from service.search.tree import Everything, FilterField, Node, TextField


class Sort(StrEnum):
    """The orders of hits; ties go by id, and articles without a time come last in both orders of time."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Interval(StrEnum):
    """The widths of the histogram's buckets in Asia/Seoul; a week begins on Monday."""

    AUTO = "auto"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Match(StrEnum):
    """Whether all words have to be found or any of them; parsing turns this into the tree."""

    ALL = "all"
    ANY = "any"


PUBLISHED = "published"
"""The facet that is a histogram of the publication time."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Whole values of one field: an article must have one of `include`, unless empty, and none of `exclude`."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetSearch:
    """Only the values of one facet that contain these characters, whatever their case."""

    field: FilterField
    text: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search: the tree and everything that narrows, orders and counts its hits.

    `published_from` and `published_to` are aware and both inclusive. `histogram` is the interval of the histogram of
    publication times, None where it is not asked for. `fields` says where the leaves of `query` look that name no
    fields of their own; empty means all. `cursor` is what the last answer to the same request gave as `next`.
    """

    query: Node = field(default_factory=Everything)
    fields: tuple[TextField, ...] = ()
    filters: Mapping[FilterField, Filter] = field(default_factory=dict)
    published_from: datetime | None = None
    published_to: datetime | None = None
    sort: Sort = Sort.NEWEST
    size: int = 20
    cursor: str | None = None
    facets: tuple[FilterField, ...] = ()
    histogram: Interval | None = None
    facet_size: int = 10
    facet_search: FacetSearch | None = None
    group_by_story: bool = False
    highlight: bool = True


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """One search as it came over the wire, each value checked by its schema, before `q` is parsed.

    `sort` None stands for relevance with `q` and newest without. `facets` holds names of filter fields and `published`.
    """

    q: str = ""
    match: Match = Match.ALL
    fields: tuple[TextField, ...] = ()
    filters: Mapping[FilterField, Filter] = field(default_factory=dict)
    published_from: datetime | None = None
    published_to: datetime | None = None
    sort: Sort | None = None
    size: int = 20
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = 10
    facet_search: FacetSearch | None = None
    interval: Interval = Interval.AUTO
    group_by_story: bool = False
    highlight: bool = True
