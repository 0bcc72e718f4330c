"""Stamps, bylines, datelines and captions, each in the forms that papers print."""

from __future__ import annotations

import pytest

from service.enrichment.press_copy.bylines import read_byline
from service.enrichment.press_copy.captions import read_caption
from service.enrichment.press_copy.datelines import split_dateline
from service.enrichment.press_copy.stamps import published, read_stamps, updated


@pytest.mark.parametrize(
    "text",
    [
        "2024년 3월 12일 오후 3시 1분",
        "입력 : 2024-03-12 15:01",
        "등록 2024.03.12 15:01:00 수정 2024.03.12 16:00",
        "기사입력 2024.03.12. 오후 3:01 최종수정 2024.03.12. 오후 4:00",
        "승인 2024.03.12 15:01 댓글 0",
        "24.03.12 15:01",
        "2024-03-12 (화) 15:01",
        "기사입력시간 2024/03/12 [15:01]",
        "2024.03.12 15:01 송고",
        "발행일 2024-03-13 제18면 입력 2024-03-12 15:01",
        "지면게재일 2024.03.13 송고시간2024-03-12 15:01",
        "20240312 150100",
    ],
)
def test_a_stamp_is_read_in_every_form(text: str) -> None:
    found = read_stamps(text)
    assert found is not None
    moment = published(found.stamps)
    assert moment is not None
    assert moment.isoformat() == "2024-03-12T15:01:00+09:00"


def test_an_update_is_no_publication() -> None:
    found = read_stamps("최종수정 2024-03-12 15:01")
    assert found is not None
    assert published(found.stamps) is None
    assert updated(found.stamps) is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("한새봄 기자", [("한새봄", None, "기자")]),
        ("한새봄기자", [("한새봄", None, "기자")]),
        ("기자 한새봄", [("한새봄", None, None)]),
        ("한새봄 선임기자 saebom@example.kr", [("한새봄", "saebom@example.kr", "선임기자")]),
        ("한새봄·도하람 기자", [("한새봄", None, "기자"), ("도하람", None, "기자")]),
        ("글 한새봄 기자 사진 도하람", [("한새봄", None, "기자"), ("도하람", None, None)]),
        ("글·사진=한새봄기자 saebom@example.kr", [("한새봄", "saebom@example.kr", "기자")]),
        ("가온신문 한새봄 기자 | saebom@example.kr", [("한새봄", None, "기자")]),
        ("가온=한새봄 기자", [("한새봄", None, "기자")]),
        ("사회부 한새봄 기자", [("한새봄", None, "기자")]),
        ("온라인뉴스팀", [("온라인뉴스팀", None, None)]),
        ("한새봄 특파원", [("한새봄", None, "특파원")]),
    ],
)
def test_a_byline_names_its_people(text: str, names: list[tuple[str, str | None, str | None]]) -> None:
    byline = read_byline(text)
    assert byline is not None
    assert [(reporter.name, reporter.email, reporter.role) for reporter in byline.reporters] == names


@pytest.mark.parametrize(
    "text", ["가온시, 예산 10조 돌파", "사진=가온시", "기자회견 연 시민단체", "가온시가 12일 밝혔다."]
)
def test_other_lines_are_no_byline(text: str) -> None:
    assert read_byline(text) is None


@pytest.mark.parametrize(
    ("prefix", "place", "outlet"),
    [
        ("(가온=누리통신) 한새봄 기자 = ", "가온", "누리통신"),
        ("【가온=누리통신】한새봄 기자 = ", "가온", "누리통신"),
        ("[가온=누리통신] 한새봄 기자 = ", "가온", "누리통신"),
        ("(가온·해솔=누리통신) 한새봄 도하람 기자 = ", "가온·해솔", "누리통신"),
        ("[누리경제 가온=한새봄 기자] ", "가온", "누리경제"),
        ("[누리경제(가온)=한새봄 기자] ", "가온", "누리경제"),
        ("[가온=누리경제 한새봄 기자] ", "가온", "누리경제"),
        ("[누리경제 한새봄 기자] ", None, "누리경제"),
        ("[누리경제=한새봄 기자] ", None, "누리경제"),
        ("[가온=한새봄 기자] ", "가온", None),
        ("(새너테이오= 한새봄 기자 = ", "새너테이오", None),
        ("(새너테이오= ", "새너테이오", None),
        ("가온/한새봄 기자 = ", "가온", None),
        ("한새봄 기자 = ", None, None),
    ],
)
def test_a_dateline_gives_place_and_outlet(prefix: str, place: str | None, outlet: str | None) -> None:
    split = split_dateline(f"{prefix}가온시는 12일 밝혔다.")
    assert split is not None
    dateline, rest = split
    assert (dateline.place, dateline.outlet, rest) == (place, outlet, "가온시는 12일 밝혔다.")


@pytest.mark.parametrize(
    "text", ["[단독] 가온시가 12일 밝혔다.", "(사진 왼쪽) 시장이 웃고 있다.", "가온시는 12일 밝혔다."]
)
def test_other_beginnings_are_no_dateline(text: str) -> None:
    assert split_dateline(text) is None


SENTENCE = "12일 가온시청에서 시민들이 책을 고르고 있다."


@pytest.mark.parametrize(
    ("tail", "credit"),
    [
        ("ⓒ가온시", "가온시"),
        (" ⓒ 가온시.ⓒ가온시", "가온시"),
        (" /사진제공=가온시", "가온시"),
        (" 사진=가온시 제공", "가온시"),
        (" (사진=가온시 제공)", "가온시"),
        (" [사진=가온시]", "가온시"),
        (" [가온시 제공. 재판매 및 DB 금지]", "가온시"),
        (" 2024.3.12 [가온시 제공.재판매 및 DB 금지]", "가온시"),
        (" 2024.3.12/누리통신 ⓒ Nuri 한새봄 기자", "Nuri 한새봄 기자"),
        (" 2024.03.12. (사진=가온시 제공) photo@example.com", "가온시"),
        (" /누리통신 DB", "누리통신 DB"),
        (" 누리통신 자료사진", "누리통신 자료사진"),
        (" 가온시 제공", "가온시"),
        (" 한새봄 기자", "한새봄 기자"),
        (" 제공: 가온시", "가온시"),
        ("/가온시/", "가온시"),
        (" 2024.3.12.", None),
    ],
)
def test_a_caption_ends_before_its_credit_and_date(tail: str, credit: str | None) -> None:
    for marker in ("▲ ", "• ▲ ", "◀", ""):
        reading = read_caption(f"{marker}{SENTENCE}{tail}")
        assert reading is not None
        assert (reading.caption.text, reading.caption.credit) == (SENTENCE, credit)
