"""Hits grouped by story: the best hit of each stands for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, cast

import tantivy
from tantivy import Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.compile import number_range
from service.engines.embedded.compile_positions import limited
from service.engines.embedded.index_schema import KEY_NUMBER, STORY
from service.engines.embedded.ranking import Level, Ranked, count, in_order, levels, top
from service.search.request import Sort

_SPARE = 32  # hits fetched beyond the page, for ties at its end and for copies
_GROWTH = 4
_MOST = 65_000  # buckets tantivy counts at once
_LAST_NUMBER = (1 << 63) - 1


class GroupedHit(NamedTuple):
    """The best hit of a story, the number of the story, and how many other articles of it are among the hits."""

    hit: Ranked
    story: int
    copies: int


def group_page(
    searcher: tantivy.Searcher, query: Query, sort: Sort, given: Collection[int], size: int
) -> list[GroupedHit]:
    """Return up to `size` stories, without those given already.

    They are told by the number of the story or by that of any of its articles: it may have become part of another.
    """
    passed = {*given, *_stories_of(searcher, query, given)}
    limit = size + _SPARE + 2 * len(given)
    while True:
        hits, whole = top(searcher, query, sort, limit)
        stories = _numbers(searcher, STORY, [address for _, address in hits])
        found = list(islice(_best(searcher, levels(hits, whole), stories, set(passed)), size))
        if whole or len(found) == size:
            break
        limit *= _GROWTH
    copies = _counted(searcher, query, [story for story, _ in found])
    return [GroupedHit(hit, story, copies[story] - 1) for story, hit in found]


def count_stories(searcher: tantivy.Searcher, query: Query) -> int:
    """Return the number of stories among the hits."""
    return count(searcher, query) - _copies(searcher, query, 0, _LAST_NUMBER)


def _copies(searcher: tantivy.Searcher, query: Query, low: int, high: int) -> int:
    """Return how many hits are not the first of their story, of the stories with these numbers."""
    within = query if (low, high) == (0, _LAST_NUMBER) else limited(query, number_range(STORY, low, high))
    # Of the stories with one hit, which are most of them, nothing is told.
    terms = {"field": STORY, "size": _MOST, "segment_size": _MOST, "min_doc_count": 2}
    answer = searcher.aggregate(within, {"stories": {"terms": terms}})["stories"]
    if not answer["sum_other_doc_count"]:
        return sum(int(bucket["doc_count"]) - 1 for bucket in answer["buckets"])
    middle = (low + high) // 2  # the numbers are digests: each half has about as many
    return _copies(searcher, query, low, middle) + _copies(searcher, query, middle + 1, high)


def _stories_of(searcher: tantivy.Searcher, query: Query, articles: Collection[int]) -> list[int]:
    """Return the numbers of the stories that these articles are part of now, as far as they are hits."""
    if not articles:
        return []
    own = Query.term_set_query(fields.schema(), KEY_NUMBER, list(articles))
    hits = searcher.search(limited(query, own), len(articles)).hits
    return _numbers(searcher, STORY, [address for _, address in hits])


def _counted(searcher: tantivy.Searcher, query: Query, stories: Sequence[int]) -> dict[int, int]:
    if not stories:
        return {}
    own = Query.term_set_query(fields.schema(), STORY, list(stories))
    terms = {"terms": {"field": STORY, "size": len(stories), "segment_size": len(stories)}}
    answer = searcher.aggregate(limited(query, own), {"stories": terms})["stories"]
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}


def _numbers(searcher: tantivy.Searcher, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
    return cast("list[int]", searcher.fast_field_values(field, addresses))


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
