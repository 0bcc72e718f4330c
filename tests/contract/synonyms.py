"""Words that mean the same: synonyms, numbers, hanja, forms of one letter."""

from __future__ import annotations

import pytest

from service.search.request import Match
from tests.contract.articles import article
from tests.contract.highlights import MARKED
from tests.contract.shelves import Library

SHELF = "synonyms"
FAIR = "국제 전자제품 박람회"
ARTICLES = (
    article(SHELF, "short", "시가 CES에 공동관을 차렸다."),
    article(SHELF, "long", f"시가 {FAIR}에 공동관을 차렸다."),
    article(SHELF, "both", f"시가 {FAIR}(CES)에 공동관을 차렸다."),
    article(SHELF, "other", "시가 국제 섬유 박람회에 공동관을 차렸다. 전자 제품은 없었다."),
    article(SHELF, "pact", "두 기관이 양해각서를 맺었다."),
    article(SHELF, "mou", "두 기관이 ＭＯＵ를 맺었다."),
    article(SHELF, "ministry", "국토교통부가 발표했다."),
    article(SHELF, "ministry-short", "국토부는 발표했다."),
    article(SHELF, "city", "대구광역시 수성구에서 열렸다."),
    article(SHELF, "city-short", "대구시는 예산을 늘렸다."),
    article(SHELF, "hanja", "美, 관세 유예", title="美대사 방문"),
    article(SHELF, "america", "미국 대사가 다녀갔다."),
    article(SHELF, "syllable", "미분양이 줄었다. 미술 전시가 없다."),
    article(SHELF, "figures", "관람객 15,000명이 찾았다."),
    article(SHELF, "mixed", "관람객 1만5천명이 찾았다."),
    article(SHELF, "plain", "관람객 15000명이 찾았다."),
    article(SHELF, "fewer", "관람객 9천명이 찾았다."),
)


class SynonymContract:
    """What is found besides the word that was written."""

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("CES", "both long short"),
            ("ces에", "both long short"),
            ("국제전자제품박람회", "both long short"),
            ("국제 전자제품 박람회", "both long other short"),
            ("국제 박람회", "both long other"),
            ('"CES"', "both short"),
            (f'"{FAIR}"', "both long"),
            ("CES -국제전자제품박람회", ""),
            ('CES -"CES"', "long"),
            ("본문:CES", "both long short"),
            ("제목:CES", ""),
            ("MOU", "mou pact"),
            ("양해각서를", "mou pact"),
            ("국토부", "ministry ministry-short"),
            ("국토교통부에서", "ministry ministry-short"),
            ("대구시", "city city-short"),
            ("대구광역시", "city city-short"),
            ("수성구 대구시", "city"),
            ("CES | MOU", "both long mou pact short"),
            ("미국", "america hanja"),
            ("美", "america hanja"),
            ("美 관세", "hanja"),
            ("15000명", "figures mixed plain"),
            ("15,000명", "figures mixed plain"),
            ("1만5천명", "figures mixed plain"),
            ("1만5000명", "figures mixed plain"),
            ("１５０００명", "figures mixed plain"),
            ("9000명", "fewer"),
        ],
    )
    def test_words_and_their_synonyms(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys

    def test_where_any_word_matches(self, library: Library) -> None:
        assert library(SHELF).found("CES 양해각서", match=Match.ANY) == "both long mou pact short"

    @pytest.mark.parametrize("match", Match)
    @pytest.mark.parametrize(
        ("q", "first", "last"),
        [
            ("CES", {"both", "short"}, {"long"}),
            ("국토교통부", {"ministry"}, {"ministry-short"}),
            ("MOU", {"mou"}, {"pact"}),
        ],
    )
    def test_the_word_itself_ranks_first(
        self, library: Library, q: str, first: set[str], last: set[str], match: Match
    ) -> None:
        keys = library(SHELF).keys(q, match=match)
        assert set(keys[: len(first)]) == first
        assert set(keys[len(first) :]) == last

    @pytest.mark.parametrize(
        ("q", "key", "text"),
        [
            ("CES", "long", "국제 전자제품 박람회"),
            ("국토부", "ministry", "국토교통부"),
            ("미국", "hanja", "美"),
            ("1만5천명", "figures", "15,000명"),
        ],
    )
    def test_the_synonym_that_matched_is_marked(self, library: Library, q: str, key: str, text: str) -> None:
        [hit] = [hit for hit in library(SHELF).search(q).hits if hit.article.id == f"{SHELF}.{key}"]
        marked = [text for fragment in hit.highlights["body"] for text in MARKED.findall(fragment)]
        assert marked == [text]
