"""The units of the sequence model: morphemes, cut where a name ends inside of one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from service.enrichment.entities.units import units_of
from service.korean.analysis import analyze


def surfaces(text: str) -> list[str]:
    return [unit.surface for unit in units_of(analyze(text))]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("오전 9시 20분경 불이 났다.", "분"),
        ("29일자 공문을 보냈다.", "일"),
        ("남북 정상이 만났다.", "남"),
        ("강모(34)씨를 조사했다.", "강"),
    ],
)
def test_a_name_that_ends_inside_a_morpheme_ends_a_unit(text: str, unit: str) -> None:
    assert unit in surfaces(text)


def test_a_counter_is_cut_only_behind_a_figure() -> None:
    assert "분" not in surfaces("문화부 분과 회의")


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "미르구청은 12.5%), 3시경 “가온시” 강모(3)씨 한중일 미국인", "ㅋㅋㅋ e\u0301 각 \U0001f600 A1가"],
)
def test_units_lie_inside_the_text_in_order(text: str) -> None:
    units = units_of(analyze(text))
    assert all(0 <= unit.start < unit.end <= len(text) for unit in units)
    assert all(first.end <= second.start for first, second in pairwise(units))
