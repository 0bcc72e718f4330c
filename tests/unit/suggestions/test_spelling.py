"""Words that are spelled nearly alike."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.suggestions import spelling
from service.suggestions.spelling import (
    distance,
    far_patterns,
    is_correctable,
    most_wrong,
    near_patterns,
    nearest_beginning,
)

WORDS = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("대구", "대구", 0),
        ("대구", "데구", 0.5),
        ("대구", "다구", 1),
        ("도서관", "도서괸", 1),
        ("수성알파", "수성아파", 1),
        ("심의", "심이", 1),
        ("mobile", "moblie", 1),
        ("mobile", "Mobile", 0),
        ("대구시", "대굿", 1),
        ("대구", "부산", 5),
        ("", "가", 1.5),
        ("별빛나래", "별빛래나", 1),
        ("별나래", "별빛나래", 1.5),
    ],
)
def test_how_unlike_two_words_are(one: str, other: str, expected: float) -> None:
    assert distance(one, other) == distance(other, one) == expected


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("대구광역시", "대구광력시"),
        ("도서관에서", "도서괸"),
        ("도서관", "도서과"),
        ("수성알파시티", "수성알시티"),
        ("수성알파시티", "수성알팔파시티"),
        ("수성알파시티", "수알성파시티"),
        ("수성알파시티", "수성알파시"),
        ("mobile", "moblie"),
        ("mobile", "mobil"),
        ("5g망", "6g망"),
    ],
)
def test_a_slip_is_among_the_patterns(written: str, word: str) -> None:
    assert any(re.fullmatch(pattern, written) for pattern in near_patterns(word))


def test_two_slips_are_among_the_far_patterns_of_a_long_word() -> None:
    assert not any(re.fullmatch(pattern, "대구광역시") for pattern in near_patterns("데구광력시"))
    assert any(re.fullmatch(pattern, "대구광역시") for pattern in far_patterns("데구광력시"))
    assert far_patterns("도서관") == ()


@pytest.mark.parametrize(
    ("written", "word", "expected"),
    [
        ("대구광역시에서", "대구광력시", (1, "대구광역시")),
        ("도서관", "도서괸", (1, "도서관")),
        ("도서관장", "도서괸", (1, "도서관")),
        ("mobile", "mobil", (1, "mobile")),
        ("도서실", "도서괸", None),
        ("하천", "도서괸", None),
    ],
)
def test_the_nearest_beginning(written: str, word: str, expected: tuple[float, str] | None) -> None:
    assert nearest_beginning(written, word) == expected


@pytest.mark.parametrize("word", ["가", "", "가나-다", "가 나", "가" * 13, "…"])
def test_what_is_no_word_is_not_corrected(word: str) -> None:
    assert not is_correctable(word)


@settings(deadline=None)
@given(WORDS)
def test_patterns_stay_within_what_engines_take(word: str) -> None:
    began = time.thread_time()
    patterns = [*near_patterns(word), *far_patterns(word)]
    assert all(len(pattern) < 1_000 and re.compile(pattern) for pattern in patterns)
    assert len(patterns) <= 20
    assert time.thread_time() - began < 1


@st.composite
def _slipped(draw: st.DrawFn) -> tuple[str, str]:
    """Return a word and what it may have been written as: letters and syllables changed, an ending put after it."""
    syllables = st.sampled_from("가각갂개게걔계고과괴구국긁나난내네노놔뇌대데도똥라래레모뫼바배베서성세시알에읽콸핥")
    word = draw(st.text(syllables, min_size=2, max_size=8))
    written = list(word)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(written)))
        match draw(st.sampled_from(["put in", "left out", "another", "changed places"])):
            case "put in":
                written.insert(place, draw(syllables))
            case "left out":
                del written[place : place + 1]
            case "another":
                written[place : place + 1] = draw(syllables)
            case _:
                written[place : place + 2] = written[place : place + 2][::-1]
    return "".join(written) + draw(st.sampled_from(["", "에", "에서", "에서는"])), word


@given(_slipped())
@settings(max_examples=400)
def test_counting_letters_beforehand_leaves_out_no_beginning_that_is_like_the_word(pair: tuple[str, str]) -> None:
    written, word = pair
    for length in range(1, len(written) + 1):
        unlike = distance(written[:length], word)
        assert unlike > most_wrong(word) or spelling._may_be_within(written[:length], word, most_wrong(word))
