"""Words that are names of cities and counties too, where they mean a deed, a state or a thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]


@pytest.mark.parametrize(
    "text",
    [
        "계약 성과 달성",
        "수출 계약 1조원 달성",
        "달성 목표 초과",
        "매출 1천억 달성",
        "하프 마라톤 완주",
        "수술 후 회복 중",
        "고양이 급식소 설치",
        "동화 속 공주를 만나다",
        "관중 이천 명 모였다",
        "장수 마을 어르신",
        "상주 인구 늘었다",
        "위원회 구성 완료",
        "이동 지원 확대",
        "인성 함양 교육",
        "과징금 부여 결정",
        "음성 인식 기술",
        "혁신도시 활성화",
        "비수도권 지원",
        "비수도권에서 늘었다",
    ],
)
@pytest.mark.parametrize("where", ["title", "body"])
def test_deeds_and_things_are_no_places(enriched: Enriched, text: str, where: str) -> None:
    article = enriched(text) if where == "body" else enriched("본문이다.", title=text)
    assert article.places == ()


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("대구 달성에서 열렸다.", "달성"),
        ("전북 완주에서 축제가 열렸다.", "완주"),
        ("경남 함양에 비가 내렸다.", "함양"),
        ("경기 이천에서 도자기 축제가 열렸다.", "이천"),
        ("전북 장수에 눈이 내렸다.", "장수"),
        ("고양 지역의 가게가 늘었다.", "고양"),
    ],
)
def test_the_same_words_are_places_where_a_place_is_meant(enriched: Enriched, body: str, place: str) -> None:
    assert place in [found.name for found in enriched(body).places]


def test_an_authority_before_its_budget_is_no_place(enriched: Enriched) -> None:
    article = enriched("대구시 예산이 늘었다.")
    assert [found.name for found in article.organizations] == ["대구시"]
    assert article.places == ()
