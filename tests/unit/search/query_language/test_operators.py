"""Operators, parentheses and `match`."""

from __future__ import annotations

import pytest

from service.search.query_language import parse
from service.search.query_language.limits import MAX_CLAUSES, MAX_DEPTH
from service.search.request import Match
from service.search.tree import And, Node, Not, Or, Phrase, PositionedTerm, Word


def word(text: str, term: str | None = None) -> Word:
    return Word(text, (PositionedTerm(0, term or text),))


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        ("a b | c", Or((And((A, B)), C))),
        ("a | b c", Or((A, And((B, C))))),
        ("a OR b", Or((A, B))),
        ("a|b", Or((A, B))),
        ("a AND b", And((A, B))),
        ("a (b | c)", And((A, Or((B, C))))),
        ("a(b|c)", And((A, Or((B, C))))),
        ("a (b c)", And((A, B, C))),
        ("(a | b) | c", Or((A, B, C))),
        ("a | a", A),
        ("a -b", And((A, Not(B)))),
        ("a !b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("-a b", And((Not(A), B))),
        ("-a | b", Or((Not(A), B))),
        ("-(a b)", Not(And((A, B)))),
        ("-a", Not(A)),
        ("-a -b", And((Not(A), Not(B)))),
        ("--a", Not(Not(A))),
        ("NOT -a", Not(Not(A))),
        ("((a))", A),
        ('-"a"', Not(Phrase("a", A.terms))),
        ("-‘a", Not(A)),
    ],
)
def test_operators(q: str, tree: Node) -> None:
    assert parse(q).tree == tree


def test_a_hyphen_inside_a_word_is_text() -> None:
    assert isinstance(parse("a-b").tree, Word)


def test_limits_are_included() -> None:
    assert parse("a " * MAX_CLAUSES).tree == And((A,) * MAX_CLAUSES)
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).tree == A
    assert parse("가" * 1_024).tree


D, S, G = word("대구시장에서", "대구"), word("대구시장에서", "시장"), word("경북")


@pytest.mark.parametrize(
    ("q", "tree", "interpreted"),
    [
        ("대구시장에서 경북", Or((D, S, G)), "대구시장에서 경북"),
        ("대구시장에서 | 경북", Or((D, S, G)), "대구시장에서 경북"),
        ("경북 경북", G, "경북"),
        ('경북 "a"', And((G, Phrase("a", A.terms))), '경북 "a"'),
        ("대구시장에서 -a 경북", And((Or((D, S, G)), Not(A))), "대구시장에서 경북 -a"),
        ("a AND 경북 b", And((A, Or((G, B)))), "a AND 경북 b"),
        ("(a b) (c 경북)", And((Or((A, B)), Or((C, G)))), "a b AND c 경북"),
        ("그리고 경북", G, "경북"),
        ("그리고", parse("그리고").tree, '"그리고"'),
        ("-대구시장", parse("-대구시장").tree, "-대구시장"),
        ("제목:대구시장", parse("제목:대구시장").tree, "제목:대구시장"),
        ("대구시장 NEAR/3 경북", parse("대구시장 NEAR/3 경북").tree, "대구시장 NEAR/3 경북"),
    ],
)
def test_any_word_is_enough_where_any_matches(q: str, tree: Node, interpreted: str) -> None:
    parsed = parse(q, Match.ANY)
    assert parsed.tree == tree
    assert parsed.interpreted == interpreted


def test_a_word_left_out_is_told() -> None:
    assert "그리고" in parse("그리고 경북", Match.ANY).warnings[0].ko
