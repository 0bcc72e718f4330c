"""Any text at all: never an exception, and time that grows with its length alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.enrichment.press_copy import parse
from tests.timing import least_seconds

LENGTH = 200_000
SECONDS = 2.0
PIECES = [
    "가온시", "기자", "한새봄", ".", "다.", "\n", "\n\n", " ", "\t", "(", ")", "[", "]",
    "<", ">", "=", "ⓒ", "▲", "◇", "□", "-", "2024.03.12", "15:01", "입력", "수정",
    "@", "a@b.kr", '"', "“", "”", "·", "|", "/", "제공", "사진", "누리통신", "저작권자",
    "무단전재", "관련기사", "핵심요약", "INT", "◀", "▶", ":", "1", "%", "#", "제목", "본문",
    "끝", "Q.", "A.", "━━━━━", "7면", "사회", "입니다", "\u200b", "\u1100",
]  # fmt: skip


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_is_refused(text: str) -> None:
    parse(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
def test_no_mixture_of_marks_is_refused_and_all_strings_are_normal(text: str) -> None:
    for article in parse(text):
        for line in (article.title or "", *article.paragraphs, *article.subheads, *article.chrome):
            assert line == " ".join(line.split())


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_time_is_linear_whatever_repeats(unit: str) -> None:
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    assert least_seconds(lambda: parse(text), SECONDS) <= SECONDS


@pytest.mark.parametrize(
    "unit",
    [
        "가\n",
        "한새봄\n",
        "▲ 가온시청 전경 ⓒ가온시\n",
        "2024.03.12 15:01\n",
        "◇ 가나다\n",
        "가",
        "/",
        "[가=",
        "a@",
        "가나다라 마바사아자\n",
        "가나다라 마바사아자 차카\n입력 2024.03.12\n",
        "(2/3)\n",
        "가온시\t가온\t시\n",
        "있음 □ 없음 ",
        "과장 한새봄 (3811)\n",
        '{한새봄/가온 "',
        "매체 : 가온신문 | ",
        "[인터뷰]\n한새봄 / 주민\n",
        "밝혔\n다. ",
        "▲ 왜\n△ 그래.\n",
        "가온시, 봄꽃길 3km 새로 열었다\n가온방송 한새봄입니다.\n",
        "가온신문\n봄꽃길 3km 새로 열었다\n",
    ],
)
def test_the_worst_of_each_kind_takes_two_seconds_at_most(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    assert least_seconds(lambda: parse(text), SECONDS) <= SECONDS


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\u200b\ufeff", "\u3000"])
def test_a_blank_text_gives_nothing(text: str) -> None:
    assert parse(text) == ()


def test_a_headline_alone_is_a_title() -> None:
    (article,) = parse("가온시, 봄꽃길 3km 열었다")
    assert (article.title, article.paragraphs) == ("가온시, 봄꽃길 3km 열었다", ())


def test_a_body_alone_has_no_title() -> None:
    (article,) = parse("가온시가 1일 봄꽃길을 열었다.\n길이는 3km다.")
    assert (article.title, article.paragraphs) == (None, ("가온시가 1일 봄꽃길을 열었다.", "길이는 3km다."))


def test_json_is_no_article_but_no_error_either() -> None:
    parse('{"title": "가온시", "body": ["봄꽃길"]}')
