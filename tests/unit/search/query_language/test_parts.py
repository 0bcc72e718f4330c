"""What of a query has to be found."""

from __future__ import annotations

import pytest

from service.search.query_language.parts import parts_of


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        ("도서관 예산", ["도서관", "예산"]),
        ("도서관 -예산", ["도서관"]),
        ("-도서관", []),
        ("NOT (도서관 예산) 하천", ["하천"]),
        ("-(도서관 -예산)", ["예산"]),
        ("--도서관", ["도서관"]),
        ("도서관 | 예산 AND 하천", ["도서관", "예산", "하천"]),
        ('"시민 도서관"~5 예산', ["시민 도서관", "예산"]),
        ("「시민 도서관」", ["시민 도서관"]),
        ("도서관 NEAR/3 예산", ["도서관", "예산"]),
        ("도서*", ["도서"]),
        ("날짜:2026 금액:>=3억 도서관", ["도서관"]),
        ("제목:(도서관 | 예산) 하천", ["title:도서관", "title:예산", "하천"]),
        ('인물:"나 한결" -인물:도서윤', ["person:나 한결"]),
        ("발언자:나한결", ["speaker:나한결"]),
        ("https://a.example", ["https://a.example"]),
        ("", []),
    ],
)
def test_the_parts_of_a_query(q: str, parts: list[str]) -> None:
    _, found = parts_of(q)
    assert [f"{part.field.value}:{part.text}" if part.field else part.text for part in found] == parts


@pytest.mark.parametrize("q", ["도서관 “시민 회관”~2 하천", '제목:(가로수 "나무") ＡＢ', "‘물 길’ 숲길*"])
def test_a_part_stands_where_it_says(q: str) -> None:
    text, parts = parts_of(q)
    assert all(text[part.start : part.end].rstrip("*") == part.text for part in parts)
    assert len(parts) > 1
