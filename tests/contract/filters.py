"""Filters and values: whole values of one field."""

from __future__ import annotations

import unicodedata

import pytest

from service.search.request import Filter
from service.search.tree import FilterField
from tests.contract.articles import article
from tests.contract.shelves import Library

SHELF = "filters"
VALUES = {
    FilterField.OUTLET: "새길 Daily",
    FilterField.SECTION: "지역 > 사회",
    FilterField.REPORTER: "표이든",
    FilterField.PERSON: "구서율",
    FilterField.ORGANIZATION: "한빛시",
    FilterField.PLACE: "수성구",
    FilterField.KEYWORD: "하천 정비",
    FilterField.TAG: "filters 주요",
}
ARTICLES = (
    article(
        SHELF,
        "all",
        outlet="새길 Daily",
        section="지역 > 사회",
        reporters=("맹다온", "표이든"),
        persons=("구서율", "길하람"),
        organizations=("한빛시",),
        places=("대구", "수성구"),
        keywords=("하천 정비", "예산"),
        tags=("filters 주요",),
    ),
    article(SHELF, "longer", outlet="새길 Daily 경북", persons=("구서율이",), places=("수성구청",)),
    article(SHELF, "other", outlet="한낮신문", persons=("길하람",), places=("대구",), speakers=("구서율 시장",)),
    article(SHELF, "text", "새길 Daily 구서율 표이든 한빛시 수성구 하천 정비"),
)


class FilterContract:
    """What filters and `field:value` keep."""

    @pytest.mark.parametrize("field", VALUES)
    def test_a_filter_keeps_whole_values_of_its_field(self, library: Library, field: FilterField) -> None:
        assert library(SHELF).found(filters={field: Filter((VALUES[field],))}) == "all"

    @pytest.mark.parametrize(
        "name", ["언론사", "기자", "인물", "기관", "장소", "키워드", "outlet", "reporter", "person", "keyword"]
    )
    def test_a_field_of_the_query_does_the_same(self, library: Library, name: str) -> None:
        names = {"언론사": "outlet", "기자": "reporter", "인물": "person", "기관": "organization", "장소": "place"}
        value = VALUES[FilterField(names.get(name, name) if name != "키워드" else "keyword")]
        assert library(SHELF).found(f'{name}:"{value}"') == "all"

    @pytest.mark.parametrize(
        "spelling",
        [
            "새길 daily",
            "새길 DAILY",
            "새길  Daily",
            " 새길 Daily ",
            "새길 Ｄａｉｌｙ",
            unicodedata.normalize("NFD", "새길 Daily"),
        ],
    )
    def test_values_are_folded(self, library: Library, spelling: str) -> None:
        assert library(SHELF).found(filters={FilterField.OUTLET: Filter((spelling,))}) == "all"
        assert library(SHELF).found(f'언론사:"{spelling}"') == "all"

    def test_values_of_one_filter_are_alternatives(self, library: Library) -> None:
        wanted = Filter(("새길 Daily", "한낮신문", "모르는신문"))
        assert library(SHELF).found(filters={FilterField.OUTLET: wanted}) == "all other"

    def test_filters_must_all_hold(self, library: Library) -> None:
        place = {FilterField.PLACE: Filter(("대구",))}
        assert library(SHELF).found(filters=place) == "all other"
        assert library(SHELF).found(filters={**place, FilterField.OUTLET: Filter(("한낮신문",))}) == "other"
        assert library(SHELF).found(filters={**place, FilterField.OUTLET: Filter(("모르는신문",))}) == ""

    def test_filters_narrow_a_query(self, library: Library) -> None:
        assert library(SHELF).found("구서율") == "text"
        assert library(SHELF).found("구서율", filters={FilterField.PLACE: Filter(("대구",))}) == ""

    def test_filters_do_not_touch_scores(self, library: Library) -> None:
        shelf = library(SHELF)
        plain = {hit.article.id: hit.score for hit in shelf.search("본문").hits}
        filters = {FilterField.PLACE: Filter(("대구",))}
        narrowed = {hit.article.id: hit.score for hit in shelf.search("본문", filters=filters).hits}
        assert narrowed
        assert narrowed.items() <= plain.items()

    @pytest.mark.parametrize(
        ("q", "keys"),
        [
            ("발언자:구서율", ""),
            ('발언자:"구서율 시장"', "other"),
            ("인물:(구서율 길하람)", "all"),
            ("인물:(구서율 | 구서율이)", "all longer"),
            ("언론사:한낮신문 본문", "other"),
            ("언론사:한낮신문 | 구서율", "other text"),
        ],
    )
    def test_values_in_a_query(self, library: Library, q: str, keys: str) -> None:
        assert library(SHELF).found(q) == keys
