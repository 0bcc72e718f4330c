"""Whole compiled queries."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from tantivy import Query

from service.engines.embedded.compile import compile_node, narrowed
from service.search.leaves import Leaf, scores
from service.search.request import Filter, SearchRequest
from service.search.tree import (
    And,
    DateRange,
    Everything,
    FilterField,
    MoneyRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    PositionedTerm,
    Prefix,
    TextField,
    Value,
    Word,
)

_A = Word("a", (PositionedTerm(0, "a"),))
_AB = Word("ab", (PositionedTerm(0, "a"), PositionedTerm(2, "b")), (TextField.TITLE,))


def _unverified(query: Query, leaf: Leaf, place: TextField | None) -> Query:
    raise AssertionError(f"nothing here has to be verified: {leaf}")


def _compiled(node: Node, default: tuple[TextField, ...] = ()) -> str:
    return str(compile_node(node, default, _unverified))


def test_a_leaf_looks_in_the_combined_field_or_in_each_that_is_named() -> None:
    assert _compiled(_A) == _compiled(_A, ()) != _compiled(_A, (TextField.TITLE,))
    assert _compiled(_A, (TextField.TITLE, TextField.TITLE)) == _compiled(Word("a", _A.terms, (TextField.TITLE,)))
    both = _compiled(_A, (TextField.TITLE, TextField.BODY))
    assert both.count("TermQuery") == 2
    assert both.count("Should") == 2


def test_a_word_of_several_morphemes_is_a_phrase_with_its_gaps() -> None:
    assert _compiled(_AB).startswith("Query(PhraseQuery")
    assert re.search(r'\(0, Term\([^)]*"a"\)\), \(2, Term\([^)]*"b"\)\)', _compiled(_AB))


def test_one_morpheme_is_never_a_phrase() -> None:
    assert "PhraseQuery" not in _compiled(Phrase("a", (PositionedTerm(0, "a"),), (), 3))


def test_a_distance_is_one_phrase_for_each_gap_and_order() -> None:
    assert _compiled(Near(_A, Word("b", (PositionedTerm(0, "b"),)), 3)).count("PhraseQuery") == 8
    assert _compiled(Near(_A, _A, 3)).count("PhraseQuery") == 4


def test_words_near_each_other_need_a_field_in_common() -> None:
    in_body = Word("a", _A.terms, (TextField.BODY,))
    assert _compiled(Near(_AB, in_body, 3)) == "Query(EmptyQuery)"


def test_exclusions_alone_are_taken_from_everything() -> None:
    alone = _compiled(Not(_A))
    assert "AllQuery" in alone
    assert "MustNot" in alone
    assert "AllQuery" not in _compiled(And((_A, Not(_A))))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Everything(), False),
        (Value(FilterField.TAG, "x"), False),
        (And((DateRange(None, None), MoneyRange("KRW", 1, None))), False),
        (Not(_A), False),
        (Or((Value(None, "x", speaker=True), Not(Prefix("가나")))), False),
        (And((Not(_A), Prefix("가나"))), True),
        (Or((Value(FilterField.TAG, "x"), _AB)), True),
    ],
)
def test_a_tree_scores_where_a_word_is_looked_for(node: Node, expected: bool) -> None:
    assert scores(node) == expected


def test_filters_and_dates_score_nothing_and_one_inclusion_can_be_left_out() -> None:
    query = compile_node(_A, (), _unverified)
    filters = {FilterField.OUTLET: Filter(("가",), ("나",)), FilterField.TAG: Filter(("다",))}
    request = SearchRequest(filters=filters, published_from=datetime(2026, 1, 1, tzinfo=UTC))
    whole, without = str(narrowed(query, request)), str(narrowed(query, request, without=FilterField.OUTLET))
    assert (whole.count("Must,"), whole.count("MustNot,"), whole.count("Const(score=0")) == (4, 1, 3)
    assert (without.count("Must,"), without.count("MustNot,")) == (3, 1)
    assert str(narrowed(query, SearchRequest())) == str(query)
