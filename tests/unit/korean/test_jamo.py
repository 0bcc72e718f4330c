"""Syllables and their letters, and keys struck in the other layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.korean.jamo import compose, letters_of, syllable_of
from service.korean.keyboard import in_other_layout, to_hangul, to_latin

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_a_syllable_is_composed_of_its_letters(character: str) -> None:
    syllable = syllable_of(character)
    assert syllable is not None
    assert compose(*syllable) == character


@pytest.mark.parametrize("character", ["a", "ㄱ", "ㅏ", "韓", "1", " ", "\u1100"])
def test_what_is_no_syllable_has_no_letters(character: str) -> None:
    assert syllable_of(character) is None


def test_letters_struck_as_two_are_taken_apart() -> None:
    assert letters_of("닭과 a") == "ㄷㅏㄹㄱㄱㅗㅏ a"


@pytest.mark.parametrize(
    ("keys", "hangul"),
    [
        ("eorn", "대구"),
        ("tntjdrn", "수성구"),
        ("dkfvktlxl", "알파시티"),
        ("ekfr", "닭"),
        ("ekfrdms", "닭은"),
        ("ekfrdl", "닭이"),
        ("dhksfy", "완료"),
        ("gksrmf", "한글"),
        ("Rkrenrl", "깍두기"),
        ("QQ", "ㅃㅃ"),
        ("rt", "ㄱㅅ"),
        ("hk", "ㅘ"),
        ("k", "ㅏ"),
        ("Eorn 2026!", "때구 2026!"),
    ],
)
def test_keys_as_hangul(keys: str, hangul: str) -> None:
    assert to_hangul(keys) == hangul


@given(SYLLABLES)
def test_what_is_struck_for_syllables_gives_them_back(text: str) -> None:
    assert to_hangul(to_latin(text)) == text


@given(st.text(max_size=30))
def test_any_text_has_a_reading_or_none(text: str) -> None:
    assert in_other_layout(text) != ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("eorn", "대구"),
        ("EORN", "대구"),
        ("ㅡㅐㅠㅑㅣㄷ", "mobile"),
        ("ㄴ므녀ㅜㅎ", "samsung"),
        ("ㅊㄷㄴ", "ces"),
        ("대구 eorn", None),
        ("2026", None),
        ("", None),
    ],
)
def test_the_other_layout_is_tried_for_one_script(typed: str, meant: str | None) -> None:
    assert in_other_layout(typed) == meant
