"""Places told by their last syllable and what stands around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]


def places(article: Article) -> set[str]:
    return {place.name for place in article.places}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("담장은 은누리문 앞에서 끝난다.", {"은누리문"}),
        ("솔개천 물이 넘쳤다.", {"솔개천"}),
        ("달무동 모래언덕이 야위고 있다.", {"달무동"}),
        ("푸른내강 둔치를 걷는다.", {"푸른내강"}),
        ("새봄골에 작업장을 짓는다.", {"새봄골"}),
        ("물푸레댐 둑을 높인다.", {"물푸레댐"}),
        ("부산역과 동백거리까지 걸었다.", {"부산역", "동백거리"}),
        ("강릉의 신강릉역은 넓다.", {"강릉", "신강릉역"}),
        ("경기 안성을 거쳐 왔다.", {"경기", "안성"}),
        ("완주에서 온 사람이다.", {"완주"}),
        ("프랑스 손님이 파리의 겨울을 말했다.", {"프랑스", "파리"}),
        ("제주시 애월읍에 산다. 애월 앞바다가 맑다.", {"제주시", "애월읍", "애월"}),
        ("全州의 봄", {"全州"}),
        ("세종에서 대전을 오간다. 세종 나들이다.", {"세종", "대전"}),
    ],
)
def test_places_are_found_by_their_frame(enriched: Enriched, body: str, expected: set[str]) -> None:
    assert places(enriched(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "마라톤 풀코스를 완주했다. 완주 기념패를 받았다.",
        "부엌에 파리가 앉았다.",
        "자동문 앞에서 기다렸다.",
        "진도군은 세월호 일을 잊지 않는다.",
        "만족도와 참여도에서 앞섰다.",
        "선제골과 쐐기골에 힘입어 이겼다.",
        "봉사활동과 신체활동에 나섰다.",
        "내용을 수정해 반영하겠다.",
        "중대형댐과 다목적댐을 짓지 않는다.",
    ],
)
def test_ordinary_words_with_such_endings_are_none(enriched: Enriched, body: str) -> None:
    assert places(enriched(body)) == set()


def test_the_village_of_its_head_is_no_employer(enriched: Enriched) -> None:
    article = enriched("양솔빈 새벌리 이장은 동백을 심자고 했다.")
    assert (article.organizations, places(article)) == ((), {"새벌리"})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("제주4·3연구소는 기록을 모았다.", {"제주4·3연구소"}),
        ("한국산림기록원이 지도를 냈다.", {"한국산림기록원"}),
        ("옥스퍼드대가 손을 내밀었다.", {"옥스퍼드대"}),
    ],
)
def test_bodies_are_found_by_their_shape(enriched: Enriched, body: str, expected: set[str]) -> None:
    assert {found.name for found in enriched(body).organizations} == expected
