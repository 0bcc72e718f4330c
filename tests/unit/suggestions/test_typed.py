"""Patterns of what is being typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.completion import SEPARATOR, words_of
from service.search.tree import FilterField
from service.suggestions.typed import Typed, readings


def goes_on(typed: Typed, text: str) -> bool:
    return bool(re.match(typed.beginning, " ".join(words_of(text))))


def has_prefix(typed: Typed, text: str) -> bool:
    """Return whether a text that goes on as it was typed begins with one of the prefixes, where there are any."""
    return not typed.prefixes or " ".join(words_of(text)).startswith(typed.prefixes)


@pytest.mark.parametrize(
    ("text", "meant", "not_meant"),
    [
        ("대", "대구 대전 댁 대", "다 되 데"),
        ("대굿", "대구시 대굿판 대구수성", "대구 대군 대구청"),
        ("닭", "닭 달구", "달 닥"),
        ("달", "달 다리 닭", "다"),
        ("고", "고 곤 과 괘 괴", "가 구"),
        ("있", "있다 이쑤시개", "이사"),
        ("ㄷㄱㅅ", "대구시 단골손님", "대구 대기 ㄷㅅ"),
        ("대ㄱ", "대구 대기", "대전"),
        ("ㄳ", "경상도 강산", "강"),
        ("수성알", "수성알파시티 수성아라", "수성"),
        ("ces", "CES ces2026", "ce"),
        ("㈜", "", ""),
        ("１２", "12월", "1월"),
    ],
)
def test_what_a_text_may_become(text: str, meant: str, not_meant: str) -> None:
    first, *_ = [*readings(text), Typed((("\ue000",),))]
    assert [word for word in meant.split() if not goes_on(first, word)] == []
    assert [word for word in not_meant.split() if goes_on(first, word)] == []
    assert all(has_prefix(first, word) for word in meant.split())


@pytest.mark.parametrize("text", ["수성 알파", "수성알파", "수성  알파", "수성·알파"])
@pytest.mark.parametrize("value", ["수성알파시티", "수성 알파시티", "수성·알파시티"])
def test_blanks_and_punctuation_do_not_matter(text: str, value: str) -> None:
    assert goes_on(readings(text)[0], value)
    assert has_prefix(readings(text)[0], value)


@given(
    st.text("가각강거과고곽구귀기긱ㄱㄲab1", min_size=1, max_size=4), st.text("가각강거과고곽구귀기긱 ab1", max_size=6)
)
def test_what_goes_on_as_it_was_typed_has_one_of_the_prefixes(text: str, value: str) -> None:
    for typed in readings(text):
        assert has_prefix(typed, value) or not goes_on(typed, value)


def test_the_other_layout_is_the_second_reading() -> None:
    assert [reading.words for reading in readings("eorn")] == [(("eorn",),), (("대구",),)]
    assert [reading.words for reading in readings("ㅡㅐㅠㅑㅣㄷ")][1] == (("mobile",),)
    assert len(readings("대구 cetl")) == 1


@pytest.mark.parametrize("text", ["", "   ", "!!", "…", "\u200b"])
def test_without_a_letter_nothing_is_read(text: str) -> None:
    assert readings(text) == ()


def test_a_pattern_of_fields_leaves_out_the_others() -> None:
    typed, _ = readings("대 구")
    pattern = re.compile(typed.term_pattern((FilterField.PLACE, FilterField.PERSON)) or "")
    assert pattern.fullmatch(f"대구{SEPARATOR}place{SEPARATOR}대구")
    assert not pattern.fullmatch(f"대구{SEPARATOR}keyword{SEPARATOR}대구")


def test_every_word_of_a_title_has_a_pattern() -> None:
    patterns = readings("“대구·경북”, 한빛시장이 토")[0].word_patterns
    words = ("대구·경북", "“한빛”시장이".strip("“"), "토론회")
    assert len(patterns) == 3
    assert all(re.fullmatch(pattern, word) for pattern, word in zip(patterns, words, strict=True))
    assert not re.fullmatch(patterns[1], "한빛시장은")


@given(st.text(max_size=80))
def test_any_text_gives_patterns_that_it_fits_itself(text: str) -> None:
    for typed in readings(text):
        re.compile(typed.term_pattern(()) or "")
        for pattern in typed.word_patterns:
            re.compile(pattern)
    for typed in readings(text)[:1]:
        assert re.match(typed.beginning, " ".join("".join(word) for word in typed.words))
