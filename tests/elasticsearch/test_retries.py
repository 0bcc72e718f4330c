"""What is sent again, and what is not, against a scripted peer."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import pytest

from service.domain.errors import EngineUnavailable, StorageFull, ValidationFailed
from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.search.engine import Change, Delete, Outcome, Refused, Written
from service.search.request import SearchRequest
from tests.contract.articles import article, put
from tests.elasticsearch.peer import Answer, Cluster, done, failed, scripted_peer

PUTS = [put(article("retries", key)) for key in "abc"]
IDS = [operation.article.id for operation in PUTS]
FLOOD = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"


def write(cluster: Cluster, **settings: Any) -> list[Outcome]:
    with scripted_peer(cluster) as url:
        engine = open_engine(ElasticsearchSettings((url,), **settings))
        try:
            return engine.write(PUTS)
        finally:
            engine.close()


def test_only_the_failed_items_are_sent_again() -> None:
    def items(number: int, ids: list[str]) -> list[dict[str, Any]]:
        return [failed(key, 429) if number < 3 and key != IDS[1] else done(key) for key in ids]

    cluster = Cluster(items)
    outcomes = write(cluster)
    assert cluster.bulks == [IDS, [IDS[0], IDS[2]], [IDS[0], IDS[2]]]
    assert [outcome.id for outcome in outcomes] == IDS
    assert all(isinstance(outcome, Written) and outcome.change is Change.CREATED for outcome in outcomes)
    pauses = [after - before for before, after in pairwise(cluster.times)]
    assert 0.1 <= pauses[0] < pauses[1] + 0.2


@pytest.mark.parametrize("status", [429, 503])
def test_after_three_more_attempts_the_item_is_refused_and_the_others_stand(status: int) -> None:
    cluster = Cluster(lambda _number, ids: [failed(key, status) if key == IDS[2] else done(key) for key in ids])
    outcomes = write(cluster)
    assert cluster.bulks == [IDS, *[[IDS[2]]] * 3]
    assert [type(outcome) for outcome in outcomes] == [Written, Written, Refused]
    assert isinstance(outcomes[2], Refused)
    assert isinstance(outcomes[2].error, EngineUnavailable)


def test_a_bulk_refused_whole_is_sent_again() -> None:
    def items(number: int, ids: list[str]) -> list[dict[str, Any]] | Answer:
        return (429, {"error": {"type": "es_rejected_execution_exception"}}) if number == 1 else [done(k) for k in ids]

    cluster = Cluster(items)
    assert all(isinstance(outcome, Written) for outcome in write(cluster))
    assert cluster.bulks == [IDS, IDS]


def test_what_cannot_be_indexed_is_refused_at_once_with_its_reason() -> None:
    wrong = failed(IDS[0], 400, "document_parsing_exception", "failed to parse field [x]")
    cluster = Cluster(lambda _number, ids: [wrong, done(ids[1]), done(ids[2])])
    refused, *others = write(cluster)
    assert isinstance(refused, Refused)
    assert isinstance(refused.error, ValidationFailed)
    assert "failed to parse field [x]" in refused.error.message.en
    assert all(isinstance(outcome, Written) for outcome in others)
    assert len(cluster.bulks) == 1


def test_a_full_disk_is_told_and_not_asked_again() -> None:
    full = [failed(key, 429, "cluster_block_exception", FLOOD) for key in IDS]
    cluster = Cluster(lambda _number, _ids: full)
    outcomes = write(cluster)
    assert all(isinstance(outcome, Refused) and isinstance(outcome.error, StorageFull) for outcome in outcomes)
    assert len(cluster.bulks) == 1


def test_a_write_whose_answer_was_lost_is_not_done_twice() -> None:
    def items(number: int, ids: list[str]) -> list[dict[str, Any]] | None:
        if number > 1:
            return [failed(key, 409, "version_conflict_engine_exception") for key in ids]
        for operation in PUTS:
            stored = {"_seq_no": 7, "_primary_term": 1, "_source": {"fingerprint": operation.fingerprint}}
            cluster.stored[operation.article.id] = stored
        return None

    cluster = Cluster(items)
    outcomes = write(cluster, write_timeout=0.5)
    assert all(isinstance(outcome, Written) and outcome.change is Change.CREATED for outcome in outcomes), outcomes
    assert len(cluster.bulks) == 2


def test_an_unreadable_state_is_no_missing_article() -> None:
    def script(method: str, path: str, body: bytes) -> Answer:
        if "_mget" in path:
            return 200, {"docs": [{"_id": "a", "error": {"type": "no_shard_available_action_exception"}}]}
        return 200, {}

    with scripted_peer(script) as url:
        engine = open_engine(ElasticsearchSettings((url,)))
        with pytest.raises(EngineUnavailable):
            engine.write([Delete("a")])
        engine.close()


def test_a_peer_that_hangs_is_given_up_within_three_seconds_and_then_at_once() -> None:
    silent = False

    def script(method: str, path: str, body: bytes) -> Answer | None:
        return None if silent else (200, {})

    with scripted_peer(script) as url:
        engine = open_engine(ElasticsearchSettings((url,)))
        silent = True
        taken = []
        for _ in range(3):
            asked = time.monotonic()
            with pytest.raises(EngineUnavailable) as unavailable:
                engine.search(SearchRequest())
            taken.append(time.monotonic() - asked)
            assert unavailable.value.retry_after > 0
        assert min(taken) < 3, "the others tell how busy this machine is"
        asked = time.monotonic()
        with pytest.raises(EngineUnavailable):
            engine.write(PUTS)
        assert time.monotonic() - asked < 1, "a peer that is asked again hangs for two seconds"
        assert [check.ready for check in engine.checks()] == [False]
        engine.close()


def test_a_busy_cluster_is_a_503_and_not_a_failure_of_the_service() -> None:
    def script(method: str, path: str, body: bytes) -> Answer:
        return (429, {"error": {"type": "x"}}) if "_search" in path else (200, {})

    with scripted_peer(script) as url:
        engine = open_engine(ElasticsearchSettings((url,)))
        with pytest.raises(EngineUnavailable, match="cannot take"):
            engine.search(SearchRequest())
        engine.close()
