"""What cannot be read strictly: where, and what is offered instead."""

from __future__ import annotations

import unicodedata

import pytest

from service.domain.errors import QuerySyntaxError
from service.search.query_language import parse


def refused(q: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(q)
    assert caught.value.message.ko
    assert caught.value.message.en
    return caught.value


@pytest.mark.parametrize(
    ("q", "position", "correction"),
    [
        ('"대구 시장', 0, '"대구 시장"'),
        ('대구 "', 3, "대구"),
        ("「대구", 0, "「대구」"),
        ("대구」", 2, "대구"),
        ("(대구", 0, "(대구)"),
        ("대구 (", 3, "대구"),
        ("대구)", 2, "대구"),
        ("대구 ()", 3, "대구"),
        ('대구 ""', 3, "대구"),
        ('대구 "..."', 3, "대구"),
        ("대구 OR", 3, "대구"),
        ("OR 대구", 0, "대구"),
        ("대구 | | 시장", 3, "대구 | 시장"),
        ("대구 || 시장", 3, "대구 | 시장"),
        ("(대구 |)", 4, "(대구 )"),
        ("대구 AND", 3, "대구"),
        ("대구 NOT", 3, "대구"),
        ("대구 NOT OR 시장", 3, "대구 OR 시장"),
        ("대구 NEAR/5", 3, "대구"),
        ("-대구 NEAR/5 시장", 4, "-대구 시장"),
        ("대구* NEAR/5 시장", 4, "대구* 시장"),
        ("제목:대구 NEAR/5 시장", 6, "제목:대구 시장"),
        ("*대구", 0, "대구"),
        ("대*", 1, "대"),
        ("대*구", 1, "대 구"),
        ("대구**", 2, "대구*"),
        ("대구 * 시장", 3, "대구 시장"),
        ('"대구"*', 4, '"대구"'),
        ("제목:", 0, None),
        ("제목: 대구", 0, "제목:대구"),
        ("제목:-대구", 3, "-제목:대구"),
        ("제목:OR", 3, '제목:"OR"'),
        ("제목:본문:대구", 3, "제목:대구"),
        ("제목:(본문:대구)", 4, "제목:(대구)"),
        ("기관:대구*", 5, "기관:대구"),
        ('기관:"대구 시"~3', 9, '기관:"대구 시"'),
        ("기관:...", 0, None),
        ("-", 0, None),
        (" ...", 1, None),
        ("*", 0, None),
        ("OR", 0, None),
        ("()", 0, None),
        ("(((((((((((((((((대구)))))))))))))))))", 16, "((((((((((((((((대구))))))))))))))))"),
        ("-" * 17 + "a", 16, "-" * 16 + "a"),
        ("a " * 65, 128, "a " * 63 + "a"),
    ],
)
def test_refusals(q: str, position: int, correction: str | None) -> None:
    error = refused(q)
    assert (error.position, error.correction) == (position, correction)


def test_the_position_counts_code_points_of_the_query_as_given() -> None:
    decomposed = unicodedata.normalize("NFD", "대구 ")
    assert len(decomposed) == 5
    assert refused(f"{decomposed}(").position == 5
    assert refused("\u200b대\u200b구 (").position == 5
    assert refused("😀 (").position == 2


def test_a_long_query_is_cut_after_a_word() -> None:
    error = refused("대구시장" * 2 + " " + "대구 " * 30 + "a" * 1_000)
    assert error.position == 1_024
    assert error.correction == "대구시장" * 2 + " " + "대구 " * 29 + "대구"


@pytest.mark.parametrize("character", ["(", ")", '"', "-", "|", "*", "「", "‘"])
def test_a_bomb_is_a_clean_refusal(character: str) -> None:
    refused(character * 1_000)
    assert refused(character * 12_000).position == 1_024


def test_where_nothing_else_helps_the_words_are_offered() -> None:
    assert refused("( ( ( ( ( ( ( ( ( ( OR OR OR 대구 | | | 시장").correction == "대구 시장"
