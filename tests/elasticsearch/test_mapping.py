"""The mapping on a real Elasticsearch: it is taken as it stands, and its fields do what they are for."""

from __future__ import annotations

from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from index_mappings import load_mapping
from service.domain.article import Article
from service.search.documents import to_document


@pytest.fixture
def index(client: Elasticsearch, elasticsearch_prefix: str) -> str:
    name = f"{elasticsearch_prefix}-articles"
    client.indices.create(index=name, **load_mapping("articles").body(number_of_replicas=0))
    return name


def matches(client: Elasticsearch, index: str, query: dict[str, Any]) -> int:
    return int(client.count(index=index, query=query)["count"])


def terms(client: Elasticsearch, index: str, analyzer: str, text: str) -> list[tuple[str, int]]:
    answer = client.indices.analyze(index=index, analyzer=analyzer, text=text)
    return [(token["token"], token["position"]) for token in answer["tokens"]]


def test_what_it_says_comes_back(client: Elasticsearch, index: str) -> None:
    stored = client.indices.get_mapping(index=index)[index]["mappings"]
    assert stored["_meta"] == {"version": load_mapping("articles").version}
    assert stored["dynamic"] == "strict"


def test_an_unknown_field_is_refused(client: Elasticsearch, index: str) -> None:
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=index, document={"title": "개관", "headline": "개관"})


def test_an_article_is_taken_as_it_is_kept(client: Elasticsearch, index: str) -> None:
    document = to_document(Article("a1", "새 도서관 개관", "느티나무 도서관이 문을 열었다.", tags=("도서관",)))
    client.index(index=index, id="a1", document={**document, "search": {"newest": 5, "story": "a1"}}, refresh=True)
    assert client.get(index=index, id="a1")["_source"] == document
    assert matches(client, index, {"term": {"search.newest": 5}}) == 1


def test_content_drops_particles_and_exact_drops_nothing(client: Elasticsearch, index: str) -> None:
    assert terms(client, index, "content", "市場에서 AI를 본다") == [("시장", 0), ("ai", 2), ("보", 4)]
    exact = [term for term, _ in terms(client, index, "exact", "市場에서 AI를 본다")]
    assert exact == ["시장", "에서", "ai", "를", "보", "ᆫ다"]


def test_terms_with_gaps_keep_their_distance(client: Elasticsearch, index: str) -> None:
    filler = load_mapping("articles").settings["analysis"]["analyzer"]["terms_with_gaps"]["stopwords"][0]
    assert terms(client, index, "terms_with_gaps", f"시장 {filler} ai") == [("시장", 0), ("ai", 2)]


def test_no_phrase_runs_from_one_text_into_the_next(client: Elasticsearch, index: str) -> None:
    texts = ["느티나무 도서관 개관", "음악회 개최"]
    client.index(index=index, document={"body": texts, "search": {"all": texts}}, refresh=True)
    for field in ("body", "body.exact", "search.all", "search.all.exact"):
        within = {"match_phrase": {field: {"query": "도서관 개관", "analyzer": "exact", "slop": 100}}}
        across = {"match_phrase": {field: {"query": "개관 음악회", "analyzer": "exact", "slop": 100}}}
        assert (matches(client, index, within), matches(client, index, across)) == (1, 0), field


def test_money_is_compared_within_its_own_currency(client: Elasticsearch, index: str) -> None:
    money = [{"text": "3억원", "amount": 3e8, "currency": "KRW"}, {"text": "5달러", "amount": 5, "currency": "USD"}]
    client.index(index=index, document={"money": money}, refresh=True)

    def above(currency: str, amount: float) -> int:
        clauses = [{"term": {"money.currency": currency}}, {"range": {"money.amount": {"gte": amount}}}]
        return matches(client, index, {"nested": {"path": "money", "query": {"bool": {"filter": clauses}}}})

    assert (above("KRW", 1e8), above("USD", 1), above("USD", 10)) == (1, 1, 0)


def test_a_facet_counts_what_is_spelled(client: Elasticsearch, index: str) -> None:
    search = {"facet": {"outlet": ["Sample Daily"]}, "folded": {"outlet": ["sample daily"]}}
    client.index(index=index, document={"search": search}, refresh=True)
    aggregations = {"outlet": {"terms": {"field": "search.facet.outlet"}}}
    answer = client.search(
        index=index, size=0, query={"term": {"search.folded.outlet": "sample daily"}}, aggs=aggregations
    )
    assert [(b["key"], b["doc_count"]) for b in answer["aggregations"]["outlet"]["buckets"]] == [("Sample Daily", 1)]
