"""`field:value`, dates and money."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.errors import ValidationFailed
from service.domain.time import KST
from service.search.query_language import parse
from service.search.tree import (
    And,
    DateRange,
    FilterField,
    MoneyRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    PositionedTerm,
    Prefix,
    TextField,
    Value,
    Word,
)


def word(text: str, *fields: TextField) -> Word:
    return Word(text, (PositionedTerm(0, text),), fields)


T = TextField.TITLE
A, B = word("a", T), word("b", T)


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("제목", "title"), TextField.TITLE),
        (("본문", "body"), TextField.BODY),
        (("부제", "subtitle"), TextField.SUBTITLE),
        (("캡션", "caption", "CAPTION"), TextField.CAPTION),
    ],
)
def test_text_fields_have_korean_and_english_names(names: tuple[str, ...], field: TextField) -> None:
    for name in names:
        assert parse(f"{name}:대구").tree == word("대구", field)


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("기자", "reporter"), FilterField.REPORTER),
        (("언론사", "outlet"), FilterField.OUTLET),
        (("인물", "person"), FilterField.PERSON),
        (("기관", "organization"), FilterField.ORGANIZATION),
        (("장소", "place"), FilterField.PLACE),
        (("키워드", "keyword"), FilterField.KEYWORD),
    ],
)
def test_value_fields_have_korean_and_english_names(names: tuple[str, ...], field: FilterField) -> None:
    for name in names:
        assert parse(f"{name}:한빛일보").tree == Value(field, "한빛일보")


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        ("발언자:구서율", Value(None, "구서율", speaker=True)),
        ('speaker:"구서율 시장"', Value(None, "구서율 시장", speaker=True)),
        ('제목:"a b"', Phrase("a b", (PositionedTerm(0, "a"), PositionedTerm(1, "b")), (T,))),
        ("제목:“a”", Phrase("a", A.terms, (T,))),
        ("제목:(a | b)", Or((A, B))),
        ("제목:(a b)", And((A, B))),
        ("제목:(a -b)", And((A, Not(B)))),
        ("제목:(a NEAR/2 b)", Near(A, B, 2)),
        ("제목:대구*", Prefix("대구", (T,))),
        ("-제목:a", Not(A)),
        ("제목：a", A),
        ('기관:("늘푸른 재단" | 한빛시)', Or((Value(FilterField.ORGANIZATION, "늘푸른 재단"),
                                       Value(FilterField.ORGANIZATION, "한빛시")))),
        ("언론사:https://a", Value(FilterField.OUTLET, "https://a")),
    ],
)  # fmt: skip
def test_values(q: str, tree: Node) -> None:
    assert parse(q).tree == tree


@pytest.mark.parametrize(
    ("q", "name"), [("https://example.com/a?b=1", "https"), ("10:30", "10"), ("지역:대구", "지역"), ('a:"b"', "a")]
)
def test_another_word_before_a_colon_is_text_with_a_warning(q: str, name: str) -> None:
    parsed = parse(q)
    assert len(parsed.warnings) == 1
    assert f"'{name}:'" in parsed.warnings[0].ko
    assert "제목" in parsed.warnings[0].ko


def test_a_colon_before_a_blank_warns_of_nothing() -> None:
    assert parse("속보: 대구").warnings == ()


def day(year: int, month: int = 1, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=KST)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2026", day(2026), day(2027)),
        ("2026-02", day(2026, 2), day(2026, 3)),
        ("2026-12", day(2026, 12), day(2027)),
        ("2024-02-29", day(2024, 2, 29), day(2024, 3)),
        ("2026-01..2026-03", day(2026), day(2026, 4)),
        ("2026-01-15..2026", day(2026, 1, 15), day(2027)),
        ("2026-02..", day(2026, 2), None),
        ("..2026-03", None, day(2026, 4)),
        ("2026-03-05..2026-03-05", day(2026, 3, 5), day(2026, 3, 6)),
    ],
)
def test_dates_are_days_in_seoul(value: str, start: datetime | None, end: datetime | None) -> None:
    for name in ("날짜", "date"):
        assert parse(f"{name}:{value}").tree == DateRange(start, end)


def test_dates_may_be_alternatives() -> None:
    tree = parse("날짜:(2026-01 | 2026-03)").tree
    assert tree == Or((DateRange(day(2026), day(2026, 2)), DateRange(day(2026, 3), day(2026, 4))))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (">=100만", MoneyRange("KRW", 1e6, None)),
        (">5억원", MoneyRange("KRW", 5e8, None, include_low=False)),
        ("<=1조", MoneyRange("KRW", None, 1e12)),
        ("<3천", MoneyRange("KRW", None, 3e3, include_high=False)),
        ("=7억5000만원", MoneyRange("KRW", 7.5e8, 7.5e8)),
        ("1,500,000", MoneyRange("KRW", 1.5e6, 1.5e6)),
        ("1.5억..3억", MoneyRange("KRW", 1.5e8, 3e8)),
        ("1억..", MoneyRange("KRW", 1e8, None)),
        ("..1억", MoneyRange("KRW", None, 1e8)),
        ("3천만", MoneyRange("KRW", 3e7, 3e7)),
        ("천만원", MoneyRange("KRW", 1e7, 1e7)),
        ("2조3천억5백만원", MoneyRange("KRW", 2_300_005_000_000, 2_300_005_000_000)),
        (">=100만달러", MoneyRange("USD", 1e6, None)),
        ("1만..5만달러", MoneyRange("USD", 1e4, 5e4)),
        ("<2억엔", MoneyRange("JPY", None, 2e8, include_high=False)),
        ("10유로", MoneyRange("EUR", 10, 10)),
        ("300만위안", MoneyRange("CNY", 3e6, 3e6)),
        ("$100", MoneyRange("USD", 100, 100)),
        ("100AED", MoneyRange("AED", 100, 100)),
        ("0", MoneyRange("KRW", 0, 0)),
    ],
)
def test_money_is_compared_in_its_currency(value: str, expected: MoneyRange) -> None:
    for name in ("금액", "money"):
        assert parse(f"{name}:{value}").tree == expected


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("날짜:2026-03..2026-01", "reversed-range"),
        ("날짜:2027..2026", "reversed-range"),
        ("날짜:2026-02-30", "invalid-date"),
        ("날짜:2026-13", "invalid-date"),
        ("날짜:어제", "invalid-date"),
        ("날짜:0001", "invalid-date"),
        ("날짜:9999", "invalid-date"),
        ("날짜:26-1-1", "invalid-date"),
        ("금액:2억..1억", "reversed-range"),
        ("금액:많음", "invalid-money"),
        ("금액:1억2조", "invalid-money"),
        ("금액:1..2..3", "invalid-money"),
        ("금액:" + "9" * 400, "invalid-money"),
        ("금액:1만달러..2만엔", "mixed-currencies"),
        ("a NEAR/1001 b", "distance-out-of-range"),
        ('"a b"~99999', "distance-out-of-range"),
        ("대구\x00", "control-character"),
        ("대구\ud800", "control-character"),
    ],
)
def test_values_that_do_not_fit_are_refused(q: str, code: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        parse(q)
    assert [(error.code, error.parameter) for error in caught.value.errors] == [(code, "q")]
