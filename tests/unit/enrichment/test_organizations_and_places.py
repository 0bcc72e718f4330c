"""Organisations and places, and authorities told from the ground they govern."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]


def names(article: Article) -> tuple[set[str], set[str]]:
    return {found.name for found in article.organizations}, {found.name for found in article.places}


@pytest.mark.parametrize(
    ("body", "organizations", "places"),
    [
        ("국토부와 경북도, 포항시는 다리를 놓기로 했다.", {"국토부", "경북도", "포항시"}, set()),
        ("부산 해운대구 우동의 한 아파트에서 불이 났다.", set(), {"부산", "해운대구", "우동"}),
        ("부산소방재난본부와 해운대경찰서가 조사한다.", {"부산소방재난본부", "해운대경찰서"}, set()),
        ("수성구는 체육관을 짓는다.", {"수성구"}, set()),
        ("수성구에 사는 주민이 많다.", set(), {"수성구"}),
        ("울산시 남구 삼산동에 있는 롯데백화점", set(), {"울산시", "남구", "삼산동", "롯데백화점"}),
        ("소유권이 울산시에 있다며 미뤘다.", {"울산시"}, set()),
        ("강라온 광주시장은 광주 시민에게 고맙다고 했다.", set(), {"광주"}),
        ("반도체 설계 기업 새론칩스는 본사를 옮긴다.", {"새론칩스"}, set()),
        ("라희진 다솜워터 대표는 말했다.", {"다솜워터"}, set()),
        ("한터정공 배시후 대표이사는 말했다.", {"한터정공"}, set()),
        ("시민단체 대전물사랑시민모임은 물러섰다.", {"대전물사랑시민모임"}, set()),
        ("폴란드 바르샤바와 체코 브르노를 찾았다.", set(), {"폴란드", "바르샤바", "체코", "브르노"}),
        ("美·中 갈등 속에 北은 조용했다.", set(), {"美", "中", "北"}),
        ("제주국제공항에서 오사카로 떠났다.", set(), {"제주국제공항", "오사카"}),
        ("부산·울산 지역과 경남에서 열린다.", set(), {"부산", "울산", "경남"}),
        ("갑천 둔치와 유성구 궁동 일대를 걷는다.", set(), {"갑천", "유성구", "궁동"}),
        ("경북대 교수와 한국광기술원 연구원이 왔다.", {"경북대", "한국광기술원"}, set()),
    ],
)
def test_names_are_told_apart_by_their_use(
    enriched: Enriched, body: str, organizations: set[str], places: set[str]
) -> None:
    assert names(enriched(body)) == (organizations, places)


@pytest.mark.parametrize(
    "body",
    [
        "시는 시의회와 재단에 예산을 냈다.",
        "전통시장과 공원, 도서관을 늘린다.",
        "운영위원회와 종합병원이 함께한다.",
        "고양이 소재 드라마를 봤다.",
        "새로운 방식으로 가겠다.",
        "걱정거리가 많다. 먹을거리도 많다.",
        "온라인 시장에서 저축은행 금리가 올랐다.",
    ],
)
def test_ordinary_words_are_neither(enriched: Enriched, body: str) -> None:
    assert names(enriched(body)) == (set(), set())


def test_mentions_are_counted(enriched: Enriched) -> None:
    article = enriched("광주테크노파크가 열렸다. 광주테크노파크는 넓다.")
    assert [(found.name, found.count) for found in article.organizations] == [("광주테크노파크", 2)]


def test_a_province_without_districts_is_read(enriched: Enriched) -> None:
    assert "세종" in {found.name for found in enriched("정부는 세종 청사에서 세종에 있는 부처와 만났다.").places}
