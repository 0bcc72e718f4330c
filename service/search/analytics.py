"""The part of the port that counts and streams: what stands behind trends, related terms, the network and exports."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from service.search.quotes import QuoteRequest, QuoteResults
from service.search.request import SearchRequest
from service.search.results import Hit
from service.search.tree import FilterField, Node


@dataclass(frozen=True, slots=True)
class HitStream:
    """The hits of a search in its order, out of one state of the index; `total` counts all of them.

    What is deleted while they are read is left out. Closing `hits` lets go of that state.
    """

    total: int
    hits: Generator[Hit]


class Named(NamedTuple):
    """A value of a filter field as it is spelled."""

    field: FilterField
    value: str


class Analytics(Protocol):
    """What an engine counts and streams; every method may raise EngineUnavailable.

    All mind the query, the filters and the dates of a request, and nothing else of it but what they name.
    """

    def counts_within(self, request: SearchRequest, conditions: Sequence[Node]) -> tuple[int, ...]:
        """Return for each condition the exact number of hits that it holds of as well."""
        ...

    def value_counts(self, request: SearchRequest, values: Sequence[Named]) -> tuple[int, ...]:
        """Return for each value, as it is spelled, the exact number of hits that have it."""
        ...

    def pair_counts(self, request: SearchRequest, values: Sequence[Named]) -> Mapping[tuple[Named, Named], int]:
        """Return for each two of some hundred values, as they are spelled, the exact number of hits that have both.

        The first of a pair stands before the second among the values; pairs without a hit are left out.
        """
        ...

    def days(self, request: SearchRequest) -> Mapping[int, int]:
        """Return the number of hits of each day in Asia/Seoul, by its number; those without a time are left out."""
        ...

    def stream(self, request: SearchRequest, limit: int) -> HitStream:
        """Return the first `limit` hits in the order of `sort`, with highlights where they are asked for.

        They are not grouped. However many they are, few of them are held in memory at a time.
        """
        ...

    def quotes(self, request: QuoteRequest) -> QuoteResults:
        """Return a page of quotes; InvalidCursor for a cursor of another request."""
        ...
