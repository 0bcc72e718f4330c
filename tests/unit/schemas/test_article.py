"""Articles on the wire."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from schemas.article import apply_patch, dump_article, load_article
from service.domain.article import DERIVED_FIELDS, INPUT_FIELDS, Article, Caption, Reporter, SpeakerLabel
from service.domain.errors import ValidationFailed
from service.domain.outlets import Display
from service.domain.shown import WITHHELD, ShownArticle, shown
from service.domain.time import KST

MINIMAL = {"title": "한빛시 도서관 연다", "body": "물결공원에 연다."}
FULL: dict[str, Any] = MINIMAL | {
    "id": "a-1",
    "subtitle": "봄에",
    "outlet": "하늘일보",
    "section": "지역",
    "reporters": [{"name": "도서윤", "email": None, "role": "기자"}],
    "published_at": "2026-01-15T09:30:00+09:00",
    "updated_at": "2026-01-15",
    "url": "https://haneul.example/1",
    "dateline_place": "한빛",
    "captions": [{"text": "조감도", "credit": "한빛시"}],
    "subheads": ["걸어서 10분"],
    "tags": ["도서관"],
    "page": "A12",
    "language": "ko",
}


def codes(document: object, article_id: str | None = None) -> dict[str | None, str]:
    with pytest.raises(ValidationFailed) as refused:
        load_article(document, article_id)
    assert all(error.message.ko and error.message.en for error in refused.value.errors)
    return {
        error.pointer if error.pointer is not None else error.parameter: error.code for error in refused.value.errors
    }


def test_title_and_body_are_enough() -> None:
    article = load_article(MINIMAL)
    assert article == Article(id="", **MINIMAL, given=frozenset({"title", "body"}))


def test_every_input_field_is_taken_and_given() -> None:
    article = load_article(FULL)
    assert set(FULL) == set(INPUT_FIELDS)
    assert article.given == set(INPUT_FIELDS) - {"id"}
    assert article.reporters == (Reporter("도서윤", None, "기자"),)
    assert article.captions == (Caption("조감도", "한빛시"),)
    assert article.published_at == datetime(2026, 1, 15, 9, 30, tzinfo=KST)
    assert article.updated_at == datetime(2026, 1, 15, tzinfo=KST)


def whole(article: Article) -> ShownArticle:
    return shown(article, Display.FULL, 0)


def test_what_is_dumped_loads_as_the_same_article() -> None:
    article = load_article(FULL)
    dumped = {name: value for name, value in dump_article(whole(article)).items() if name in INPUT_FIELDS}
    assert load_article(dumped) == article


@pytest.mark.parametrize("display", Display)
def test_what_may_not_be_seen_is_left_out_and_nothing_else(display: Display) -> None:
    article = load_article(FULL)
    dumped = dump_article(shown(article, display, 20))
    assert dumped["display"] == display
    assert dump_article(whole(article)).keys() - dumped.keys() == WITHHELD[display]
    assert dumped["title"] == article.title
    if display is Display.SNIPPET:
        assert 0 < len(dumped["summary"]) <= 20


def test_null_is_as_if_the_field_were_not_there() -> None:
    document = FULL | {name: None for name in FULL if name not in MINIMAL}
    assert load_article(document) == load_article(MINIMAL)
    assert codes(MINIMAL | {"title": None}) == {"/title": "required"}


def test_strings_are_kept_in_nfc_and_the_body_with_line_feeds() -> None:
    decomposed = unicodedata.normalize("NFD", "수성구")
    article = load_article({"title": decomposed, "body": "가\r\n\r\n나\r다", "tags": [decomposed]})
    assert (article.title, article.body, article.tags) == ("수성구", "가\n\n나\n다", ("수성구",))


@pytest.mark.parametrize("document", [None, [], "x", 1, True])
def test_a_document_has_to_be_an_object(document: object) -> None:
    assert codes(document) == {"": "not-an-object"}


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"title": "가" * 501}, "/title", "too-long"),
        ({"body": "가" * 200_001}, "/body", "too-long"),
        ({"subtitle": "가" * 2_001}, "/subtitle", "too-long"),
        ({"tags": ["가" * 2_001]}, "/tags/0", "too-long"),
        ({"reporters": [{"name": "가" * 2_001}]}, "/reporters/0/name", "too-long"),
        ({"tags": ["가"] * 501}, "/tags", "too-many"),
        ({"captions": [{"text": "가"}] * 501}, "/captions", "too-many"),
        ({"title": " \n\u200b\u3000"}, "/title", "blank"),
        ({"body": ""}, "/body", "blank"),
        ({"outlet": ""}, "/outlet", "blank"),
        ({"title": "a\x00b"}, "/title", "control-character"),
        ({"body": "a\x1bb"}, "/body", "control-character"),
        ({"body": "a\x7fb"}, "/body", "control-character"),
        ({"body": "a\x9fb"}, "/body", "control-character"),
        ({"captions": [{"text": "a\x08"}]}, "/captions/0/text", "control-character"),
        ({"title": "a\ud800"}, "/title", "lone-surrogate"),
        ({"title": 1}, "/title", "not-a-string"),
        ({"body": ["가"]}, "/body", "not-a-string"),
        ({"page": 12}, "/page", "not-a-string"),
        ({"tags": "가"}, "/tags", "not-a-list"),
        ({"tags": {"0": "가"}}, "/tags", "not-a-list"),
        ({"tags": [None]}, "/tags/0", "null"),
        ({"reporters": ["도서윤"]}, "/reporters/0", "not-an-object"),
        ({"reporters": [None]}, "/reporters/0", "null"),
        ({"reporters": [{"email": "a@b.example"}]}, "/reporters/0/name", "required"),
        ({"reporters": [{"name": "도서윤", "a/~": 1}]}, "/reporters/0/a~1~0", "unknown"),
        ({"headline": "x"}, "/headline", "unknown"),
        ({"headline": None}, "/headline", "unknown"),
        ({"published_at": "어제"}, "/published_at", "invalid-time"),
        ({"published_at": "2026-1-5"}, "/published_at", "invalid-time"),
        ({"published_at": "2026-01-15T09:30+09:00"}, "/published_at", "invalid-time"),
        ({"published_at": "２０２６-01-15"}, "/published_at", "invalid-time"),
        ({"published_at": "2026-01-15T09:30:00+9:00"}, "/published_at", "invalid-time"),
        ({"published_at": 1768437000}, "/published_at", "not-a-string"),
        ({"published_at": "2026-02-29"}, "/published_at", "not-in-calendar"),
        ({"published_at": "0000-01-01"}, "/published_at", "not-in-calendar"),
        ({"published_at": "2026-01-15T24:00:00Z"}, "/published_at", "not-in-calendar"),
        ({"published_at": "2026-01-15T09:30:00+24:00"}, "/published_at", "not-in-calendar"),
        ({"published_at": "0001-01-01"}, "/published_at", "not-in-calendar"),
        ({"published_at": "9999-12-31T23:59:59Z"}, "/published_at", "not-in-calendar"),
        ({"url": "haneul.example/1"}, "/url", "invalid-url"),
        ({"url": "javascript:alert(1)"}, "/url", "invalid-url"),
        ({"url": "http://"}, "/url", "invalid-url"),
        ({"url": "http:///path"}, "/url", "invalid-url"),
        ({"url": "http://a b.example/"}, "/url", "invalid-url"),
        ({"url": "http://a.example:99999/"}, "/url", "invalid-url"),
        ({"url": "https://a.example/<script>"}, "/url", "invalid-url"),
        ({"url": "https://a.example/" + "a" * 2_000}, "/url", "too-long"),
        ({"id": ""}, "/id", "invalid-id"),
        ({"id": "."}, "/id", "invalid-id"),
        ({"id": ".."}, "/id", "invalid-id"),
        ({"id": "a" * 129}, "/id", "invalid-id"),
        ({"id": "기사"}, "/id", "invalid-id"),
        ({"id": "a\n"}, "/id", "invalid-id"),
        ({"id": 1}, "/id", "not-a-string"),
        *(({name: None}, f"/{name}", "derived") for name in DERIVED_FIELDS),
    ],
)
def test_a_value_that_does_not_fit_is_named(change: dict[str, Any], pointer: str, code: str) -> None:
    assert codes(MINIMAL | change) == {pointer: code}


def test_every_wrong_value_is_named_at_once() -> None:
    assert codes({"title": "", "url": "x", "x": 1}) == {
        "/title": "blank",
        "/body": "required",
        "/url": "invalid-url",
        "/x": "unknown",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"title": "가" * 500},
        {"title": "\U0001f4f0" * 500},
        {"body": "가" * 200_000},
        {"subtitle": "가" * 2_000},
        {"tags": ["가"] * 500},
        {"body": "가\t나\r\n다"},
        {"id": "aZ0._~-" + "a" * 121},
        {"id": "..."},
        {"published_at": "2024-02-29"},
        {"published_at": "2026-01-15 09:30:00"},
        {"published_at": "2026-01-15t09:30:00.123456789z"},
        {"published_at": "9999-12-31"},
        {"url": "http://한빛시.example/뉴스?q=도서관#1"},
        {"url": "HTTPS://127.0.0.1:8080"},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_value_at_the_edge_is_taken(change: dict[str, Any]) -> None:
    load_article(MINIMAL | change)


def test_the_id_of_the_path_stands() -> None:
    assert load_article(MINIMAL, "a-1").id == "a-1"
    assert load_article(MINIMAL | {"id": "a-1"}, "a-1").id == "a-1"
    assert codes(MINIMAL | {"id": "a-2"}, "a-1") == {"/id": "other-id"}
    assert codes(MINIMAL, "a b") == {"id": "invalid-id"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-15T09:30:00", "2026-01-15T09:30:00+09:00"),
        ("2026-01-15", "2026-01-15T00:00:00+09:00"),
        ("2026-01-15T00:30:00Z", "2026-01-15T00:30:00+00:00"),
        ("2026-01-15T00:30:00.5-03:30", "2026-01-15T00:30:00.500000-03:30"),
    ],
)
def test_a_time_without_an_offset_is_in_seoul(value: str, expected: str) -> None:
    assert dump_article(whole(load_article(MINIMAL | {"published_at": value})))["published_at"] == expected


def test_a_patch_sets_and_takes_away() -> None:
    article = load_article(FULL)
    patched = apply_patch(article, {"title": "새 제목", "tags": ["가", "나"], "subtitle": None, "captions": []})
    expected = FULL | {"title": "새 제목", "tags": ["가", "나"], "captions": []}
    del expected["subtitle"]
    assert patched == load_article(expected)


def test_a_patch_lies_over_what_was_given_not_over_what_was_derived() -> None:
    enriched = replace(load_article(MINIMAL, "a"), language="ko", summary="요약", dateline_place="한빛")
    assert apply_patch(enriched, {"tags": ["가"]}) == load_article(MINIMAL | {"tags": ["가"]}, "a")


def test_the_labels_of_a_transcript_stay_while_the_body_does() -> None:
    label = SpeakerLabel(0, "맹진호")
    article = replace(load_article(MINIMAL, "a"), speaker_labels=(label,))
    assert apply_patch(article, {"title": "새 제목"}).speaker_labels == (label,)
    assert apply_patch(article, {"body": "새 본문"}).speaker_labels == ()


@pytest.mark.parametrize(
    ("patch", "pointer", "code"),
    [
        ([], "", "not-an-object"),
        ({"id": "b"}, "/id", "id-not-patchable"),
        ({"id": None}, "/id", "id-not-patchable"),
        ({"summary": None}, "/summary", "derived"),
        ({"summary": "x"}, "/summary", "derived"),
        ({"x": None}, "/x", "unknown"),
        ({"title": None}, "/title", "required"),
        ({"body": " "}, "/body", "blank"),
        ({"reporters": {"name": "도서윤"}}, "/reporters", "not-a-list"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(patch: object, pointer: str, code: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        apply_patch(load_article(FULL), patch)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [(pointer, code)]
