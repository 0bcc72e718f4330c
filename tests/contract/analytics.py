"""Counts over time, telling terms and names that stand together."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.errors import QuerySyntaxError, ValidationFailed
from service.domain.time import KST
from service.search.analytics import Named
from service.search.query_language import parse
from service.search.query_language.terms import word
from service.search.request import Filter, Interval, Match, SearchParameters, SearchRequest
from service.search.significance import Frequency, significance
from service.search.times import day_text
from service.search.tree import And, Everything, FilterField, Node, Value
from service.usecases.network import NameNetwork, Network
from service.usecases.queries import Queries
from service.usecases.related_terms import RelatedTerms
from service.usecases.trends import TrendCounts, Trends
from tests.contract.articles import article
from tests.contract.shelves import Library, Shelf

SHELF = "analytics"
PERSON, ORGANIZATION = FilterField.PERSON, FilterField.ORGANIZATION
HARBOUR = "달섬 뱃길을 늘린다. 여객선 두 척을 빌린다. 선착장 대합실도 고친다."
ARTICLES = (
    article(SHELF, "1", f"{HARBOUR} 어민이 반겼다.", published="2026-01-01T00:30+09:00", persons=("구서율", "맹다온"),
            organizations=("달섬 어촌계",), keywords=("뱃길", "여객선", "선착장 대합실", "달섬")),
    article(SHELF, "2", HARBOUR, published="2026-01-01T23:59+09:00", persons=("구서율",),
            organizations=("달섬 어촌계", "가온시"), keywords=("여객선", "뱃길")),
    article(SHELF, "3", f"{HARBOUR} 예산을 짰다.", published="2026-01-03T12:00+09:00", persons=("구서율", "길하람"),
            organizations=("가온시",), keywords=("뱃길", "예산")),
    article(SHELF, "4", "공원 예산을 짰다.", published="2026-01-05T09:00+09:00", persons=("길하람", "Kim Haram"),
            organizations=("가온시",), keywords=("예산", "공원")),
    article(SHELF, "5", "공원을 연다.", published="2026-02-02T09:00+09:00", persons=("kim haram",), keywords=("공원",)),
    article(SHELF, "6", "공원 소식.", persons=("맹다온",), keywords=("공원",)),
    article(SHELF, "7", "날씨가 맑다.", keywords=("날씨",)),
)  # fmt: skip


def parameters(q: str = "", **more: object) -> SearchParameters:
    """Return a search of this shelf."""
    filters = {FilterField.TAG: Filter((SHELF,)), **more.pop("filters", {})}  # type: ignore[dict-item]
    return SearchParameters(q, filters=filters, **more)  # type: ignore[arg-type]


def trends(shelf: Shelf, *queries: str, **more: object) -> Trends:
    """Return trends of this shelf."""
    return TrendCounts(shelf.engine, Queries(shelf.engine)).run(queries, parameters(**more))


def lines(found: Trends) -> list[str]:
    """Return each series as its total and its buckets that are not empty."""
    return [
        " ".join([str(series.total), *(f"{b.value[5:]}:{b.count}" for b in series.buckets if b.count)])
        for series in found.series
    ]


def related(shelf: Shelf) -> RelatedTerms:
    """Return the finder of telling terms."""
    return RelatedTerms(shelf.engine, Queries(shelf.engine))


def network(shelf: Shelf, q: str = "", **more: object) -> Network:
    """Return the network of this shelf."""
    return NameNetwork(shelf.engine, Queries(shelf.engine)).run(parameters(q, **{"size": 30, **more}))


def links(found: Network) -> list[str]:
    """Return each link as its two names and its count."""
    return [f"{link.source.name}-{link.target.name} {link.count}" for link in found.links]


class AnalyticsContract:
    """What is counted beside searches."""

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            (Everything(), 3),
            (Value(PERSON, "구서율"), 3),
            (Value(ORGANIZATION, "가온시"), 2),
            (And((Value(PERSON, "구서율"), Value(ORGANIZATION, "가온시"))), 2),
            (parse("예산").tree, 1),
            (parse("-예산").tree, 2),
            (parse('"뱃길을 늘린다"').tree, 3),
            (parse("여객선 NEAR/3 척").tree, 3),
            (parse("우주정거장").tree, 0),
        ],
    )
    def test_conditions_are_counted_among_the_hits(self, library: Library, condition: Node, expected: int) -> None:
        shelf = library(SHELF)
        assert shelf.engine.counts_within(shelf.request("뱃길"), (condition,)) == (expected,)

    def test_counts_come_in_the_order_of_the_conditions(self, library: Library) -> None:
        shelf = library(SHELF)
        conditions = [Value(PERSON, name) for name in ("구서율", "아무개", "맹다온", "KIM HARAM")]
        assert shelf.engine.counts_within(shelf.request(), conditions * 200) == (3, 0, 2, 2) * 200
        assert shelf.engine.counts_within(shelf.request(), ()) == ()

    def test_counts_mind_filters_and_dates(self, library: Library) -> None:
        shelf = library(SHELF)
        request = shelf.request(
            filters={PERSON: Filter(("구서율",), ("맹다온",))}, published_from=datetime(2026, 1, 2, tzinfo=KST)
        )
        assert shelf.engine.counts_within(request, (Everything(), Value(PERSON, "길하람"))) == (1, 1)

    def test_days_are_those_of_seoul(self, library: Library) -> None:
        shelf = library(SHELF)
        days = {day_text(day): count for day, count in shelf.engine.days(shelf.request()).items()}
        assert days == {"2026-01-01": 2, "2026-01-03": 1, "2026-01-05": 1, "2026-02-02": 1}
        assert shelf.engine.days(shelf.request("날씨")) == {}

    def test_trends_have_the_same_buckets(self, library: Library) -> None:
        found = trends(library(SHELF), "뱃길", "공원", interval=Interval.DAY)
        assert found.interval == "day"
        assert lines(found) == ["3 01-01:2 01-03:1", "3 01-05:1 02-02:1"]
        assert {tuple(bucket.value for bucket in series.buckets) for series in found.series} == {
            (*(f"2026-01-{day:02d}" for day in range(1, 32)), "2026-02-01", "2026-02-02")
        }

    @pytest.mark.parametrize(
        ("interval", "expected"),
        [
            (Interval.WEEK, ["3 12-29:3", "3 01-05:1 02-02:1"]),
            (Interval.MONTH, ["3 01-01:3", "3 01-01:1 02-01:1"]),
            (Interval.YEAR, ["3 01-01:3", "3 01-01:2"]),
        ],
    )
    def test_trends_by_any_interval(self, library: Library, interval: Interval, expected: list[str]) -> None:
        found = trends(library(SHELF), "뱃길", "공원", interval=interval)
        assert (found.interval, lines(found)) == (interval.value, expected)

    def test_trends_mind_filters_and_match(self, library: Library) -> None:
        filters = {PERSON: Filter(exclude=("kim haram",))}
        found = trends(library(SHELF), "뱃길 공원", "", match=Match.ANY, filters=filters, interval=Interval.YEAR)
        assert lines(found) == ["4 01-01:3", "5 01-01:3"]

    def test_auto_takes_the_common_span(self, library: Library) -> None:
        assert trends(library(SHELF), "뱃길").interval == "day"
        assert trends(library(SHELF), "뱃길", "공원").interval == "day"
        near = trends(library(SHELF), "뱃길", "공원", published_to=datetime(2026, 1, 31, tzinfo=KST))
        assert lines(near) == ["3 01-01:2 01-03:1", "1 01-05:1"]
        assert [len(series.buckets) for series in near.series] == [5, 5]

    def test_trends_without_dates_have_no_buckets(self, library: Library) -> None:
        found = trends(library(SHELF), "날씨", "우주정거장")
        assert (found.interval, lines(found)) == ("day", ["1", "0"])

    def test_trends_say_which_query_cannot_be_read(self, library: Library) -> None:
        with pytest.raises(QuerySyntaxError) as caught:
            trends(library(SHELF), "뱃길", '공원 "')
        assert (caught.value.position, caught.value.message.en[:10]) == (3, "q number 2")
        reversed_range = {
            "published_from": datetime(2026, 2, 1, tzinfo=KST),
            "published_to": datetime(2026, 1, 1, tzinfo=KST),
        }
        with pytest.raises(ValidationFailed):
            trends(library(SHELF), "뱃길", **reversed_range)

    def test_related_terms_mark_the_hits_out(self, library: Library) -> None:
        shelf = library(SHELF)
        found = related(shelf).run(parameters("뱃길", size=10))
        counts = {term.term: term.count for term in found}
        assert (counts["여객선"], counts["선착장 대합실"]) == (3, 3)
        assert "뱃길" not in {term.term for term in found}
        assert [term.score for term in found] == sorted((term.score for term in found), reverse=True)
        everything = SearchRequest()
        [archive] = shelf.engine.counts_within(everything, (Everything(),))
        [ferries] = shelf.engine.counts_within(everything, (word("여객선", ()),))
        expected = round(significance(Frequency(3, ferries), Frequency(3, archive)), 3)
        assert {term.term: term.score for term in found}["여객선"] == expected

    def test_related_terms_are_no_more_than_asked_for(self, library: Library) -> None:
        found = related(library(SHELF))
        assert len(found.run(parameters("뱃길", size=1))) == 1
        assert found.run(parameters("우주정거장")) == ()
        assert found.run(SearchParameters()) == ()

    @pytest.mark.parametrize("own", ["여객선", "여객*", '"여객선"', "키워드:여객선", "여객선 | 선박"])
    def test_the_querys_own_words_are_left_out(self, library: Library, own: str) -> None:
        found = related(library(SHELF)).run(parameters(own, size=10))
        assert found
        assert "여객선" not in {term.term for term in found}

    def test_values_and_pairs_are_counted_as_they_are_spelled(self, library: Library) -> None:
        shelf = library(SHELF)
        names = (
            (PERSON, "구서율"),
            (ORGANIZATION, "가온시"),
            (PERSON, "길하람"),
            (PERSON, "Kim Haram"),
            (PERSON, "없음"),
        )
        values = [Named(*name) for name in names]
        request = shelf.request(filters={PERSON: Filter(exclude=("맹다온",))})
        assert shelf.engine.value_counts(request, values) == (2, 3, 2, 1, 0)
        pairs = {(one.value, other.value): n for (one, other), n in shelf.engine.pair_counts(request, values).items()}
        assert pairs == {
            ("구서율", "가온시"): 2,
            ("구서율", "길하람"): 1,
            ("가온시", "길하람"): 2,
            ("가온시", "Kim Haram"): 1,
            ("길하람", "Kim Haram"): 1,
        }
        assert shelf.engine.value_counts(request, []) == ()
        assert shelf.engine.pair_counts(request, []) == {}

    def test_pairs_of_many_spellings_are_counted_whatever_the_spelling(self, shelf: Shelf) -> None:
        shelf.store(
            article(shelf.name, "1", persons=("Kim Haram", "맹다온")),
            article(shelf.name, "2", persons=("KIM HARAM", "맹다온")),
            article(shelf.name, "3", persons=("kim haram", "KIM HARAM")),
        )
        asked = SearchParameters(filters={FilterField.TAG: Filter((shelf.name,))}, size=2)
        found = NameNetwork(shelf.engine, Queries(shelf.engine)).run(asked)
        assert [(node.name.lower(), node.count) for node in found.nodes] == [("kim haram", 3), ("맹다온", 2)]
        assert [link.count for link in found.links] == [2]

    def test_what_a_filter_names_is_left_out(self, library: Library) -> None:
        asked = parameters(filters={FilterField.KEYWORD: Filter(("여객선",))}, size=10)
        assert "여객선" not in {term.term for term in related(library(SHELF)).run(asked)}

    def test_names_are_counted_and_linked(self, library: Library) -> None:
        found = network(library(SHELF), "뱃길")
        assert [f"{node.type}:{node.name} {node.count}" for node in found.nodes] == [
            "person:구서율 3",
            "organization:가온시 2",
            "organization:달섬 어촌계 2",
            "person:길하람 1",
            "person:맹다온 1",
        ]
        assert links(found) == [
            "구서율-가온시 2",
            "구서율-달섬 어촌계 2",
            "구서율-길하람 1",
            "구서율-맹다온 1",
            "가온시-달섬 어촌계 1",
            "가온시-길하람 1",
            "달섬 어촌계-맹다온 1",
        ]

    def test_the_network_is_bounded(self, library: Library) -> None:
        found = network(library(SHELF), size=2)
        assert [node.name for node in found.nodes] == ["가온시", "구서율"]
        assert links(found) == ["가온시-구서율 2"]

    def test_spellings_of_one_name_are_one_node(self, library: Library) -> None:
        named = {node.name: node.count for node in network(library(SHELF), "공원").nodes}
        assert named == {"Kim Haram": 2, "가온시": 1, "길하람": 1, "맹다온": 1}

    def test_the_network_minds_a_filter_of_its_own_field(self, library: Library) -> None:
        found = network(library(SHELF), filters={PERSON: Filter(("맹다온",))})
        assert {node.name: node.count for node in found.nodes} == {"맹다온": 2, "구서율": 1, "달섬 어촌계": 1}
        assert network(library(SHELF), "날씨") == Network((), ())
