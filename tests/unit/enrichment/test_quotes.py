"""Reported speech and who said it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.article import Article, SpeakerLabel

Enriched = Callable[..., Article]


def said(article: Article) -> list[tuple[str | None, str]]:
    return [(quote.speaker, quote.text) for quote in article.quotes]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '강라온 광주시장은 "칩을 시험하는 날이 왔다"며 "장비를 들여오겠다"고 말했다.',
            [("강라온", "칩을 시험하는 날이 왔다"), ("강라온", "장비를 들여오겠다")],
        ),
        ("나기후 교수는 “장비보다 사람이 먼저”라고 지적했다.", [("나기후", "장비보다 사람이 먼저")]),
        ("문소이 의장은 ‘더 꼼꼼해야 한다’고 밝혔다.", [("문소이", "더 꼼꼼해야 한다")]),
        ("민경수 교수는 “절차를 줄여야 한다”는 의견을 냈다.", [("민경수", "절차를 줄여야 한다")]),
        ("경찰은 “술은 아니다”라고 설명했다.", [("경찰", "술은 아니다")]),
        ("박 씨는 “차가 떠내려갔다”고 말했다.", [("박 씨", "차가 떠내려갔다")]),
        ("박모(34)씨가 왔다. 박 씨는 “차가 떠내려갔다”고 말했다.", [("박모", "차가 떠내려갔다")]),
        ("유족 한 분은 “이제야 이름을 얻었다”고 말했다.", [("유족 한 분", "이제야 이름을 얻었다")]),
        ("“물길이 끊겼다”는 것이 나기후 교수의 진단이다.", [("나기후", "물길이 끊겼다")]),
        ("“여기 우물이 있었어.” 이른 아침. 나기후 이장이 둑을 가리켰다.", [("나기후", "여기 우물이 있었어.")]),
        ("나기후 교수는 “조사부터 하라”고 쏘아붙였다.", [("나기후", "조사부터 하라")]),
        ("해운대경찰서 관계자는 “합선으로 본다”고 전했다.", [("해운대경찰서 관계자", "합선으로 본다")]),
        ("한 상인은 “손님이 줄었다”고 하소연했다.", [("한 상인", "손님이 줄었다")]),
        ('도하늘(41)씨는 "연기가 찼다"고 말했다.', [("도하늘", "연기가 찼다")]),
        ("“시설을 모두 고치겠다”고 강라온 시장은 약속했다.", [("강라온", "시설을 모두 고치겠다")]),
        ("강라온 시장이 왔다. 그는 “반갑다”고 인사했다.", [("강라온", "반갑다")]),
        ("강라온 광주시장이 왔다.\n\n강 시장은 “또 오겠다”고 했다.", [("강라온", "또 오겠다")]),
        (
            "대전물사랑시민모임은 모였다. 이 단체는 “공사를 멈추라”고 요구했다.",
            [("대전물사랑시민모임", "공사를 멈추라")],
        ),
        ("강라온 시장은 “‘물의 도시’라는 말을 듣고 싶다”고 답했다.", [("강라온", "‘물의 도시’라는 말을 듣고 싶다")]),
    ],
)
def test_speech_is_given_to_its_speaker(enriched: Enriched, body: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(enriched(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "광주시는 ‘빛의 도시’ 사업을 편다.",
        "두 도시는 ‘물 협력 합의문’에 서명했다.",
        "이 길은 ‘달빛길’이라고 불린다.",
        "“쉼 정류장”이라는 말부터 바꿔야 한다.",
        "투입구에 '고장' 딱지가 붙었다.",
    ],
)
def test_names_and_slogans_are_no_speech(enriched: Enriched, body: str) -> None:
    assert said(enriched(body)) == []


def test_a_label_names_the_speaker_of_its_paragraph(enriched: Enriched) -> None:
    body = '물이 끊겼습니다.\n\n"사흘째 물이 안 나와요."'
    assert said(enriched(body, speaker_labels=(SpeakerLabel(1, "도하늘", "서구 주민"),))) == [
        ("도하늘", "사흘째 물이 안 나와요.")
    ]


def test_an_answer_is_the_interviewees(enriched: Enriched) -> None:
    body = "▶ 무엇을 말했나.\n\n- “서로 듣자”고 말했다.\n\n▶ 또 무엇을.\n\n- 없다."
    assert said(enriched(body, title="[인터뷰] 나기후 지휘자")) == [("나기후", "서로 듣자")]
