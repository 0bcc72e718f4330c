"""People with their posts, and short mentions under the full name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article, Caption, SpeakerLabel

Enriched = Callable[..., Article]


def people(article: Article) -> list[tuple[str, str | None]]:
    return [(person.name, person.title) for person in article.persons]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("강라온 광주시장은 15일 착공식을 열었다.", [("강라온", "광주시장")]),
        ("나기후 전남대 교수는 이렇게 말했다.", [("나기후", "전남대 교수")]),
        ("문소이 대전시의회 의장이 회의를 열었다.", [("문소이", "대전시의회 의장")]),
        ("추민서(51) 울산대병원 원장은 감사를 전했다.", [("추민서", "울산대병원 원장")]),
        ("한터정공 배시후 대표이사는 계약을 맺었다.", [("배시후", "대표이사")]),
        ("배우 신유하가 홍보대사로 위촉됐다.", [("신유하", "배우")]),
        ("주민 도하늘(41)씨는 대피했다.", [("도하늘", "주민")]),
        ("경찰은 김모(62)씨를 조사하고 있다.", [("김모", None)]),
        ("황보단 위원장은 축제를 소개했다.", [("황보단", "위원장")]),
        ("파울 슈나이더 바이에른주 경제장관은 뮌헨에서 만났다.", [("파울 슈나이더", "바이에른주 경제장관")]),
        ("한나 크루거 부사장은 투자를 밝혔다.", [("한나 크루거", "부사장")]),
        ("고정민·양서윤 도의원이 참석했다.", [("고정민", None), ("양서윤", "도의원")]),
        ("민 과장은 자리에 없었다.", [("민 과장", None)]),
        ("나기후 씨는 떠났다. 나기후 목판장인은 “나무가 좋다”고 말했다.", [("나기후", "목판장인")]),
        ("나기후 씨는 떠났다. 나기후 목판은 팔렸다.", [("나기후", None)]),
    ],
)
def test_people_are_named_with_their_post(
    enriched: Enriched, body: str, expected: list[tuple[str, str | None]]
) -> None:
    assert people(enriched(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "이동이 불편한 시민을 위한 버스다.",
        "기업 유치를 위해 시장 점유율을 높인다.",
        "한 상인은 장사가 안된다고 했다.",
        "이 대표는 누구인지 알 수 없다.",
        "주민 공청회를 열고 시민 안전망을 넓힌다.",
        "따뜻한 마음씨와 아저씨의 웃음",
        "소수민 기자가 다녀왔습니다.",
        "대구에 폭염특보가 내려졌다.",
    ],
)
def test_ordinary_words_are_no_people(enriched: Enriched, body: str) -> None:
    assert people(enriched(body)) == []


def test_short_mentions_are_counted_under_the_full_name(enriched: Enriched) -> None:
    article = enriched("강라온 광주시장이 왔다. 강 시장은 웃었다. 姜시장도 손을 흔들었다.")
    assert [(person.name, person.count) for person in article.persons] == [("강라온", 3)]


def test_a_foreign_family_name_is_merged(enriched: Enriched) -> None:
    article = enriched("파울 슈나이더 장관이 왔다. 슈나이더 장관은 악수했다.")
    assert [(person.name, person.count) for person in article.persons] == [("파울 슈나이더", 2)]


def test_two_people_of_one_family_name_are_told_apart_by_their_post(enriched: Enriched) -> None:
    article = enriched("오미르 제주도지사와 오단비 국장이 만났다. 오 지사는 앞서 걸었다. 오 국장은 뒤를 따랐다.")
    assert [(person.name, person.count) for person in article.persons] == [("오미르", 2), ("오단비", 2)]


def test_the_title_and_the_captions_are_read_before_the_body(enriched: Enriched) -> None:
    article = enriched(
        "강라온 시장은 말했다.", title="강라온 광주시장 취임", captions=(Caption("양서윤 의원이 묻고 있다."),)
    )
    assert people(article) == [("강라온", "광주시장"), ("양서윤", "의원")]


def test_a_transcript_label_names_a_person(enriched: Enriched) -> None:
    article = enriched('"물이 안 나와요."', speaker_labels=(SpeakerLabel(0, "도하늘", "서구 주민"),))
    assert people(article) == [("도하늘", "서구 주민")]


def test_what_the_client_gave_stands(enriched: Enriched) -> None:
    assert enriched("강라온 광주시장은 말했다.", given=frozenset({"persons"})).persons == ()
