"""An index for each year: where articles are, that each is there once, and how one index becomes several."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from elasticsearch import Elasticsearch

from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch import ElasticsearchEngine, ElasticsearchSettings, Period, open_engine
from service.engines.elasticsearch.claims import Claims
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.layout import Layout
from service.search.engine import Change, Delete, Outcome, Put, Refused, Written
from tests.contract.articles import article, put

Open = Callable[..., ElasticsearchEngine]
DAY = 24 * 60 * 60


@pytest.fixture
def prefix(elasticsearch_prefix: str) -> str:
    return f"{elasticsearch_prefix}-"


@pytest.fixture
def settings(elasticsearch_url: str, prefix: str) -> ElasticsearchSettings:
    return ElasticsearchSettings(
        (elasticsearch_url,), index_prefix=prefix, index_period=Period.YEAR, timeout=30, number_of_replicas=0
    )


@pytest.fixture
def start(settings: ElasticsearchSettings) -> Iterator[Open]:
    """Open an engine as another process would."""
    opened: list[ElasticsearchEngine] = []

    def open_one(period: Period = Period.YEAR) -> ElasticsearchEngine:
        own = ElasticsearchSettings(
            settings.urls, index_prefix=settings.index_prefix, index_period=period, timeout=30, number_of_replicas=0
        )
        opened.append(open_engine(own))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


def of_year(key: str, year: int | None, body: str = "본문이다.") -> Put:
    return put(article("y", key, body, published=f"{year}-03-01T09:00:00+09:00" if year else None))


def change(outcomes: list[Outcome]) -> Change:
    [outcome] = outcomes
    assert isinstance(outcome, Written), outcome
    return outcome.change


def places(client: Elasticsearch, prefix: str) -> dict[str, list[str]]:
    """Return the parts of the names of the indices that hold each id."""
    client.indices.refresh(index=f"{prefix}articles")
    found: dict[str, list[str]] = {}
    for hit in client.search(index=f"{prefix}articles", size=1_000)["hits"]["hits"]:
        part = hit["_index"].removeprefix(f"{prefix}articles-").rpartition("v")[0].rstrip("-")
        found.setdefault(hit["_id"].removeprefix("y."), []).append(part)
    return found


@pytest.mark.parametrize(
    ("published", "name"),
    [
        ("2023-12-31T14:59:59+00:00", "articles-2023"),
        ("2023-12-31T15:00:00+00:00", "articles-2024"),
        ("1980-01-01T00:00:00+09:00", "articles-1980"),
        ("1979-12-31T23:59:59+09:00", "articles-other"),
        ("2026-07-01T00:00:00+09:00", "articles-2026"),
        ("2027-01-01T00:00:00+09:00", "articles-other"),
        (None, "articles-other"),
    ],
)
def test_the_date_in_seoul_decides(published: str | None, name: str) -> None:
    date = datetime.fromisoformat(published) if published else None
    now = datetime.fromisoformat("2026-12-31T14:59:59+00:00")
    assert Layout("articles", Period.YEAR).alias_for(date, now) == name
    assert Layout("articles").alias_for(date, now) == "articles"


def test_each_article_is_in_the_index_of_its_year_and_stays_there(
    start: Open, client: Elasticsearch, prefix: str
) -> None:
    engine = start()
    engine.write([of_year("a", 2023), of_year("b", 2024), of_year("c", None), of_year("d", 1850)])
    assert places(client, prefix) == {"a": ["2023"], "b": ["2024"], "c": [""], "d": [""]}
    assert change(engine.write([of_year("a", 2024)])) is Change.REPLACED
    assert change(engine.write([of_year("a", 2024)])) is Change.UNCHANGED
    assert places(client, prefix)["a"] == ["2023"]
    assert engine.get("y.a").article == of_year("a", 2024).article
    assert change(engine.write([Delete("y.a")])) is Change.DELETED
    assert engine.fingerprints(["y.a", "y.b", "y.d"]).keys() == {"y.b", "y.d"}
    assert engine.count() == 3


def test_two_writers_make_one_article_of_each_id(start: Open, client: Elasticsearch, prefix: str) -> None:
    engines = [start(), start()]
    written: Counter[tuple[str, Change]] = Counter()
    barrier = threading.Barrier(2)

    def write(number: int) -> None:
        for first in range(0, 60, 3):
            keys = [f"{key:03}" for key in range(first, first + 3)]
            barrier.wait()
            for outcome in engines[number].write([of_year(key, 2020 + number, f"본문 {number}") for key in keys]):
                assert isinstance(outcome, Written), outcome
                written[outcome.id, outcome.change] += 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = places(client, prefix)
    assert {key: len(indices) for key, indices in found.items()} == {f"{key:03}": 1 for key in range(60)}
    created = {key: times for (key, how), times in written.items() if how is Change.CREATED}
    assert created == {f"y.{key:03}": 1 for key in range(60)}
    assert sum(written.values()) == 120


def test_an_article_of_a_year_that_another_process_has_begun_is_found(start: Open) -> None:
    one, other = start(), start()
    one.write([of_year("a", 2020)])
    assert other.fingerprints(["y.a"])
    one.write([of_year("b", 2021)])
    assert other.get("y.b").article.id == "y.b"
    assert change(other.write([of_year("b", 2022)])) is Change.REPLACED


def test_a_year_whose_index_was_dropped_is_begun_again(start: Open, client: Elasticsearch, prefix: str) -> None:
    engine = start()
    engine.write([of_year("a", 2020), of_year("b", 2021)])
    client.indices.delete(index=next(iter(client.indices.get(index=f"{prefix}articles-2020-*"))))
    assert change(engine.write([of_year("c", 2020)])) is Change.CREATED
    assert places(client, prefix) == {"b": ["2021"], "c": ["2020"]}


class TestClaims:
    @pytest.fixture
    def connection(self, start: Open, settings: ElasticsearchSettings) -> Iterator[Connection]:
        start()
        connection = Connection(settings)
        yield connection
        connection.close()

    def test_the_first_one_stands(self, connection: Connection, prefix: str) -> None:
        claims = Claims(connection, f"{prefix}claims")
        assert claims.take({"a": "2020", "b": "2020"}) == {"a": "2020", "b": "2020"}
        assert claims.take({"a": "2021", "c": "2021"}) == {"a": "2020", "c": "2021"}

    def test_it_is_renewed_before_it_may_be_forgotten(self, connection: Connection, prefix: str) -> None:
        now = 1_000.0 * DAY
        claims = Claims(connection, f"{prefix}claims", lambda: now)
        claims.take({"a": "2020", "b": "2020"})
        now += 1.5 * DAY
        assert claims.take({"a": "2021"}) == {"a": "2020"}
        connection.ask(lambda client: client.indices.refresh(index=f"{prefix}claims"))
        now += 1.0 * DAY
        purging = Claims(connection, f"{prefix}claims", lambda: now)
        purging.take({"z": "2020"})
        assert purging.take({"a": "2022", "b": "2022"}) == {"a": "2020", "b": "2022"}

    def test_one_that_cannot_be_made_refuses_the_article_alone(
        self, start: Open, client: Elasticsearch, prefix: str
    ) -> None:
        engine = start()
        engine.write([of_year("a", 2020)])
        client.indices.add_block(index=f"{prefix}claims-v1-000001", block="write")
        replaced, refused = engine.write([of_year("a", 2020, "다른 본문"), of_year("b", 2020)])
        assert isinstance(replaced, Written)
        assert isinstance(refused, Refused)
        assert isinstance(refused.error, EngineUnavailable)
        client.indices.put_settings(index=f"{prefix}claims-v1-000001", settings={"blocks.write": None})
        assert change(engine.write([of_year("b", 2020)])) is Change.CREATED


class TestFromOneIndexToSeveral:
    def test_what_is_there_stays_and_is_replaced_in_its_place(
        self, start: Open, client: Elasticsearch, prefix: str
    ) -> None:
        start(Period.NONE).write([of_year("a", 2020), of_year("b", 2021)])
        engine = start()
        engine.write([of_year("a", 2020, "고친 본문"), of_year("c", 2020)])
        assert places(client, prefix) == {"a": [""], "b": [""], "c": ["2020"]}
        assert engine.get("y.b").article.id == "y.b"
        assert all(check.ready for check in engine.checks())

    def test_a_process_that_knows_one_index_alone_creates_nothing(self, start: Open) -> None:
        old = start(Period.NONE)
        old.write([of_year("a", 2020)])
        start().write([of_year("b", 2020)])
        for key in ("b", "c"):
            [outcome] = self._written(old, of_year(key, 2021))
            assert isinstance(outcome, Refused)
            assert "INDEX_PERIOD=year" in outcome.error.message.en
        with pytest.raises(EngineUnavailable, match="INDEX_PERIOD=year"):
            old.get("y.a")
        with pytest.raises(EngineUnavailable, match="INDEX_PERIOD=year"):
            start(Period.NONE).get("y.a")

    @staticmethod
    def _written(engine: ElasticsearchEngine, operation: Put) -> list[Outcome]:
        try:
            return engine.write([operation])
        except EngineUnavailable as error:
            return [Refused(operation.article.id, error)]


def test_names_of_other_indices_are_not_ours() -> None:
    layout = Layout("g-articles", Period.YEAR)
    ours = ["g-articles-2024-v1-000002", "g-articles-v1-000010", "g-articles-2024-v2-000001"]
    others = ["g-articles-2024", "g-articles-x-v1-000001", "g-articlesx-v1-000001", "g-articles-v1-1"]
    assert layout.ours([*ours, *others]) == [ours[2], ours[0], ours[1]]
