"""Every hit of a search, one after the other."""

from __future__ import annotations

from itertools import chain

import pytest

from service.search.engine import Delete
from service.search.request import Filter, Sort
from service.search.tree import FilterField
from tests.contract.articles import article, put
from tests.contract.shelves import Shelf


def streamed(shelf: Shelf, q: str = "", limit: int = 10_000, **request: object) -> list[str]:
    """Return the keys of the hits of a stream."""
    found = shelf.engine.stream(shelf.request(q, **request), limit)  # type: ignore[arg-type]
    return [hit.article.id.removeprefix(f"{shelf.name}.") for hit in found.hits]


class StreamContract:
    """What a stream gives."""

    @pytest.fixture
    def mixed(self, shelf: Shelf) -> Shelf:
        """A shelf of 450 articles: of several scores, many times each, some without a time."""
        shelf.store(
            *(
                article(
                    shelf.name,
                    f"{number:03}",
                    "하천 " * (number % 7 + 1) + "공원 " * (7 - number % 7),
                    published=f"2026-01-{number % 20 + 1:02d}T09:00+09:00" if number % 9 else None,
                    persons=("구서율",) if number % 2 else (),
                )
                for number in range(450)
            )
        )
        return shelf

    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("q", ["하천", "하천 -인물:구서율", ""])
    def test_a_stream_is_what_paging_gives(self, mixed: Shelf, q: str, sort: Sort) -> None:
        expected = list(chain.from_iterable(mixed.pages(q, sort=sort)))
        assert streamed(mixed, q, sort=sort) == expected
        assert mixed.engine.stream(mixed.request(q, sort=sort), 1).total == len(expected)

    def test_hits_are_those_of_paging(self, mixed: Shelf) -> None:
        request = mixed.request("하천", size=30, filters={FilterField.PERSON: Filter(("구서율",))})
        assert list(mixed.engine.stream(request, 30).hits) == list(mixed.engine.search(request).hits)

    @pytest.mark.parametrize("limit", [1, 199, 200, 201, 449, 450, 451])
    def test_a_stream_ends_at_its_limit(self, mixed: Shelf, limit: int) -> None:
        for sort in (Sort.RELEVANCE, Sort.OLDEST):
            whole = list(chain.from_iterable(mixed.pages("하천", sort=sort)))
            assert streamed(mixed, "하천", limit, sort=sort) == whole[:limit]

    @pytest.mark.parametrize("sort", Sort)
    def test_writes_meanwhile_neither_repeat_nor_shift(self, mixed: Shelf, sort: Sort) -> None:
        expected = list(chain.from_iterable(mixed.pages("하천", sort=sort)))
        found = mixed.engine.stream(mixed.request("하천", sort=sort), 10_000)
        seen = [next(found.hits)]
        mixed.store(*(article(mixed.name, f"new{n}", "하천", published="2026-01-01T09:00+09:00") for n in range(50)))
        gone, replaced = expected[300], expected[400]
        mixed.apply([Delete(f"{mixed.name}.{gone}"), put(article(mixed.name, replaced, "고친 공원"))])
        seen += list(found.hits)
        assert mixed.keys_of_hits(seen) == [key for key in expected if key != gone]
        assert {hit.article.id: hit.article.body for hit in seen}[f"{mixed.name}.{replaced}"] == "고친 공원"

    def test_a_stream_can_be_left(self, mixed: Shelf) -> None:
        found = mixed.engine.stream(mixed.request("하천"), 10_000)
        next(found.hits)
        found.hits.close()
        assert streamed(mixed, "우주정거장") == []
