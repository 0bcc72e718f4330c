"""Advice over HTTP: whatever is asked for is answered at once, also where nothing is found."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.search.engine import Engine
from tests.contract.articles import article, put

SLOW = 1.0  # seconds
WORDS = st.one_of(
    st.sampled_from(
        ["한빚시", "도서괸", "gksqlctl", "ㅡㅐㅠㅑㅣㄷ", "물결 공원", "가" * 12, "수" * 13, "mobil", "１２3"]
    ),
    st.text(max_size=8),
    st.text("가각갂ㄱㅏ나한빛", min_size=1, max_size=12),
)
QUERIES = st.lists(
    st.one_of(WORDS, WORDS.map(lambda word: f'"{word}"'), WORDS.map(lambda word: f"-{word}"),
              WORDS.map(lambda word: f"인물:{word}"), WORDS.map(lambda word: f"제목:({word} | {word})"),
              st.sampled_from(["OR", "AND", "NOT", "NEAR/3", "(", ")", "|", "*", "~2", "날짜:2026"])),
    max_size=12,
).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _stored(engine: Engine) -> None:
    body = "한빛시가 물결공원에 도서관을 짓는다. mobile 서비스도 연다."
    articles = [article("advice", str(n), body, title="한빛시 도서관", persons=("나한결",)) for n in range(12)]
    engine.wait_until_searchable(engine.write([put(each) for each in articles]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES, st.sampled_from(["all", "any"]))
def test_any_query_is_answered_at_once(client: FlaskClient, q: str, match: str) -> None:
    began = time.thread_time()
    answer = client.get("/v1/search", query_string={"q": q.encode("utf-8", "replace"), "match": match})
    assert answer.status_code in (200, 400, 422), answer.json
    assert time.thread_time() - began < SLOW
    if answer.status_code == 200 and answer.json["did_you_mean"]:
        meant = client.get("/v1/search", query_string={"q": answer.json["did_you_mean"], "match": match})
        assert meant.json["total"]["value"] > answer.json["total"]["value"]
