"""Hits in their exact order: by score or time, ties by id; by score without those given already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Order, Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.compile import number_range
from service.engines.embedded.compile_positions import limited
from service.engines.embedded.index_document import key_numbers
from service.search.request import Sort

_SPARE = 32  # hits fetched beyond the page, for ties at its end
_GROWTH = 4
_PART = 2_000  # hits of a stream that are ranked at a time


class Position(NamedTuple):
    """Where a page by time ended: the sort value and id of its last hit."""

    value: float
    id: str


class Ranked(NamedTuple):
    """One hit in its place."""

    value: float
    id: str
    address: tantivy.DocAddress


class Level(NamedTuple):
    """Hits with one sort value; `offset` is the number of hits before them."""

    value: float
    offset: int
    addresses: Sequence[tantivy.DocAddress]


def page(searcher: tantivy.Searcher, query: Query, sort: Sort, after: Position | None, size: int) -> list[Ranked]:
    """Return up to `size` hits in an order of time, those after a position."""
    if after:
        query = _from(query, sort, after)
    limit = size + _SPARE
    while True:
        hits, whole = top(searcher, query, sort, limit)
        found = list(islice(_after(searcher, levels(hits, whole), after), size))
        if whole or len(found) == size:
            return found
        limit *= _GROWTH


def best(searcher: tantivy.Searcher, query: Query, given: Collection[int], size: int) -> list[Ranked]:
    """Return up to `size` hits, the best first, without those given already; these are told by `key_number`."""
    limit = size + _SPARE + len(given)
    while True:
        hits, whole = top(searcher, query, Sort.RELEVANCE, limit)
        found = list(islice(_but(searcher, levels(hits, whole), frozenset(given)), size))
        if whole or len(found) == size:
            return found
        limit *= _GROWTH


def stream(searcher: tantivy.Searcher, query: Query, sort: Sort, size: int) -> Iterator[Ranked]:
    """Yield up to `size` hits; by time in parts of some thousand, so that no more are held at once."""
    if sort is Sort.RELEVANCE:
        yield from _best(searcher, query, size)
        return
    after: Position | None = None
    while size > 0:
        part = page(searcher, query, sort, after, min(size, _PART))
        yield from part
        if len(part) < _PART:
            return
        size -= _PART
        after = Position(part[-1].value, part[-1].id)


def top(
    searcher: tantivy.Searcher, query: Query, sort: Sort, limit: int
) -> tuple[list[tuple[float, tantivy.DocAddress]], bool]:
    """Return the first hits with their sort values, and whether these are all."""
    limit = min(limit, searcher.num_docs + 1)  # tantivy makes room for as many as it is asked for
    # With the count tantivy scores every hit, so that a score is the same to the last bit whatever the limit.
    if sort is Sort.RELEVANCE:
        hits = searcher.search(query, limit, count=True).hits
        return [(_rounded(score), address) for score, address in hits], len(hits) < limit
    field, order = (fields.NEWEST, Order.Desc) if sort is Sort.NEWEST else (fields.OLDEST, Order.Asc)
    hits = searcher.search(query, limit, count=True, order_by_field=field, order=order).hits
    return hits, len(hits) < limit


def count(searcher: tantivy.Searcher, query: Query) -> int:
    """Return the number of hits."""
    found: Any = searcher.search(query, 1, count=True)  # the stubs leave `count` out
    return int(found.count)


def levels(hits: Sequence[tuple[float, tantivy.DocAddress]], whole: bool) -> Iterator[Level]:
    """Yield the hits by sort value; the last value is left out unless these are all hits, as it may have more."""
    start = 0
    for end in range(1, len(hits) + 1):
        if end == len(hits):
            if not whole:
                return
        elif hits[end][0] == hits[start][0]:
            continue
        yield Level(hits[start][0], start, [address for _, address in hits[start:end]])
        start = end


def in_order(searcher: tantivy.Searcher, level: Level) -> Iterator[tuple[str, tantivy.DocAddress]]:
    """Yield the hits of one level by id, with their ids."""
    if len(level.addresses) == 1:
        yield key_of(searcher, level.addresses[0]), level.addresses[0]
        return
    addresses = list(level.addresses)
    heads = searcher.fast_field_values(fields.KEY_HEAD, addresses)
    tails = searcher.fast_field_values(fields.KEY_TAIL, addresses)
    rows = sorted(zip(heads, tails, range(len(addresses)), strict=True))
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and rows[end][:2] == rows[start][:2]:
            continue
        # Only ids with their first 16 bytes in common have to be read.
        yield from sorted(
            ((key_of(searcher, addresses[row[2]]), addresses[row[2]]) for row in rows[start:end]), key=_first
        )
        start = end


def key_of(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    """Return the id of a hit."""
    return str(searcher.doc(address)[fields.KEY][0])


def _after(searcher: tantivy.Searcher, found: Iterator[Level], after: Position | None) -> Iterator[Ranked]:
    for level in found:
        for key, address in in_order(searcher, level):
            if after is None or level.value != after.value or key > after.id:
                yield Ranked(level.value, key, address)


def _but(searcher: tantivy.Searcher, found: Iterator[Level], given: frozenset[int]) -> Iterator[Ranked]:
    for level in found:
        left = level.addresses
        if given:
            numbers = searcher.fast_field_values(fields.KEY_NUMBER, list(left))
            left = [address for address, number in zip(left, numbers, strict=True) if number not in given]
        for key, address in in_order(searcher, level._replace(addresses=left)):
            yield Ranked(level.value, key, address)


def _from(query: Query, sort: Sort, after: Position) -> Query:
    # Within one time the ids go up in both orders; their first bytes leave out most of what was given already.
    time = int(after.value)
    field, oldest = (fields.NEWEST, False) if sort is Sort.NEWEST else (fields.OLDEST, True)
    beyond = number_range(field, time + 1, None) if oldest else number_range(field, None, time - 1) if time else None
    head, _ = key_numbers(after.id)
    tied = Query.boolean_query(
        [
            (Occur.Must, number_range(field, time, time)),
            (Occur.Must, number_range(fields.KEY_HEAD, head, None)),
        ]
    )
    rest = Query.boolean_query([(Occur.Should, part) for part in (beyond, tied) if part is not None])
    return limited(query, rest)


def _best(searcher: tantivy.Searcher, query: Query, size: int) -> Iterator[Ranked]:
    limit = size + _SPARE
    hits, whole = top(searcher, query, Sort.RELEVANCE, limit)
    while not whole and hits[size - 1][0] == hits[-1][0]:
        limit *= _GROWTH
        hits, whole = top(searcher, query, Sort.RELEVANCE, limit)
    # Ids are read as the hits are taken, not all beforehand.
    yield from islice(_but(searcher, levels(hits, whole), frozenset()), size)


def _rounded(score: float) -> float:
    # Single precision has seven digits and the last depends on the order of adding up: equal scores must be equal.
    return float(f"{score:.6g}")


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]
