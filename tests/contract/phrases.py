"""Phrases, distances, and NEAR."""

from __future__ import annotations

import pytest

from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "phrases"
ARTICLES = (
    article(SHELF, "object", "도서관을 지었다."),
    article(SHELF, "place", "도서관에서 책을 읽었다."),
    article(SHELF, "paragraphs", "새 도서관이 문을 열었다.\n\n주민들은 반겼다."),
    article(SHELF, "fields", "반딧불이 축제", title="여름밤", captions=("행렬 모습",)),
    article(SHELF, "near", "대구 시내 전통 시장"),
    article(SHELF, "far", "대구 시내 하천 공원 전통 시장"),
    article(SHELF, "back", "시장 정비 대구"),
    article(SHELF, "repeated", "강변 강변 산책"),
    article(SHELF, "apart", "자전거", title="도로", subheads=("전용 신호",)),
)


class PhraseContract:
    """What runs of morphemes find."""

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ('"도서관을"', "object"),
            ('"도서관에서"', "place"),
            ('"도서관이 문을"', "paragraphs"),
            ('"도서관 문"', ""),
            ('"도서관"', "object paragraphs place"),
            ('"서관"', ""),
            ('"관을 지었다"', "object"),
            ('"열었다. 주민들"', "paragraphs"),
            ('"열었다 주민들은 반겼다"', "paragraphs"),
            ('"여름밤 반딧불이"', ""),
            ('"축제 행렬"', ""),
            ('"도로 자전거"', ""),
            ('"반딧불이 축제"', "fields"),
            ('"강변 강변"', "repeated"),
            ('"강변 강변 강변"', ""),
            ('"강변 산책"', "repeated"),
            ('"전통 시장"', "far near"),
            ('"시장 전통"', ""),
        ],
    )
    def test_phrases(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ('"대구 시장"~1', "back"),
            ('"대구 시장"~2', "back near"),
            ('"대구 시장"~3', "back near"),
            ('"대구 시장"~4', "back far near"),
            ('"시장 대구"~2', "back near"),
            ('"시장 대구"~100', "back far near"),
            ('"여름밤 반딧불이"~50', ""),
            ('"강변 강변 강변"~5', ""),
            ('"강변 산책 강변"~5', "repeated"),
            ('"도서관 문"~1', "paragraphs"),
        ],
    )
    def test_phrases_with_slop(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("대구 NEAR/1 시장", "back"),
            ("대구 NEAR/2 시장", "back near"),
            ("시장 NEAR/2 대구", "back near"),
            ("대구 NEAR/4 시장", "back far near"),
            ("대구 NEAR/200 시장", "back far near"),
            ('"대구 시내" NEAR/0 "전통 시장"', "near"),
            ('"대구 시내" NEAR/2 "전통 시장"', "far near"),
            ("전통시장 NEAR/1 대구", "near"),
            ("여름밤 NEAR/99 반딧불이", ""),
            ("강변 NEAR/0 산책", "repeated"),
            ("강변 NEAR/5 강변", "repeated"),
            ("산책 NEAR/5 산책", ""),
            ("도서관 NEAR/0 문", ""),
            ("도서관 NEAR/1 문", "paragraphs"),
            ("도서관 NEAR/1 주민", ""),
            ("대구 NEAR/1 시내 NEAR/0 전통", "near"),
        ],
    )
    def test_near(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys
