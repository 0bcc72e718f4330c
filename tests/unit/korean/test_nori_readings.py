"""What nori does in particular: ties in the dictionary, the letter that stands for the middle dot."""

from __future__ import annotations

import pytest

from service.korean.analysis import analyze
from service.korean.folding import fold, fold_value


def content(text: str) -> list[str]:
    return [token.term for token in analyze(text).tokens if token.content]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("소식을 듣고", ["소식", "들"]),
        ("이것은 마치", ["이거"]),
        ("길을 막았다", ["길", "박"]),
    ],
)
def test_a_tie_goes_to_the_form_that_nori_takes(text: str, expected: list[str]) -> None:
    assert content(text) == expected


def test_a_tie_is_resolved_in_the_tokens_alone() -> None:
    assert [morpheme.surface for morpheme in analyze("소식을 듣고").morphemes] == ["소식", "을", "듣", "고"]


@pytest.mark.parametrize("dot", ["·", "\u318d"])
def test_the_letter_araea_parts_words_as_the_middle_dot_does(dot: str) -> None:
    assert content(f"시{dot}군{dot}구의 협의") == ["시", "군", "구", "협의"]


def test_araea_keeps_its_place_in_the_text() -> None:
    assert fold("시\u318d군") == ("시·군", range(3))
    assert fold_value("시\u318d군") == fold_value("시·군")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"고맙다" 라고 했다', ["고맙", "하"]),
        ("걸을 수 밖에 없다", ["걷", "수", "없"]),
    ],
)
def test_a_particle_written_apart_is_a_particle(text: str, expected: list[str]) -> None:
    assert content(text) == expected
