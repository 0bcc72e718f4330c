"""The sample articles that a new customer sees first: what is in them, and that the service reads them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.article import load_article
from service.domain.article import Article
from service.enrichment.press_copy import PressCopyArticle, decode, parse

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EXPECTED = Path(__file__).with_name("samples.tsv")
FURNITURE = (
    "무단", "저작권자", "Copyright", "기사보내기", "글자크기", "글씨 키우기", "구독", "후속강추", "요약봇", "BEST댓글",
    "재판매 및 DB", "송고", "기사원문", "전체보기", "제보를 기다립니다", "붙임 ", "(끝)", "◀INT▶", "[앵커]", "[기자]",
    "뉴스 식별자", "담당부서", "카카오톡", "example.", "관련기사", "━━",
)  # fmt: skip


class Expected(NamedTuple):
    """What one article of a press copy is known to hold."""

    copy: str
    outlet: str | None
    published: str | None
    reporter: str | None
    captions: int
    paragraphs: int
    title: str


def expected_articles() -> dict[str, list[Expected]]:
    """The table samples.tsv by press copy, articles of one paste in order; `-` is nothing."""
    found: dict[str, list[Expected]] = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines()[1:]:
        copy, outlet, published, reporter, captions, paragraphs, title = line.split("\t")
        texts = [None if value == "-" else value for value in (outlet, published, reporter)]
        found.setdefault(copy, []).append(Expected(copy, *texts, int(captions), int(paragraphs), title))
    return found


TABLE = expected_articles()


def press_copies() -> list[Path]:
    return sorted(SAMPLES.glob("press_copy/*.txt")) + sorted(SAMPLES.glob("wire_story/*.txt"))


def read(copy: str) -> tuple[PressCopyArticle, ...]:
    return parse(decode((SAMPLES / copy).read_bytes()))


def documents() -> list[Article]:
    lines = (SAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [load_article(json.loads(line)) for line in lines]


def test_every_press_copy_is_in_the_table() -> None:
    assert {str(path.relative_to(SAMPLES).as_posix()) for path in press_copies()} == set(TABLE)


def test_there_are_enough_articles_of_each_kind() -> None:
    copies = [row for row in TABLE if row.startswith("press_copy/")]
    assert len(copies) >= 40
    assert len(TABLE) - len(copies) >= 7
    assert len(documents()) >= 25
    assert sum(map(len, TABLE.values())) + len(documents()) >= 70


@pytest.mark.parametrize("copy", sorted(TABLE))
def test_a_press_copy_is_read_as_it_stands(copy: str) -> None:
    read_back = [
        Expected(
            copy,
            article.outlet,
            article.published_at.strftime("%Y-%m-%dT%H:%M%z") if article.published_at else None,
            article.reporters[0].name if article.reporters else None,
            len(article.captions),
            len(article.paragraphs),
            article.title or "",
        )
        for article in read(copy)
    ]
    assert read_back == TABLE[copy]


@pytest.mark.parametrize("copy", sorted(TABLE))
def test_no_page_furniture_is_left_in_a_body(copy: str) -> None:
    left = [
        (word, paragraph)
        for article in read(copy)
        for paragraph in (*article.paragraphs, *(caption.text for caption in article.captions))
        for word in FURNITURE
        if word in paragraph
    ]
    assert left == []


def test_the_wire_story_keeps_its_body_in_each_verbatim_copy() -> None:
    original = read("wire_story/1_garam_original.txt")[0].paragraphs
    for path in sorted(SAMPLES.glob("wire_story/*_verbatim.txt")):
        assert read(f"wire_story/{path.name}")[0].paragraphs == original


def test_the_json_documents_load_and_differ() -> None:
    articles = [*documents(), load_article(json.loads((SAMPLES / "editorial.json").read_bytes()))]
    assert len({article.id for article in articles}) == len(articles)
    assert all(article.outlet and article.section and article.published_at for article in articles)
    assert all(article.body.count("\n\n") >= 2 or "[날씨]" in article.title for article in articles)


def test_the_samples_span_a_year() -> None:
    days = sorted(row.published or "" for rows in TABLE.values() for row in rows if row.published)
    assert days[0].startswith("2025-11")
    assert days[-1].startswith("2026-11")


def test_several_encodings_are_really_there() -> None:
    raw = {path.name: path.read_bytes() for path in press_copies()}
    assert sum(1 for data in raw.values() if not _is_utf8(data)) >= 3
    assert sum(1 for data in raw.values() if data.startswith(b"\xef\xbb\xbf")) == 1
    assert sum(1 for data in raw.values() if b"\r\n" in data) >= 2
    texts = [data.decode("utf-8") for data in raw.values() if _is_utf8(data)]
    assert sum(1 for text in texts if not unicodedata.is_normalized("NFC", text)) >= 1
    assert any("\u00a0" in text for text in texts)
    assert any("\u200b" in text for text in texts)


def test_only_reserved_mail_addresses_and_no_phone_numbers_of_the_world() -> None:
    for path in [*press_copies(), SAMPLES / "articles.jsonl", SAMPLES / "editorial.json"]:
        for word in decode(path.read_bytes()).split():
            assert "@" not in word or "@example." in word
            assert "053-" not in word or "053-000-" in word


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
