"""Hits grouped by story: the best hit of each stands for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple, cast

import tantivy
from tantivy import Query

from service.engines.embedded.index_schema import KEY_NUMBER, STORY
from service.engines.embedded.ranking import Level, Ranked, in_order, levels, top
from service.search.request import Sort


class GroupedHit(NamedTuple):
    """The best hit of a story, the number of the story, and how many other articles of it are among the hits."""

    hit: Ranked
    story: int
    copies: int


class Groups(NamedTuple):
    """A page of stories and the number of all of them."""

    hits: list[GroupedHit]
    stories: int


def group_page(searcher: tantivy.Searcher, query: Query, sort: Sort, given: Collection[int], size: int) -> Groups:
    """Return up to `size` stories, without those given already.

    They are told by the number of the story or by that of any of its articles: it may have become part of another.
    """
    hits, _ = top(searcher, query, sort, searcher.num_docs + 1)
    addresses = [address for _, address in hits]
    stories = cast("list[int]", searcher.fast_field_values(STORY, addresses))
    passed = set(given)
    if given:
        numbers = searcher.fast_field_values(KEY_NUMBER, addresses)
        passed |= {story for story, number in zip(stories, numbers, strict=True) if number in passed}
    copies = Counter(stories)
    found = islice(_best(searcher, levels(hits, whole=True), stories, passed), size)
    return Groups([GroupedHit(hit, story, copies[story] - 1) for story, hit in found], len(copies))


def _best(
    searcher: tantivy.Searcher, found: Iterator[Level], stories: list[int], seen: set[int]
) -> Iterator[tuple[int, Ranked]]:
    for level in found:
        own = stories[level.offset : level.offset + len(level.addresses)]
        of_address = {id(address): story for address, story in zip(level.addresses, own, strict=True)}
        kept = [address for address in level.addresses if of_address[id(address)] not in seen]
        for key, address in in_order(searcher, level._replace(addresses=kept)):
            story = of_address[id(address)]
            if story not in seen:
                seen.add(story)
                yield story, Ranked(level.value, key, address)
