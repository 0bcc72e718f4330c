"""Articles spread over shards and years are ranked as those of one shard."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, Period, open_engine
from tests.contract.articles import article
from tests.contract.shelves import Shelf

WORDS = ("하천", "정비", "다리", "공원", "예산", "도서관", "축제", "전차")
RARE = "왜가리"


@pytest.fixture(params=[(3, Period.NONE), (1, Period.YEAR)], ids=["shards", "years"])
def spread(
    request: pytest.FixtureRequest, elasticsearch_url: str, elasticsearch_prefix: str
) -> Iterator[ElasticsearchEngine]:
    shards, period = request.param
    settings = ElasticsearchSettings(
        (elasticsearch_url,),
        index_prefix=f"{elasticsearch_prefix}-spread-",
        index_period=period,
        number_of_shards=shards,
        number_of_replicas=0,
        timeout=30,
    )
    engine = open_engine(settings)
    yield engine
    engine.close()


@pytest.fixture
def together(elasticsearch_url: str, elasticsearch_prefix: str) -> Iterator[ElasticsearchEngine]:
    prefix = f"{elasticsearch_prefix}-together-"
    engine = open_engine(
        ElasticsearchSettings((elasticsearch_url,), index_prefix=prefix, number_of_replicas=0, timeout=30)
    )
    yield engine
    engine.close()


def test_scores_do_not_depend_on_where_an_article_lies(
    spread: ElasticsearchEngine, together: ElasticsearchEngine
) -> None:
    chance = random.Random(4)
    articles = [
        article(
            "shards",
            str(number),
            " ".join(chance.choices(WORDS, k=12)) + (f" {RARE}" if number % 19 == 0 else ""),
            published=f"{2020 + number % 4}-01-01T00:00Z",
        )
        for number in range(60)
    ]
    found = []
    for engine in (spread, together):
        shelf = Shelf(engine, "shards")
        shelf.store(*articles)
        hits = [hit for word in (*WORDS, RARE) for hit in shelf.search(word).hits]
        found.append([(hit.article.id, pytest.approx(hit.score, rel=1e-5)) for hit in hits])
    assert [key for key, _ in found[0]] == [key for key, _ in found[1]]
    assert found[0] == [(key, score.expected) for key, score in found[1]]
