"""People told by where they stand, whatever the dictionary and the family name say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article, Caption

Enriched = Callable[..., Article]


def people(article: Article) -> list[tuple[str, str | None]]:
    return [(person.name, person.title) for person in article.persons]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("강바람 청주시 도로과장은 현장을 둘러봤다.", [("강바람", "청주시 도로과장")]),
        ("단풍 충북대 화학과 교수는 다른 생각이다.", [("단풍", "충북대 화학과 교수")]),
        ("이에 제갈윤 청주도시공사 사장은 고개를 저었다.", [("제갈윤", "청주도시공사 사장")]),
        ("독고빈(58) 이사는 “소리부터 모았다”고 말했다.", [("독고빈", "이사")]),
        ("채설희 나래랩 대표는 “비 오는 날이 시험”이라고 했다.", [("채설희", "나래랩 대표")]),
        ("문해온 창원특례시장은 답했다.", [("문해온", "창원특례시장")]),
        ("방순례(77) 해녀는 물에서 나왔다.", [("방순례", "해녀")]),
        ("옹기장 설다은은 흙을 밟는다.", [("설다은", "옹기장")]),
        ("29년을 일한 나무꾼 씨는 웃었다.", [("나무꾼", None)]),
        ("혜운 스님은 산을 내려왔다.", [("혜운", "스님")]),
        ("잉그리드 달베리 오르셀 최고경영자는 공장을 둘러봤다.", [("잉그리드 달베리", "오르셀 최고경영자")]),
        ("카트린 뒤부아 파리복원연구소 연구원은 종이를 폈다.", [("카트린 뒤부아", "파리복원연구소 연구원")]),
        ("일본에서 온 야마시타 하나씨는 방을 얻었다.", [("야마시타 하나", None)]),
        ("유학생 응우옌 티 홍 씨는 손을 흔들었다.", [("응우옌 티 홍", "유학생")]),
        ("어은결 대구시 도시·주택국장은 걸었다.", [("어은결", "대구시 도시·주택국장")]),
        ("어은결 ㈜나래 대표는 걸었다.", [("어은결", "㈜나래 대표")]),
        ("어은결은 “몰랐다”고 했다.", [("어은결", None)]),
        ("국토교통부 어은결 도로국장은 걸었다.", [("어은결", "도로국장")]),
        ("은가비(43) 역무원은 문을 닫았다.", [("은가비", "역무원")]),
        ("응우옌 반 흐엉(29) 씨는 웃었다.", [("응우옌 반 흐엉", None)]),
        ("낚시꾼 어은결씨는 웃었다.", [("어은결", "낚시꾼")]),
        ("현장을 지키는 이 팀장은 “장화부터 씻으라”고 말했다.", [("이 팀장", None)]),
    ],
)
def test_position_and_post_make_a_name(enriched: Enriched, body: str, expected: list[tuple[str, str | None]]) -> None:
    assert people(enriched(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "전날 대구시 교통국장은 자리에 없었다.",
        "야당 국회의원은 “표결에 부치자”고 말했다.",
        "동네 빵집 대표는 “손님이 줄었다”고 말했다.",
        "경찰은 한 위원장이 왔다고 밝혔다.",
        "오래 기다려 온 시민은 손뼉을 쳤다.",
        "은행로 상인 열 명이 모였다.",
        "이들이 만난 주민은 고마워했다.",
        "흔들어 온 옹기장이 웃었다.",
        "대구에 폭염특보가 내려졌다.",
        "날씨(12)는 흐리다.",
        "큰 스님은 산에 있다.",
        "30년 차 해녀는 웃었다.",
        "변호사는 “법대로 하자”고 했다.",
    ],
)
def test_other_openings_are_no_names(enriched: Enriched, body: str) -> None:
    assert people(enriched(body)) == []


def test_a_compound_family_name_stands_for_the_full_one(enriched: Enriched) -> None:
    article = enriched("남궁솔 의원은 물었다. 남궁 의원은 “답하라”고 했다.")
    assert [(person.name, person.count) for person in article.persons] == [("남궁솔", 2)]
    assert [quote.speaker for quote in article.quotes] == ["남궁솔"]


def test_the_office_is_named_in_full_where_a_caption_shortens_it(enriched: Enriched) -> None:
    article = enriched("문소이 대전시장은 말했다.", captions=(Caption("문소이 시장이 악수하고 있다."),))
    assert people(article) == [("문소이", "대전시장")]
