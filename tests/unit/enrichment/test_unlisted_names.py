"""Foreign names that no list holds, told by what stands around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("암논 벨리하 최고경영자(CEO)와 만났다.", "암논 벨리하"),
        ("시는 지난달 아미르 코하디 RNQ 대외담당 부사장을 만났다.", "아미르 코하디"),
        ("벤야민 코퍼 대사가 방문했다.", "벤야민 코퍼"),
        ("요한 스트룀그린 회장을 접견했다.", "요한 스트룀그린"),
        ("이날 행사에는 창업자인 에드윈 그로스메어 대표가 참석했다.", "에드윈 그로스메어"),
        ("협약식에 디터 부르크펠트 사장이 참석했다.", "디터 부르크펠트"),
        ("시장은 마티외 르브랑셰 영사와 환담했다.", "마티외 르브랑셰"),
        ("오찬에서 호아킨 에체가르시아 대사는 감사를 전했다.", "호아킨 에체가르시아"),
        ("개막식에서 주앙 페헤이로스 교수가 강연했다.", "주앙 페헤이로스"),
        ("스웨덴 출신인 비에른 룬드퀴스텐 감독이 지휘했다.", "비에른 룬드퀴스텐"),
        ("시는 칼리드 알바즈리 회장을 초청했다.", "칼리드 알바즈리"),
        ("이날 다리우시 로흐마니 이사장이 연설했다.", "다리우시 로흐마니"),
        ("요아브 벤하르 최고기술책임자(CTO)는 기술을 소개했다.", "요아브 벤하르"),
        ("메흐메트 귈테킨 대표를 만났다.", "메흐메트 귈테킨"),
        ("다나카 요시나오 사장은 이날 도착했다.", "다나카 요시나오"),
        ("시는 리쯔웨이 부시장을 초청했다.", "리쯔웨이"),
        ("응우옌 반 득 서기장이 방문했다.", "응우옌 반 득"),
        ("바트볼드 간투무르 장관이 왔다.", "바트볼드 간투무르"),
        ("샤흐조드 라히므노프 국장이 방문했다.", "샤흐조드 라히므노프"),
        ("연구소를 맡은 그레타 쇤발트 소장이 말했다.", "그레타 쇤발트"),
        ("행사에는 티모 하로넨 부회장도 함께했다.", "티모 하로넨"),
        ("시는 라제시 굽타니 지사장을 만났다.", "라제시 굽타니"),
        ("시청을 찾은 안제이 코발렉 대사는 웃었다.", "안제이 코발렉"),
        ("시는 레자 빈 카말 회장을 만났다.", "레자 빈 카말"),
    ],
)
def test_unlisted_foreign_names_are_found_before_a_post(enriched: Enriched, body: str, name: str) -> None:
    assert [person.name for person in enriched(body).persons] == [name]


@pytest.mark.parametrize(
    "body",
    [
        "지역 스타트업 대표 10명이 참석했다.",
        "현지 바이어 대표를 만났다.",
        "시민 단체 회원이 모였다.",
        "디지털 혁신 국장 회의를 열었다.",
        "로봇 스타트업 대표들이 모였다.",
        "글로벌 파트너 대표를 초청했다.",
        "스마트 모빌리티 국장이 말했다.",
        "벤처 캐피털 대표가 참석했다.",
        "드론 페스티벌 감독을 맡았다.",
        "멘토링 프로그램 교수가 참여했다.",
        "푸드 테크 회장이 말했다.",
        "캐릭터 콘텐츠 대표가 말했다.",
        "라이온스 클럽 회장을 지냈다.",
        "스웨덴 출신인 감독이 왔다.",
        "폴란드 바르샤바 시장을 만났다.",
    ],
)
def test_two_nouns_before_a_post_are_no_person(enriched: Enriched, body: str) -> None:
    assert enriched(body).persons == ()


def test_a_family_name_alone_is_the_same_person_and_speaks(enriched: Enriched) -> None:
    article = enriched(
        "시는 지난달 아미르 코하디 RNQ 대외담당 부사장을 만났다. 코하디 부사장은 “투자를 검토하겠다”고 말했다."
    )
    assert [(person.name, person.title, person.count) for person in article.persons] == [
        ("아미르 코하디", "RNQ 대외담당 부사장", 2)
    ]
    assert [quote.speaker for quote in article.quotes] == ["아미르 코하디"]
