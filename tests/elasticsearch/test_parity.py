"""Both engines answer alike over a corpus of Korean news.

GISA_TEST_PARITY=whole takes all of its articles and queries in place of a share.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from bench.parity import Pair, facets, fill, filtered, histogram, in_order, likeness, read_articles, read_queries, run
from service.domain.time import KST
from service.engines.elasticsearch import ElasticsearchSettings
from service.engines.elasticsearch import open_engine as open_elasticsearch
from service.engines.embedded import open_engine as open_embedded
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.request import Interval, SearchRequest, Sort
from service.search.tree import FilterField

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "korean"
WHOLE = os.environ.get("GISA_TEST_PARITY") == "whole"
QUERIES_EVERY, ARTICLES_EVERY = (1, 1) if WHOLE else (5, 15)
MOST_VALUES = 100_000 if WHOLE else 60  # of each field, whose filters are tried
LEAST_OVERLAP, LEAST_SAME_FIRST = 0.98, 0.99
LIKE_SCORES = 0.05  # where a token differs, the length may fall into the next of Lucene's steps

pytestmark = [pytest.mark.shared, pytest.mark.slow]

Engines = tuple[Engine, Engine]


@pytest.fixture(scope="module")
def engines(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    if not FOLDER.exists():
        pytest.skip("left out: the shared folder beside the project is not here")
    prefix = f"gisa-test-{uuid4().hex[:12]}-"
    settings = ElasticsearchSettings((elasticsearch_url,), index_prefix=prefix, timeout=60, number_of_replicas=0)
    both = (open_embedded(tmp_path_factory.mktemp("parity")), open_elasticsearch(settings))
    relevant = {query.relevant for query in read_queries(FOLDER / "queries.dev.jsonl", QUERIES_EVERY)}
    articles = read_articles(
        FOLDER / "corpus.jsonl.gz", lambda place, key: place % ARTICLES_EVERY == 0 or key in relevant
    )
    fill(both, articles)
    yield both
    for engine in both:
        engine.close()
    with Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=name)


@pytest.fixture(scope="module")
def pairs(engines: Engines) -> list[Pair]:
    return run(engines, read_queries(FOLDER / "queries.dev.jsonl", QUERIES_EVERY))


def test_both_engines_rank_alike(pairs: list[Pair]) -> None:
    found = likeness(pairs)
    print(found)
    assert found.overlap >= LEAST_OVERLAP
    assert found.same_first >= LEAST_SAME_FIRST


def test_every_facet_has_the_same_values_counts_and_order(engines: Engines) -> None:
    one, other = (facets(engine, SearchRequest()) for engine in engines)
    assert all(one[field] for field in FilterField)
    assert one == other


def test_every_filter_finds_the_same(engines: Engines) -> None:
    for field, values in facets(engines[0], SearchRequest()).items():
        for value, _ in values[:MOST_VALUES]:
            one, other = (filtered(engine, field, value) for engine in engines)
            assert one == other, (field, value)


@pytest.mark.parametrize("interval", Interval)
def test_the_histogram_is_the_same(engines: Engines, interval: Interval) -> None:
    since = datetime(2025, 1, 1, tzinfo=KST) if interval is Interval.DAY else None  # a thousand days are the most
    one, other = (histogram(engine, SearchRequest(histogram=interval, published_from=since)) for engine in engines)
    assert one
    assert one == other


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_the_orders_of_time_are_the_same(engines: Engines, sort: Sort) -> None:
    one, other = (in_order(engine, sort) for engine in engines)
    assert len(one) == engines[0].count()
    assert one == other


@pytest.mark.parametrize(
    "query",
    [
        "정부",
        "국회의원 선거",
        '"밝혔다"',
        '"정부 대통령"~40',
        "정부 NEAR/5 발표",
        "경제*",
        "경제* OR 정부",
        "서울 OR 부산 OR 대구",
        "정부 -국회",
        "title:정부 OR body:국회",
        "outlet:가람통신 정부",
        "money:>=1000만원",
    ],
)
def test_every_operator_finds_counts_and_scores_the_same(engines: Engines, query: str) -> None:
    request = SearchRequest(query=parse(query).tree, sort=Sort.RELEVANCE, size=100)
    one, other = (engine.search(request) for engine in engines)
    assert one.total == other.total > 0
    assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], rel=LIKE_SCORES)
    shown = {hit.article.id: hit.highlights for hit in one.hits}
    assert all(hit.highlights == shown.get(hit.article.id, hit.highlights) for hit in other.hits)
    assert facets(engines[0], request) == facets(engines[1], request)
