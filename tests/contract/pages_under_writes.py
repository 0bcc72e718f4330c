"""Paging while others write."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import count

import pytest

from service.domain.article import Article
from service.search.engine import Delete, Operation
from service.search.request import Sort
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf

STAY = 30
_WRITES = 5
_WORDS = ("하천", "공원", "도로", "정비")


class PagesUnderWritesContract:
    """Page after page gives every article that was there throughout, and none twice, whatever is written meanwhile."""

    @pytest.mark.parametrize(("size", "seed"), [(5, 1), (11, 2)])
    def test_by_relevance(self, shelf: Shelf, size: int, seed: int) -> None:
        writer = Writer(shelf, random.Random(seed))
        writer.store_all()
        given = [key for page in _pages(shelf, writer, size=size) for key in page]
        assert len(given) == len(set(given)), "an article was given twice"
        assert set(writer.staying) <= set(given), "an article that was there throughout was missed"

    @pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
    def test_grouped_by_story(self, shelf: Shelf, sort: Sort) -> None:
        writer = Writer(shelf, random.Random(7), stories=14)
        writer.store_all()
        pages = list(_pages(shelf, writer, size=4, sort=sort, group_by_story=True))
        given = [key for page in pages for key in page]
        assert len(given) == len(set(given)), "an article was given twice"
        stories = [writer.story_of(key) for key in given]
        assert len(stories) == len(set(stories)), "a story was given twice"
        assert {writer.story_of(key) for key in writer.staying} <= set(stories), "a story was missed"

    def test_what_grows_better_is_not_missed(self, shelf: Shelf) -> None:
        shelf.store(*(article(shelf.name, f"{n}", "하천 " * (9 - n) + "공원 " * n) for n in range(8)))
        first = shelf.search("하천", size=3)
        # The last one is now better than all that were given: it is still to come.
        shelf.apply([put(article(shelf.name, "7", "하천 " * 60))])
        later = [key for page in _after(shelf, first.next, size=3) for key in page]
        assert sorted(later + shelf.keys_of(first)) == [f"{n}" for n in range(8)]

    def test_what_grows_worse_is_not_given_again(self, shelf: Shelf) -> None:
        shelf.store(*(article(shelf.name, f"{n}", "하천 " * (9 - n) + "공원 " * n) for n in range(8)))
        first = shelf.search("하천", size=3)
        best = shelf.keys_of(first)[0]
        shelf.apply([put(article(shelf.name, best, "하천 " + "공원 " * 60))])
        later = [key for page in _after(shelf, first.next, size=3) for key in page]
        assert sorted(later + shelf.keys_of(first)) == [f"{n}" for n in range(8)]


class Writer:
    """Someone who stores, replaces and removes articles between the pages; some stay, though their words change."""

    def __init__(self, shelf: Shelf, chance: random.Random, stories: int = 0) -> None:
        self._shelf = shelf
        self._random = chance
        self._stories = stories
        self._passing = [f"p{number:03}" for number in range(20)]
        self._new = 0
        self.staying = [f"s{number:03}" for number in range(STAY)]

    def store_all(self) -> None:
        """Store what is there at the beginning."""
        self._shelf.apply([put(self._article(key)) for key in (*self.staying, *self._passing)])

    def write(self) -> None:
        """Store new ones that change how rare words are, replace some of those that stay, remove one."""
        operations: list[Operation] = []
        for _ in range(self._random.randrange(1, 9)):
            self._new += 1
            operations.append(put(self._article(f"n{self._new:03}")))
        operations += [put(self._article(key)) for key in self._random.sample(self.staying, 4)]
        if self._passing:
            operations.append(Delete(f"{self._shelf.name}.{self._passing.pop()}"))
        self._shelf.apply(operations)

    def story_of(self, key: str) -> str:
        """Return the story of an article: it stays in it."""
        return f"story {int(key[1:]) % self._stories}" if self._stories and key[0] == "s" else key

    def _article(self, key: str) -> Article:
        words = self._random.choices(_WORDS, k=self._random.randrange(3, 40))
        return article(
            self._shelf.name,
            key,
            " ".join(("하천", *words)),
            story_id=self.story_of(key) if self._stories else None,
            published=f"2026-01-{self._random.randrange(1, 29):02}T09:00+09:00",
        )


def _pages(shelf: Shelf, writer: Writer, **request: object) -> Iterator[list[str]]:
    cursor: str | None = None
    for page in count():
        results = shelf.search("하천", cursor=cursor, **request)
        yield shelf.keys_of(results)
        cursor = results.next
        if cursor is None:
            return
        # Whoever writes more than is read would never let the pages end.
        if page < _WRITES:
            writer.write()


def _after(shelf: Shelf, cursor: str | None, **request: object) -> Iterator[Sequence[str]]:
    while cursor:
        results = shelf.search("하천", cursor=cursor, **request)
        yield shelf.keys_of(results)
        cursor = results.next
