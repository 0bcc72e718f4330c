"""Random and mutated queries: a tree or a refusal from the parser, an answer or a refusal from each engine, soon."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest

from bench.running import RunningService, exchange
from service.domain.errors import QuerySyntaxError, ValidationFailed
from service.search.query_language import parse
from service.search.request import Match
from tests.elasticsearch_node.fixtures import elasticsearch_url  # noqa: F401  # a fixture
from tests.hostile.queries import random_queries
from tests.hostile.running import ENGINES, service_on

PARSED = int(os.environ.get("GISA_TEST_PARSED_QUERIES", "2000"))
ASKED = int(os.environ.get("GISA_TEST_ASKED_QUERIES", "200"))
SEED = int(os.environ.get("GISA_TEST_QUERY_SEED", "1"))
_SECONDS = 1.0
_ARTICLES = 30


def _read(q: str, match: Match) -> str:
    try:
        parsed = parse(q, match)
    except ValidationFailed:
        return "value refused"
    except QuerySyntaxError as refusal:
        return "syntax refused" if 0 <= refusal.position <= len(q) else "wrong position"
    # A query whose numbers grow when they are written out stays as it is.
    return "read" if parse(parsed.interpreted, match).tree == parsed.tree else "reads otherwise"


def test_every_query_is_read_or_refused() -> None:
    outcomes: Counter[str] = Counter()
    longest = 0.0
    for number, q in enumerate(random_queries(PARSED, SEED)):
        match = Match.ANY if number % 2 else Match.ALL
        started = time.thread_time()
        outcome = _read(q, match)
        longest = max(longest, time.thread_time() - started)
        outcomes[outcome] += 1
        assert outcome in {"read", "syntax refused", "value refused"}, (q, match, outcome)
    print(f"{PARSED} queries, {dict(outcomes)}, the longest {longest * 1000:.0f} ms")
    assert longest < _SECONDS
    assert min(outcomes["read"], outcomes["syntax refused"]) > PARSED / 20


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with service_on(request.param, request, tmp_path_factory.mktemp("queries"), log_level="warning") as running:
        for number in range(_ARTICLES):
            document = {
                "title": f"대구시장 도서관 {number}",
                "body": "대구시는 1.5억원을 들였다. 시장은 “연다”고 밝혔다.",
            }
            running.request("PUT", f"/v1/articles/q{number}", document)
        running.request("PUT", "/v1/articles/last?refresh=wait_for", {"title": "마지막", "body": "나"})
        yield running


def test_every_query_is_answered_or_refused(service: RunningService) -> None:
    workers = sorted(service.worker_pids())
    statuses: Counter[int] = Counter()
    longest = 0.0
    with closing(service.connection()) as connection:
        for number, q in enumerate(random_queries(ASKED, SEED + 1)):
            document = {"q": q, "match": "any" if number % 2 else "all", "size": 3, "facets": ["person"]}
            seconds = []
            while not seconds or (seconds[-1] > _SECONDS and len(seconds) < 3):  # the machine does other things as well
                started = time.monotonic()
                status, answer = exchange(connection, "POST", "/v1/search", document)
                seconds.append(time.monotonic() - started)
            statuses[status] += 1
            longest = max(longest, min(seconds))
            assert status in {200, 400, 422}, (json.dumps(q), status, answer)
            assert min(seconds) < _SECONDS, (json.dumps(q), seconds)
    print(f"{ASKED} queries, {dict(statuses)}, the longest {longest * 1000:.0f} ms")
    assert sorted(service.worker_pids()) == workers
