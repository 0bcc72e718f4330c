"""Hits grouped by story: the best hit of each stands for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, cast

import tantivy
from tantivy import Query

from service.engines.embedded.index_schema import STORY
from service.engines.embedded.ranking import Level, Position, Ranked, comes_after, in_order, levels, top
from service.search.request import Sort


class GroupedHit(NamedTuple):
    """The best hit of a story and the number of its other articles among the hits."""

    hit: Ranked
    copies: int


class Groups(NamedTuple):
    """A page of stories and the number of all of them."""

    hits: list[GroupedHit]
    stories: int


def group_page(searcher: tantivy.Searcher, query: Query, sort: Sort, after: Position | None, size: int) -> Groups:
    """Return up to `size` stories after a position; its rank counts stories."""
    hits, _ = top(searcher, query, sort, searcher.num_docs + 1)
    stories = cast("list[int]", searcher.fast_field_values(STORY, [address for _, address in hits]))
    copies = Counter(stories)
    page: list[GroupedHit] = []
    for story, hit in _best(searcher, levels(hits, whole=True), stories, sort, after):
        page.append(GroupedHit(hit, copies[story] - 1))
        if len(page) == size:
            break
    return Groups(page, len(copies))


def _best(
    searcher: tantivy.Searcher,
    found: Iterator[Level],
    stories: list[int],
    sort: Sort,
    after: Position | None,
) -> Iterator[tuple[int, Ranked]]:
    seen: set[int] = set()
    by_rank = sort is Sort.RELEVANCE
    for level in found:
        own = stories[level.offset : level.offset + len(level.addresses)]
        new = set(own) - seen
        if after and _passed(level, len(seen) + len(new), sort, after):
            seen |= new
            continue
        of_address = {id(address): story for address, story in zip(level.addresses, own, strict=True)}
        kept = [address for address in level.addresses if of_address[id(address)] in new]
        for key, address in in_order(searcher, level._replace(addresses=kept)):
            story = of_address[id(address)]
            if story in seen:
                continue
            seen.add(story)
            given = len(seen) > after.rank if after and by_rank else _is_next(level, key, sort, after)
            if given:
                yield story, Ranked(level.value, key, len(seen), address)


def _passed(level: Level, groups: int, sort: Sort, after: Position) -> bool:
    if sort is Sort.RELEVANCE:
        return groups <= after.rank
    return level.value != after.value and not comes_after(level.value, "", after, sort)


def _is_next(level: Level, key: str, sort: Sort, after: Position | None) -> bool:
    return after is None or comes_after(level.value, key, after, sort)
