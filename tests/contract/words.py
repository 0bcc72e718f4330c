"""Plain words, prefixes, and where they look."""

from __future__ import annotations

import unicodedata

import pytest

from service.search.request import Match
from service.search.tree import TextField
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "words"
ARTICLES = (
    article(SHELF, "in-daegu", "축제가 대구에서 열렸다."),
    article(SHELF, "mayor", "대구시장은 예산을 늘렸다."),
    article(SHELF, "market", "대구 전통시장에 손님이 늘었다."),
    article(SHELF, "joined", "수성알파시티에 기업이 모인다."),
    article(SHELF, "parted", "수성 알파시티 입주가 시작됐다."),
    article(SHELF, "latin", "GovTech 박람회와 ＡＢＣ-123 행사"),
    article(SHELF, "hanja", "大邱 방문"),
    article(SHELF, "nobody", "그리고 아무도 없었다."),
    article(SHELF, "title", "내용이다.", title="도서관 개관"),
    article(SHELF, "subtitle", "내용이다.", subtitle="도서관 개관"),
    article(SHELF, "body", "도서관 개관"),
    article(SHELF, "subhead", "내용이다.", subheads=("도서관 개관",)),
    article(SHELF, "caption", "내용이다.", captions=("풍경", "도서관 개관")),
    article(SHELF, "meta", "내용이다.", outlet="도서관 개관", section="도서관", reporters=("도서관",)),
)
EVERYWHERE = "body caption subhead subtitle title"


class WordContract:
    """What plain words find."""

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("대구", "hanja in-daegu market mayor"),
            ("대구에서", "hanja in-daegu market mayor"),
            ("대구를", "hanja in-daegu market mayor"),
            ("열리다", "in-daegu"),
            ("수성알파시티", "joined parted"),
            ("수성 알파시티", "joined parted"),
            ("알파시티에서", "joined parted"),
            ("대구시장", "mayor"),
            ("대구 시장", "market mayor"),
            ("전통시장", "market"),
            ("대구전통시장", "market"),
            ("시장전통", ""),
            ("전통 대구", "market"),
            ("대구 예산 전통", ""),
            ("govtech", "latin"),
            ("GOVTECH", "latin"),
            ("ＧｏｖＴｅｃｈ", "latin"),
            ("abc-123", "latin"),
            ("ABC 123", "latin"),
            ("大邱", "hanja in-daegu market mayor"),
            ("그리고", "nobody"),
            ("우주정거장", ""),
        ],
    )
    def test_words(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    def test_decomposed_words(self, library: Library) -> None:
        assert library(SHELF).found(unicodedata.normalize("NFD", "수성알파시티")) == "joined parted"

    def test_words_look_in_all_text_fields_and_nowhere_else(self, library: Library) -> None:
        assert library(SHELF).found("도서관") == EVERYWHERE

    @pytest.mark.parametrize(
        ("fields", "keys"),
        [
            ((TextField.TITLE,), "title"),
            ((TextField.SUBTITLE,), "subtitle"),
            ((TextField.BODY,), "body subhead"),
            ((TextField.CAPTION,), "caption"),
            ((TextField.TITLE, TextField.CAPTION), "caption title"),
            (tuple(TextField), EVERYWHERE),
        ],
    )
    def test_fields_restrict_words(self, library: Library, fields: tuple[TextField, ...], keys: str) -> None:
        for q in ("도서관", '"도서관 개관"', "도서*", "도서 NEAR/1 개관"):
            assert library(SHELF).found(q, fields=fields) == keys

    @pytest.mark.parametrize(("name", "keys"), [("제목", "title"), ("본문", "body subhead"), ("캡션", "caption")])
    def test_a_named_field_restricts_one_word(self, library: Library, name: str, keys: str) -> None:
        for q in ("도서관", '"도서관 개관"', "도서*", "(도서 NEAR/1 개관)"):
            assert library(SHELF).found(f"{name}:{q}") == keys

    def test_a_named_field_goes_before_the_fields_of_the_search(self, library: Library) -> None:
        assert library(SHELF).found("캡션:도서관", fields=(TextField.TITLE,)) == "caption"

    def test_words_of_one_query_may_lie_in_different_fields(self, library: Library) -> None:
        assert library(SHELF).found("도서관 내용") == "caption subhead subtitle title"

    def test_morphemes_of_one_word_lie_in_one_field(self, library: Library) -> None:
        assert library(SHELF).found("제목내용") == ""

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("수성*", "joined parted"),
            ("수성알*", "joined"),
            ("알파*", "parted"),
            ("govt*", "latin"),
            ("GOVT*", "latin"),
            ("abc-1*", "latin"),
            ("대구시*", "mayor"),
            ("대구시장은*", "mayor"),
            ("대구시장은은*", ""),
            ("열렸다*", "in-daegu"),
        ],
    )
    def test_prefixes_of_words_as_they_are_written(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    def test_any_word_is_enough_where_any_matches(self, library: Library) -> None:
        assert library(SHELF).found("예산 기업", match=Match.ANY) == "joined mayor"
        assert library(SHELF).found("예산기업", match=Match.ANY) == "joined mayor"

    def test_the_best_has_the_words_in_runs_as_the_query_has_them(self, library: Library) -> None:
        shelf = library("runs of words")
        shelf.store(
            article("runs of words", "apart", "소방서가 도서관을 다리로 놓을 때 공원이 말했다."),
            article("runs of words", "together", "공원이 다리를 놓을 때 도서관으로 소방서가 말했다."),
        )
        assert shelf.keys("공원이 다리를 놓을 때", match=Match.ANY) == ["together", "apart"]

    def test_where_any_word_matches_those_with_more_come_first(self, library: Library) -> None:
        keys = library(SHELF).keys("대구 전통 시장", match=Match.ANY)
        assert keys[0] == "market"
        assert set(keys) == {"market", "mayor", "in-daegu", "hanja"}
