from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from service.domain.article import Article
from service.domain.errors import NotFound, PreconditionFailed
from service.search.engine import Change, Engine, Precondition, Written
from service.search.query_language import parse
from service.search.request import SearchRequest
from service.usecases.ingest import Ingest


def article(article_id: str = "", **values: object) -> Article:
    texts: dict[str, object] = {"title": "가온시, 전차 노선 확정", "body": "가온시가 전차 노선을 확정했다."} | values
    return Article(id=article_id, given=frozenset(texts), **texts)  # type: ignore[arg-type] # values of one's choice


def found(engine: Engine, words: str) -> int:
    return engine.search(SearchRequest(query=parse(words).tree)).total


def test_an_article_without_an_id_gets_one_that_stays(ingest: Ingest) -> None:
    first = ingest.put(article())
    again = ingest.put(article())
    assert (first.change, again.change) == (Change.CREATED, Change.UNCHANGED)
    assert first.article.id == again.article.id
    assert first.version == again.version


def test_an_unchanged_article_keeps_the_time_it_was_received(ingest: Ingest) -> None:
    first = ingest.put(article("a"))
    again = ingest.put(article("a"))
    assert again.article.received_at == first.article.received_at


def test_waiting_makes_the_article_findable(ingest: Ingest, engine: Engine) -> None:
    ingest.put(article("a"), wait=True)
    assert found(engine, "전차") == 1


def test_waiting_for_an_unchanged_article_makes_it_findable_too(ingest: Ingest, engine: Engine) -> None:
    ingest.put_many([article("a")])
    ingest.put_many([article("a")], wait=True)
    assert found(engine, "전차") == 1


def test_an_id_that_comes_twice_in_a_batch_ends_as_its_last_line(ingest: Ingest) -> None:
    ingest.put(article("a"))
    outcomes = ingest.put_many([article("a", body="고친 본문이다."), article("a")])
    assert [outcome.change for outcome in outcomes if isinstance(outcome, Written)] == [Change.REPLACED] * 2
    assert ingest.get("a").article.body == "가온시가 전차 노선을 확정했다."


def test_a_batch_answers_in_order(ingest: Ingest) -> None:
    ingest.put(article("b"))
    outcomes = ingest.put_many([article("c"), article("b"), article("a"), article("b2")])
    assert [outcome.id for outcome in outcomes] == ["c", "b", "a", "b2"]


def test_a_patch_is_enriched_again(ingest: Ingest) -> None:
    ingest.put(article("a"))
    saved = ingest.patch("a", lambda _: article("a", body="가온시 본문이 길어졌다. 그리고 더 길어졌다."))
    assert saved.change is Change.REPLACED
    assert saved.article.char_count == len(saved.article.body)


def test_a_patch_with_a_stale_version_is_refused(ingest: Ingest) -> None:
    first = ingest.put(article("a"))
    ingest.put(article("a", body="고친 본문이다."))
    with pytest.raises(PreconditionFailed):
        ingest.patch("a", lambda _: article("a"), Precondition(versions=frozenset({first.version})))


def test_patches_that_race_all_take_effect(ingest: Ingest) -> None:
    ingest.put(article("a", tags=()))
    start = threading.Barrier(4)

    def add(tag: str) -> None:
        start.wait()
        ingest.patch("a", lambda stored: replace(stored, tags=(*stored.tags, tag), given=stored.given | {"tags"}))

    threads = [threading.Thread(target=add, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ingest.get("a").article.tags) == ["0", "1", "2", "3"]


def test_deleting_what_is_not_there_says_so(ingest: Ingest) -> None:
    with pytest.raises(NotFound):
        ingest.delete("a")


def test_a_deleted_article_is_found_no_more(ingest: Ingest, engine: Engine) -> None:
    ingest.put(article("a"), wait=True)
    ingest.delete("a", wait=True)
    assert found(engine, "전차") == 0
    with pytest.raises(NotFound):
        ingest.get("a")
