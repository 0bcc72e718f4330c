"""Sums of money as Korean papers write them."""

from __future__ import annotations

import pytest

from service.enrichment.money import find_money


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("사업비 3억2000만원을 들인다", [("3억2000만원", 320_000_000, "KRW")]),
        ("4천여만원의 피해", [("4천여만원", 40_000_000, "KRW")]),
        ("총 2조 5천억 원 규모", [("2조 5천억 원", 2_500_000_000_000, "KRW")]),
        ("약 917만 달러의 계약", [("917만 달러", 9_170_000, "USD")]),
        ("예비비 ７５억원", [("７５억원", 7_500_000_000, "KRW")]),
        ("1.8조원대 시장", [("1.8조원", 1_800_000_000_000, "KRW")]),
        ("900여만 원을 냈다", [("900여만 원", 9_000_000, "KRW")]),
        ("60만유로와 45만호주달러", [("60만유로", 600_000, "EUR"), ("45만호주달러", 450_000, "AUD")]),
        ("요금은 2천700원이다", [("2천700원", 2_700, "KRW")]),
        (
            "5억 엔, 9천만위안어치, 40만동",
            [("5억 엔", 500_000_000, "JPY"), ("9천만위안", 90_000_000, "CNY"), ("40만동", 400_000, "VND")],
        ),
        ("US$2,500와 €30만", [("US$2,500", 2_500, "USD"), ("€30만", 300_000, "EUR")]),
        ("3,412억 8,700만 원", [("3,412억 8,700만 원", 341_287_000_000, "KRW")]),
        ("한 잔에 4.5달러", [("4.5달러", 4.5, "USD")]),
        ("한 통에 2만 3500원인데", [("2만 3500원", 23_500, "KRW")]),
        (
            "3천만크로나와 50만 덴마크 크로네",
            [("3천만크로나", 30_000_000, "SEK"), ("50만 덴마크 크로네", 500_000, "DKK")],
        ),
        ("2만 멕시코 페소", [("2만 멕시코 페소", 20_000, "MXN")]),
        ("40만 이집트 파운드", [("40만 이집트 파운드", 400_000, "EGP")]),
        ("2억~6억원", [("6억원", 600_000_000, "KRW")]),
        ("2억원~6억원", [("2억원", 200_000_000, "KRW"), ("6억원", 600_000_000, "KRW")]),
    ],
)
def test_sums_are_found_with_their_amount(text: str, sums: list[tuple[str, float, str]]) -> None:
    assert [(span.money.text, span.money.amount, span.money.currency) for span in find_money(text)] == sums


@pytest.mark.parametrize(
    "text",
    [
        "수십억원",
        "30억 규모",
        "(단위: 억원)",
        "5원칙",
        "103동 앞",
        "2031년엔 문을 연다",
        "3위안부 단체",
        "2유로파 대회",
        "만원 버스",
    ],
)
def test_other_figures_are_no_sums(text: str) -> None:
    assert list(find_money(text)) == []


def test_spans_hold_the_text_as_written() -> None:
    text = "국비 1조 1천억 원과 시비 20억원"
    assert [text[span.start : span.end] for span in find_money(text)] == ["1조 1천억 원", "20억원"]
