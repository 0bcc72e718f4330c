"""Operators and parentheses."""

from __future__ import annotations

import pytest

from service.search.request import Match, Sort
from service.search.tree import And, Everything, Not, Or
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "operators"
ARTICLES = (
    article(SHELF, "a", "사과"),
    article(SHELF, "b", "포도"),
    article(SHELF, "ab", "사과 포도"),
    article(SHELF, "c", "수박"),
    article(SHELF, "abc", "사과 포도 수박"),
)


class OperatorContract:
    """What operators make of words."""

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("", "a ab abc b c"),
            ("사과 포도", "ab abc"),
            ("사과 AND 포도", "ab abc"),
            ("사과 | 수박", "a ab abc c"),
            ("사과 포도 | 수박", "ab abc c"),
            ("수박 | 사과 포도", "ab abc c"),
            ("사과 (포도 | 수박)", "ab abc"),
            ("사과 -포도", "a"),
            ("사과 NOT 포도", "a"),
            ("사과 !포도", "a"),
            ("사과 -(포도 수박)", "a ab"),
            ("사과 -(포도 | 수박)", "a"),
            ("-사과", "b c"),
            ("-사과 -수박", "b"),
            ("-사과 | 수박", "abc b c"),
            ("(-사과) 포도", "b"),
            ("--사과", "a ab abc"),
            ("-(-사과 -포도)", "a ab abc b"),
            ('-"사과 포도"', "a b c"),
            ("-사과* 포도*", "b"),
            ("-(사과 NEAR/0 포도)", "a b c"),
            ("((((사과) | 수박)))", "a ab abc c"),
        ],
    )
    def test_operators(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("사과 수박", "a ab abc c"),
            ("사과 수박 -포도", "a c"),
            ('수박 "사과 포도"', "ab abc c"),
            ('"사과 포도" "포도 수박"', "ab abc"),
            ("수박 (사과 포도)", "abc"),
            ("수박* 포도* -사과", "b c"),
            ("사과 AND 수박", "abc"),
        ],
    )
    def test_operators_keep_their_meaning_where_any_word_matches(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q, match=Match.ANY) == keys

    def test_everything_may_stand_among_others(self, library: Library) -> None:
        shelf = library(SHELF)
        every, none = Everything(), Not(Everything())
        assert shelf.found(every) == "a ab abc b c"
        assert shelf.found(none) == ""
        assert shelf.found(And((every, none))) == ""
        assert shelf.found(Or((every, none))) == "a ab abc b c"

    def test_a_deep_and_wide_query(self, library: Library) -> None:
        wide = " | ".join(["없음"] * 63 + ["수박"])
        assert library(SHELF).found(wide) == "abc c"
        assert library(SHELF).found("-(" * 8 + "수박" + ")" * 8) == "abc c"

    def test_everything_scores_the_same(self, library: Library) -> None:
        hits = library(SHELF).search("", sort=Sort.RELEVANCE).hits
        assert len({hit.score for hit in hits}) == 1
        assert hits[0].score is not None
