"""The search for quotes as it is sent."""

from __future__ import annotations

from service.engines.elasticsearch.quotes import quotes_body
from service.search.query_language import parse
from service.search.quotes import QuoteRequest

MATCHING = {
    "bool": {
        "filter": [
            {
                "bool": {
                    "must": [{"term": {"search.quote.text": "하천"}}],
                    "must_not": [{"match_phrase": {"search.quote.text.exact": "예산 을"}}],
                }
            },
            {"wildcard": {"search.quote.speaker": {"value": "*kim\\*\\?\\\\*"}}},
        ]
    }
}


def test_the_same_condition_finds_and_counts() -> None:
    request = QuoteRequest(parse('하천 -"예산을"').tree, "Kim*?\\", size=5)
    body = quotes_body(request, None)
    [nested] = body["query"]["bool"]["filter"]
    assert nested["nested"]["query"] == MATCHING
    assert body["aggs"]["quotes"]["aggs"]["matching"]["filter"] == MATCHING
    assert body["size"] == 7
    assert "post_filter" not in body


def test_a_later_page_narrows_the_hits_and_not_the_count() -> None:
    first, later = (quotes_body(QuoteRequest(), after) for after in (None, (17, "a", 2)))
    assert later["aggs"] == first["aggs"]
    assert later["query"] == first["query"]
    assert later["post_filter"]["bool"]["should"][0] == {"range": {"search.newest": {"lt": 17}}}
