"""Paging."""

from __future__ import annotations

from itertools import chain

import pytest

from service.domain.errors import InvalidCursor
from service.search.engine import Delete
from service.search.request import Filter, Match, Sort
from service.search.tree import FilterField, TextField
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf

MANY = 250
KEYS = [f"{number:03}" for number in range(MANY)]


class CursorContract:
    """What page after page gives."""

    @pytest.mark.parametrize("size", [37, 50, 100])
    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("q", ["하천", ""])
    def test_pages_give_each_article_once(self, equals: Shelf, sort: Sort, q: str, size: int) -> None:
        pages = list(equals.pages(q, sort=sort, size=size))
        assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
        assert pages[-1], "the last page is not empty"
        assert list(chain.from_iterable(pages)) == KEYS

    def test_totals_and_facets_are_the_same_on_every_page(self, equals: Shelf) -> None:
        first = equals.search("하천", size=100, facets=(FilterField.PERSON,))
        later = equals.search("하천", size=100, facets=(FilterField.PERSON,), cursor=first.next)
        assert first.total == later.total == MANY
        assert first.facets == later.facets
        assert later.facets[FilterField.PERSON][0].count == MANY

    def test_pages_over_different_times_and_undated(self, few: Shelf) -> None:
        few.store(article(few.name, "a", "하천"), article(few.name, "b", "하천"))
        newest = list(chain.from_iterable(few.pages("하천", sort=Sort.NEWEST, size=3)))
        assert newest == ["6", "5", "4", "3", "2", "1", "a", "b"]
        oldest = list(chain.from_iterable(few.pages("하천", sort=Sort.OLDEST, size=3)))
        assert oldest == ["1", "2", "3", "4", "5", "6", "a", "b"]

    def test_pages_over_different_scores(self, shelf: Shelf) -> None:
        shelf.store(*(article(shelf.name, str(n), "하천 " * n + "공원 " * (10 - n)) for n in range(1, 10)))
        whole = shelf.keys("하천 공원")
        assert list(chain.from_iterable(shelf.pages("하천 공원", size=2))) == whole
        assert len(set(whole)) == 9

    def test_what_arrives_between_pages_moves_nothing(self, few: Shelf) -> None:
        first = few.search(sort=Sort.NEWEST, size=3)
        few.store(article(few.name, "new", published="2026-02-01T09:00+09:00"))
        assert few.keys(sort=Sort.NEWEST, size=3, cursor=first.next) == ["3", "2", "1"]

    def test_what_is_deleted_between_pages_moves_nothing(self, few: Shelf) -> None:
        first = few.search(sort=Sort.NEWEST, size=3)
        few.apply([Delete(f"{few.name}.{key}") for key in ("6", "4", "2")])
        assert few.keys(sort=Sort.NEWEST, size=3, cursor=first.next) == ["3", "1"]

    def test_a_cursor_can_be_used_again(self, few: Shelf) -> None:
        cursor = few.search(sort=Sort.NEWEST, size=2).next
        assert few.keys(sort=Sort.NEWEST, size=2, cursor=cursor) == few.keys(sort=Sort.NEWEST, size=2, cursor=cursor)

    def test_the_page_that_ends_the_hits_has_no_cursor(self, few: Shelf) -> None:
        assert few.search(size=6).next is None
        assert few.search(size=7).next is None
        assert few.search("우주정거장").next is None
        assert few.search(size=5).next is not None

    def test_a_cursor_is_short_plain_text(self, few: Shelf) -> None:
        cursor = few.search("하천", size=2).next
        assert cursor
        assert cursor.isascii()
        assert all(character.isalnum() or character in "-_.~=" for character in cursor)
        assert len(cursor) < 1_000

    @pytest.mark.parametrize("cursor", ["x", "=", "한글", "AAAA", "a" * 2_000, "../..", "0", "\x00", "W10=", "e30="])
    def test_what_is_no_cursor_is_refused(self, few: Shelf, cursor: str) -> None:
        with pytest.raises(InvalidCursor):
            few.search(cursor=cursor)

    def test_a_damaged_cursor_is_refused(self, few: Shelf) -> None:
        cursor = few.search("하천", size=2).next
        assert cursor
        for place in range(len(cursor)):
            damaged = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
            with pytest.raises(InvalidCursor):
                few.search("하천", size=2, cursor=damaged)
        for damaged in (cursor[:-1], cursor[1:], cursor + "A", cursor * 2, cursor.swapcase()):
            with pytest.raises(InvalidCursor):
                few.search("하천", size=2, cursor=damaged)

    @pytest.mark.parametrize(
        "other",
        [
            {"q": "정비"},
            {"q": ""},
            {"q": "하천", "sort": Sort.NEWEST},
            {"q": "하천 정비", "match": Match.ANY},
            {"q": "하천", "fields": (TextField.BODY,)},
            {"q": "하천", "filters": {FilterField.OUTLET: Filter(exclude=("새벽신문",))}},
            {"q": "하천", "group_by_story": True},
        ],
    )
    def test_a_cursor_of_another_search_is_refused(self, few: Shelf, other: dict[str, object]) -> None:
        cursor = few.search("하천", size=2).next
        with pytest.raises(InvalidCursor):
            few.search(size=2, cursor=cursor, **other)

    def test_a_cursor_outlives_a_replacement_of_its_last_hit(self, few: Shelf) -> None:
        first = few.search(sort=Sort.OLDEST, size=3)
        few.apply([put(article(few.name, "3", "공원", published="2026-01-03T09:00+09:00"))])
        assert few.keys(sort=Sort.OLDEST, size=3, cursor=first.next) == ["4", "5", "6"]
