"""What a request says itself."""

from __future__ import annotations

import pytest

from service.search.own_words import OwnWords
from service.search.query_language import parse
from service.search.query_language.ranking import ranked
from service.search.request import Filter, SearchRequest
from service.search.tree import FilterField


@pytest.mark.parametrize(
    ("q", "text", "own"),
    [
        ("도서관", "도서관", True),
        ("도서관", "도서관을", True),
        ("도서관", "시민 도서관", False),
        ("시민 도서관", "시민 도서관", True),
        ("시민 | 도서관", "도서관", True),
        ('"시민 도서관"', "도서관", True),
        ("도서*", "도서관", True),
        ("시민 NEAR/3 도서관", "시민", True),
        ("MOU", "양해각서", True),
        ("키워드:도서관", "도서관", True),
        ("-도서관 시민", "도서관", False),
        ("", "도서관", False),
    ],
)
def test_words_of_the_query_and_their_synonyms_are_its_own(q: str, text: str, own: bool) -> None:
    tree = parse(q).tree
    assert OwnWords(SearchRequest(query=tree)).has(text) is own
    assert OwnWords(SearchRequest(query=ranked(tree))).has(text) is own


def test_what_a_filter_includes_is_its_own() -> None:
    request = SearchRequest(filters={FilterField.PERSON: Filter(("Kim Haram",), ("맹다온",))})
    assert OwnWords(request).has("kim haram")
    assert not OwnWords(request).has("맹다온")
