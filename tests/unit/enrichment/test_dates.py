"""Dates as seen from the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from service.enrichment.dates import find_dates

PUBLISHED = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2027년 3월 5일 문을 연다", [("2027년 3월 5일", "2027-03-05")]),
        ("2030년까지", [("2030년", "2030")]),
        ("지난 8일 열린", [("지난 8일", "2026-01-08")]),
        ("지난 28일 열린", [("지난 28일", "2025-12-28")]),
        ("오는 12일부터", [("오는 12일", "2026-02-12")]),
        ("20일 밝혔다", [("20일", "2026-01-20")]),
        ("내년 3월까지", [("내년 3월", "2027-03")]),
        ("지난해 10월", [("지난해 10월", "2025-10")]),
        ("다음 달 2일부터", [("다음 달 2일", "2026-02-02")]),
        ("지난달", [("지난달", "2025-12")]),
        ("4월 15일 첫 지원금", [("4월 15일", "2026-04-15")]),
        ("지난주 금요일", [("지난주 금요일", "2026-01-16")]),
        ("다음 주 월요일부터", [("다음 주 월요일", "2026-01-26")]),
        ("지난 화요일", [("지난 화요일", "2026-01-13")]),
        ("오는 토요일에", [("오는 토요일", "2026-01-24")]),
        ("이번 주 수요일", [("이번 주 수요일", "2026-01-21")]),
        ("매주 금요일", []),
        ("5일간 10일 만에 3년째", []),
        ("2월 30일", []),
    ],
)
def test_dates_stand_for_calendar_dates(text: str, dates: list[tuple[str, str]]) -> None:
    assert [(span.date.text, span.date.date) for span in find_dates(text, PUBLISHED)] == dates


def test_without_a_day_of_publication_only_absolute_dates_are_told() -> None:
    assert [span.date.date for span in find_dates("지난 8일과 2024년 5월, 내년", None)] == ["2024-05"]
