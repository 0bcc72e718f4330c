"""Names spelt in syllables, as Vietnamese ones are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article

Enriched = Callable[..., Article]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("쩐 반 득은 공장에서 일한다.", "쩐 반 득"),
        ("유학생 레 티 항이 상을 받았다.", "레 티 항"),
        ("팜 티 투이는 말했다.", "팜 티 투이"),
    ],
)
def test_a_family_a_middle_and_a_given_name_are_one_person(enriched: Enriched, body: str, name: str) -> None:
    assert [person.name for person in enriched(body).persons] == [name]


@pytest.mark.parametrize("body", ["도 안 한다.", "하 반 바퀴를 돌았다.", "부 부 장이 왔다."])
def test_words_of_korean_are_no_such_names(enriched: Enriched, body: str) -> None:
    assert enriched(body).persons == ()
