"""Operators, parentheses and `match`."""

from __future__ import annotations

import pytest

from service.search.query_language import parse
from service.search.query_language.limits import MAX_CLAUSES, MAX_DEPTH
from service.search.request import Match
from service.search.tree import And, FilterField, Near, Node, Not, Or, Phrase, PositionedTerm, Prefix, Value, Word


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


T = "대구시장에서 경북"
D, S, G = word(T, "대구"), word(T, "시장"), word(T, "경북")
K, Q = word("경북"), Phrase("a", A.terms)


@pytest.mark.parametrize(
    ("q", "tree", "interpreted"),
    [
        ("대구시장에서 경북", Or((D, S, G)), "대구시장에서 경북"),
        ("대구시장에서 -a 경북", And((Or((D, S, G)), Not(A))), "대구시장에서 경북 -a"),
        ("a | 경북", Or((A, K)), "a | 경북"),
        ("경북 | 경북", K, "경북"),
        ("그리고 경북", word("그리고 경북", "경북"), "그리고 경북"),
        ("그리고", parse("그리고").tree, '"그리고"'),
        ('"a" 경북', Or((K, Q)), '경북 "a"'),
        ('경북 "a" -b', And((Or((K, Q)), Not(B))), '경북 "a" -b'),
        ("대구* 경북", Or((K, Prefix("대구"))), "경북 대구*"),
        ("경북 a NEAR/2 b", Or((K, Near(A, B, 2))), "경북 a NEAR/2 b"),
        ('경북 AND "a"', And((K, Q)), '경북 AND "a"'),
        ("(경북) (a | b)", And((K, Or((A, B)))), "경북 (a | b)"),
        ('("a") 경북', And((K, Q)), '경북 AND "a"'),
        ("경북 언론사:b", And((K, Value(FilterField.OUTLET, "b"))), "경북 언론사:b"),
        ("-대구시장", parse("-대구시장").tree, "-대구시장"),
        ("-(a b)", Not(And((A, B))), "-(a b)"),
        ("제목:대구시장", parse("제목:대구시장").tree, "제목:대구시장"),
        ("대구시장 NEAR/3 경북", parse("대구시장 NEAR/3 경북").tree, "대구시장 NEAR/3 경북"),
    ],
)
def test_any_word_is_enough_where_any_matches(q: str, tree: Node, interpreted: str) -> None:
    parsed = parse(q, Match.ANY, synonyms=())
    assert parsed.tree == tree
    assert parsed.interpreted == interpreted


def test_where_any_word_matches_the_words_are_analysed_as_one_text() -> None:
    tree = parse("시험의 한 종류이다", Match.ANY).tree
    assert isinstance(tree, Or)
    assert [child.terms[0].term for child in tree.children if isinstance(child, Word)] == ["시험", "종류", "이"]


def test_explicit_and_parts_the_alternatives() -> None:
    assert parse("a b AND 경북 c", Match.ANY).interpreted == "a b AND 경북 c"
    assert parse("(a b) (경북 c)", Match.ANY).tree == parse("a b AND 경북 c", Match.ANY).tree
