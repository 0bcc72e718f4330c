"""Whole bodies of searches."""

from __future__ import annotations

from service.engines.elasticsearch.paging import Position
from service.engines.elasticsearch.search import search_body
from service.search.request import Filter, Interval, SearchRequest, Sort
from service.search.tree import FilterField, PositionedTerm, Word

OUTLET, PERSON = FilterField.OUTLET, FilterField.PERSON
WORD = Word("a", (PositionedTerm(0, "a"),))
WORD_QUERY = {"term": {"search.all": "a"}}
OUTLET_QUERY = {"terms": {"search.folded.outlet": ["새벽신문"]}}


def test_a_bare_search_lists_the_newest() -> None:
    assert search_body(SearchRequest(), Sort.NEWEST, None) == {
        "query": {"match_all": {}},
        "size": 21,
        "sort": [{"search.newest": "desc"}, {"id": "asc"}],
        "track_total_hits": True,
        "source": True,
    }


def test_filters_do_not_score() -> None:
    request = SearchRequest(WORD, filters={OUTLET: Filter(("새벽신문",), ("한낮신문",))})
    assert search_body(request, Sort.RELEVANCE, None)["query"] == {
        "bool": {
            "must": [WORD_QUERY],
            "filter": [OUTLET_QUERY],
            "must_not": [{"terms": {"search.folded.outlet": ["한낮신문"]}}],
        }
    }


def test_a_facet_is_counted_without_the_inclusions_of_its_own_field() -> None:
    request = SearchRequest(
        WORD, filters={OUTLET: Filter(("새벽신문",))}, facets=(OUTLET, PERSON), histogram=Interval.AUTO
    )
    body = search_body(request, Sort.RELEVANCE, None)
    assert body["query"] == WORD_QUERY
    assert body["post_filter"] == {"bool": {"filter": [OUTLET_QUERY]}}
    assert body["aggs"]["outlet"]["filter"] == {"match_all": {}}
    assert body["aggs"]["person"]["filter"] == body["aggs"]["times"]["filter"] == {"bool": {"filter": [OUTLET_QUERY]}}
    assert body["aggs"]["person"]["aggs"]["values"] == {
        "terms": {
            "field": "search.facet.person",
            "size": 10,
            "shard_size": 110,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }


def test_a_later_page_goes_on_after_the_last_hit() -> None:
    body = search_body(SearchRequest(), Sort.OLDEST, Position(None, (5, "a")))
    assert (body["search_after"], body["source"]) == ([5, "a"], True)
    kept = search_body(SearchRequest(WORD), Sort.RELEVANCE, Position("state", (1.5, "a", 3)))
    assert (kept["search_after"], kept["source"]) == ([1.5, "a", 3], False)


def test_stories_are_collapsed_and_their_names_do_not_travel() -> None:
    request = SearchRequest(WORD, group_by_story=True)
    body = search_body(request, Sort.RELEVANCE, Position("state", rank=40))
    assert (body["collapse"], body["from_"]) == ({"field": "search.story"}, 40)
    assert body["filter_path"] == "-aggregations.stories.values.buckets"
    assert "search_after" not in body
