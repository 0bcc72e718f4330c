from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.errors import InvalidCursor
from service.search.cursor import decode_cursor, encode_cursor
from service.search.request import Filter, SearchRequest, Sort
from service.search.tree import Everything, FilterField, Not, Prefix

_REQUEST = SearchRequest(filters={FilterField.OUTLET: Filter(("가람",))})


def test_a_position_comes_back() -> None:
    cursor = encode_cursor(_REQUEST, (12_345_678_901_234_567, "기사-1", 20, 1.25))
    assert decode_cursor(replace(_REQUEST, cursor=cursor)) == [12_345_678_901_234_567, "기사-1", 20, 1.25]
    assert decode_cursor(_REQUEST) is None


def test_size_facets_and_highlights_may_change_between_pages() -> None:
    cursor = encode_cursor(_REQUEST, (1,))
    other = replace(_REQUEST, cursor=cursor, size=3, highlight=False, facets=(FilterField.TAG,))
    assert decode_cursor(other) == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"query": Prefix("대구")},
        {"query": Not(Everything())},
        {"sort": Sort.OLDEST},
        {"filters": {}},
        {"filters": {FilterField.OUTLET: Filter((), ("가람",))}},
        {"group_by_story": True},
    ],
)
def test_a_cursor_of_another_search_is_refused(change: dict[str, object]) -> None:
    cursor = encode_cursor(_REQUEST, (1,))
    with pytest.raises(InvalidCursor, match="another search"):
        decode_cursor(replace(_REQUEST, cursor=cursor, **change))


def test_every_changed_character_is_noticed() -> None:
    cursor = encode_cursor(_REQUEST, (1, "기사"))
    for place, character in enumerate(cursor):
        changed = cursor[:place] + ("A" if character != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(InvalidCursor):
            decode_cursor(replace(_REQUEST, cursor=changed))


@pytest.mark.parametrize("cursor", ["", "x", "한글", "====", "a" * 5_000, "AQ", "\x00", "-_-_"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        decode_cursor(replace(_REQUEST, cursor=cursor))
