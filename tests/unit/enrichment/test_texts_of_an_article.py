"""Keywords, summary, language, mentions and sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from service.domain.article import Article
from service.enrichment.characters import language_of
from service.enrichment.pipeline import enrich, enrich_together
from service.enrichment.sentences import paragraphs, sentences

Enriched = Callable[..., Article]

BODY = (
    "광주시는 15일 광산구에서 반도체 시험동 착공식을 열었다. 국비 310억 원이 들어간다.\n\n"
    '강라온 광주시장은 "시험동이 문을 열면 일자리가 늘어난다"고 말했다. 반도체 기업 열 곳이 시험동을 쓴다.\n\n'
    "시험동은 2027년 문을 연다. 비가 왔다."
)


def test_keywords_tell_what_the_article_is_about(enriched: Enriched) -> None:
    keywords = enriched(BODY, title="광주 반도체 시험동 착공").keywords
    assert keywords[0].score == 1.0
    assert keywords[0].term in {"시험동", "반도체 시험동"}
    assert len(keywords) <= 10
    assert [keyword.score for keyword in keywords] == sorted((keyword.score for keyword in keywords), reverse=True)
    assert not {"강라온", "광주시장", "강라온 광주시장"} & {keyword.term for keyword in keywords}


def test_a_summary_is_made_of_the_articles_own_sentences(enriched: Enriched) -> None:
    summary = enriched(BODY, title="광주 반도체 시험동 착공").summary
    assert summary is not None
    assert summary.startswith("광주시는 15일")
    assert "비가 왔다" not in summary


def test_mentions_point_into_the_body(enriched: Enriched) -> None:
    article = enriched(BODY, published_at=datetime(2026, 1, 16, tzinfo=UTC))
    found = {(article.body[mention.start : mention.end], mention.type, mention.name) for mention in article.mentions}
    assert {
        ("광주시", "organization", "광주시"),
        ("15일", "date", "2026-01-15"),
        ("광산구", "place", "광산구"),
        ("310억 원", "money", "310억 원"),
        ("강라온", "person", "강라온"),
        ("2027년", "date", "2027"),
    } <= found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("광주시는 AI 시험동을 연다", "ko"),
        ("The city opens a test hall", "en"),
        ("市は試験棟を開く", None),
        ("12 34 !", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_the_letters(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_given_language_stands(enriched: Enriched) -> None:
    assert enriched("비가 왔다.", language="en", given=frozenset({"language"})).language == "en"


def test_a_stop_inside_quotation_marks_ends_no_sentence() -> None:
    text = '강 시장은 "비가 온다. 우산을 챙기자"고 말했다. 비율은 3.5%다. 끝났나?'
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        '강 시장은 "비가 온다. 우산을 챙기자"고 말했다.',
        "비율은 3.5%다.",
        "끝났나?",
    ]


def test_blank_lines_part_paragraphs() -> None:
    body = "하나\n둘\n\n \n셋"
    assert [body[start:end] for start, end in paragraphs(body)] == ["하나\n둘", "셋"]


def test_articles_enriched_together_are_enriched_as_alone() -> None:
    articles = [
        Article(id="whole", title="광주 반도체 시험동 착공", body=BODY, subheads=("광산구에서 15일",)),
        Article(id="empty", title="", body=""),
        Article(id="short", title="미르구 나래동에서 불", body="미르구 나래동에서 12일 불이 났다."),
        *(Article(id=f"{count}", title="", body=BODY * count) for count in (1, 3, 9)),
    ]
    together = enrich_together(articles)
    assert [found.article for found in together] == [enrich(article).article for article in articles]
    assert [found.signature for found in together] == [enrich(article).signature for article in articles]
    assert enrich_together([]) == []
