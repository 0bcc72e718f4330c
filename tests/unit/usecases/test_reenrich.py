from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.article import Article, NamedCount
from service.enrichment.pipeline import ENRICHMENT_VERSION
from service.search.engine import Engine, Put, Scanned, Stored
from service.search.query_language import parse
from service.search.request import SearchRequest
from service.search.stored_tokens import encode_tokens
from service.usecases.ingest import Ingest
from service.usecases.reenrich import reenrich

BODY = "홍다온 가온시장은 9일 누리동에서 “전차를 놓겠다”고 말했다."


def article(article_id: str, **values: object) -> Article:
    texts: dict[str, object] = {"title": "가온시, 전차 노선 확정", "body": BODY} | values
    return Article(id=article_id, given=frozenset({"id", *texts}), **texts)  # type: ignore[arg-type] # values of one's choice


def age(engine: Engine, ingest: Ingest, article_id: str, **values: object) -> Stored:
    """Store the article again as an earlier version of the enrichment left it."""
    stored = ingest.get(article_id)
    old = replace(stored.article, enrichment_version=0, persons=(), quotes=(), **values)  # type: ignore[arg-type]
    engine.write([Put(old, encode_tokens({}), f"old {article_id}")])
    return engine.get(article_id)


def nothing(done: int, total: int) -> None:
    """Look away from the progress."""


def test_an_article_of_another_version_is_enriched_as_today(engine: Engine, ingest: Ingest) -> None:
    fresh = ingest.put(article("a")).article
    assert fresh.persons
    assert fresh.quotes
    aged = age(engine, ingest, "a")
    done = reenrich(engine, nothing)
    renewed = engine.get("a")
    assert (done.renewed, done.current, done.overtaken, done.problems) == (1, 0, 0, ())
    assert renewed.article == replace(fresh, received_at=aged.article.received_at, story_id=renewed.article.story_id)
    assert renewed.article.enrichment_version == ENRICHMENT_VERSION


def test_what_is_current_is_not_written(engine: Engine, ingest: Ingest) -> None:
    version = ingest.put(article("a")).version
    done = reenrich(engine, nothing)
    assert (done.renewed, done.current) == (0, 1)
    assert engine.get("a").version == version


def test_what_the_client_gave_stands_and_what_an_old_rule_derived_goes(engine: Engine, ingest: Ingest) -> None:
    ingest.put(article("a", section="사회"))
    age(engine, ingest, "a", places=(NamedCount("어느 옛 규칙의 곳", 3),))
    reenrich(engine, nothing)
    renewed = engine.get("a").article
    assert renewed.section == "사회"
    assert "어느 옛 규칙의 곳" not in [place.name for place in renewed.places]
    assert renewed.given == ingest.get("a").article.given


def test_the_same_article_sent_again_is_unchanged_afterwards(engine: Engine, ingest: Ingest) -> None:
    ingest.put(article("a"))
    age(engine, ingest, "a")
    reenrich(engine, nothing)
    assert ingest.put(article("a")).change == "unchanged"


def test_a_renewed_article_is_found_by_its_new_values(engine: Engine, ingest: Ingest) -> None:
    ingest.put(article("a"), wait=True)
    age(engine, ingest, "a")
    reenrich(engine, nothing)
    engine.wait_until_searchable(engine.write([]))
    ingest.put(article("b", body="다른 글이다."), wait=True)
    assert engine.search(SearchRequest(query=parse("인물:홍다온").tree)).total == 1


def test_an_article_that_a_client_writes_meanwhile_is_left_as_it_is(
    engine: Engine, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest.put(article("a"))
    age(engine, ingest, "a")
    seen: list[Scanned] = list(engine.scan())
    ingest.put(article("a", body="고친 글이다."))
    monkeypatch.setattr(engine, "scan", lambda: iter(seen))
    done = reenrich(engine, nothing)
    assert (done.renewed, done.overtaken) == (0, 1)
    assert engine.get("a").article.body == "고친 글이다."


def test_a_run_that_was_stopped_goes_on_where_it_is_run_again(engine: Engine, ingest: Ingest) -> None:
    for number in range(250):
        ingest.put(article(f"a{number}", body=f"{number}번째 글이다."))
        age(engine, ingest, f"a{number}")
    told: list[tuple[int, int]] = []
    first = reenrich(engine, lambda done, total: told.append((done, total)), lambda: bool(told))
    second = reenrich(engine, nothing)
    assert told == [(100, 250)]
    assert (first.renewed, second.renewed, second.current) == (100, 150, 100)
