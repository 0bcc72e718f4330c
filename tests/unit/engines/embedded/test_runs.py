from __future__ import annotations

from collections.abc import Callable

import pytest

from service.korean.analysis import analyze
from service.search.runs import positioned, runs
from service.search.stored_tokens import decode_tokens, encode_tokens
from service.search.tokens import FILLER, TextTokens, clean_term
from service.search.tree import Near, Phrase, PositionedTerm, TextField, Word


def _tokens(text: str) -> TextTokens:
    return decode_tokens(encode_tokens({TextField.TITLE: (analyze(text),)}))[TextField.TITLE][0]


def _letters(text: str) -> TextTokens:
    terms = text.split()
    return TextTokens(" ".join(terms), "1" * len(terms), [2] * len(terms), [1] * len(terms))


def _phrase(text: str, slop: int) -> Phrase:
    return Phrase(text, tuple(PositionedTerm(place, term) for place, term in enumerate(text.split())), (), slop)


def _single(term: str) -> Word:
    return Word(term, (PositionedTerm(0, term),))


def test_stored_tokens_come_back_with_their_places() -> None:
    text = "대구시장은 수성알파시티에 7억원을 들인다"
    tokens = _tokens(text)
    expected = analyze(text).tokens
    assert tokens.terms == [token.term for token in expected]
    assert [tokens.span(place) for place in range(len(expected))] == [(token.start, token.end) for token in expected]
    assert [term for term in tokens.content_terms if term != FILLER] == [t.term for t in expected if t.content]


def test_an_empty_text_has_no_tokens() -> None:
    assert _tokens("…").terms == []


@pytest.mark.parametrize(
    ("term", "cleaned"),
    [("대구", "대구"), (FILLER, FILLER), ("a b\u2003c", "abc"), ("가" * 300, "가" * 255), (f"a{FILLER}b", "ab")],
)
def test_a_term_can_be_indexed(term: str, cleaned: str) -> None:
    assert clean_term(term) == cleaned


def test_terms_that_cannot_be_indexed_leave_their_gap() -> None:
    terms = (PositionedTerm(0, FILLER), PositionedTerm(1, "a"), PositionedTerm(3, "b"))
    assert positioned(terms) == [(0, "a"), (2, "b")]


def test_a_word_matches_with_and_without_a_blank_but_not_across_another(word: Callable[..., Word]) -> None:
    leaf = word("대구시장")
    assert list(runs(leaf, _tokens("대구시장은")))
    assert list(runs(leaf, _tokens("대구 시장은")))
    assert not list(runs(leaf, _tokens("대구 전통시장")))


def test_a_phrase_drops_no_particle(phrase: Callable[..., Phrase]) -> None:
    assert list(runs(phrase("시장이 말했다"), _tokens("그 시장이 말했다")))
    assert not list(runs(phrase("시장이 말했다"), _tokens("그 시장은 말했다")))


@pytest.mark.parametrize(
    ("text", "query", "slop", "found"),
    [
        ("a x x b", "a b", 2, True),
        ("b x x a", "a b", 2, True),
        ("a x x x b", "a b", 2, False),
        ("a x b x c", "a b c", 2, True),
        ("c x a x b", "a b c", 2, True),
        ("a x b x x c", "a b c", 2, False),
        ("a x x x a b", "a a b", 1, False),
        ("a x a b", "a a b", 1, True),
        ("a b", "a a", 5, False),
        ("a x a", "a a", 1, True),
    ],
)
def test_a_window_holds_every_term_once_and_few_others(text: str, query: str, slop: int, found: bool) -> None:
    assert bool(list(runs(_phrase(query, slop), _letters(text)))) == found


@pytest.mark.parametrize(
    ("text", "distance", "found"),
    [("a x x b", 2, True), ("a x x b", 1, False), ("b a", 0, True), ("a", 3, False)],
)
def test_two_words_are_near(text: str, distance: int, found: bool) -> None:
    assert bool(list(runs(Near(_single("a"), _single("b"), distance), _letters(text)))) == found


def test_one_word_is_not_near_itself() -> None:
    assert not list(runs(Near(_single("a"), _single("a"), 3), _letters("x a x")))
    assert list(runs(Near(_single("a"), _single("a"), 3), _letters("a x a")))
