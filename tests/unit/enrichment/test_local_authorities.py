"""Cities, counties and districts that no list holds: the article itself tells of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]


def names(article: Article) -> set[str]:
    return {found.name for found in (*article.organizations, *article.places)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("다온시는 버스를 늘린다.", {"다온시"}),
        ("한봄이 다온시장은 버스를 늘리겠다고 했다. 다온시 곳곳에 벽보가 붙었다.", {"다온시"}),
        ("다온시 새벌구 달무동에 있는 집이다.", {"다온시", "새벌구", "달무동"}),
        ("새벌구의회가 열렸다. 새벌구는 예산을 냈다.", {"새벌구의회", "새벌구"}),
        ("달울군 농민들이 모였다.", {"달울군"}),
        ("하루와 이틀 사이 새벌구·은결구 주민이 대피했다.", {"새벌구", "은결구"}),
        ("수원특례시는 상을 받았다.", {"수원특례시"}),
    ],
)
def test_unknown_authorities_are_found(enriched: Enriched, body: str, expected: set[str]) -> None:
    assert names(enriched(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "화재 발생시 주민은 대피한다.",
        "고위험군 주민과 후보군 관계자가 왔다.",
        "선거구 관계자는 비상구 앞에 섰다.",
        "신도시 주민은 다시 웃었다.",
    ],
)
def test_ordinary_words_are_no_authorities(enriched: Enriched, body: str) -> None:
    assert names(enriched(body)) == set()


def test_the_mayor_is_no_market(enriched: Enriched) -> None:
    article = enriched("한봄이 다온시장은 다온시 새해 일을 밝혔다. 버들시장에서 떡도 샀다.")
    assert [(person.name, person.title) for person in article.persons] == [("한봄이", "다온시장")]
    assert {place.name for place in article.places} == {"버들시장"}
