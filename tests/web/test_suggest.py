"""Suggestions over HTTP."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.search.engine import Engine
from tests.contract.articles import article, put

SLOW = 1.0  # seconds
ARTICLES = (
    article(
        "suggest", "1", title="한빛시, 물결공원 넓힌다", published="2026-01-02T09:00+09:00",
        organizations=("한빛시",), places=("물결공원",), keywords=("mobile",), persons=("나한결",),
        outlet="하늘일보", reporters=("도서윤",),
    ),
    article(
        "suggest", "2", title="한빛시장이 도서관을 찾았다", published="2026-01-03T09:00+09:00",
        organizations=("한빛시",),
    ),
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text("ㄱㄷㅅㅇㅏㅣ가닭한빛시물결 \"'().*|[]{}\\^$?+~#@&<>-!", max_size=1_100),
    st.text("eornaAbk ", max_size=100),
)


@pytest.fixture(scope="module", autouse=True)
def _stored(engine: Engine) -> None:
    engine.wait_until_searchable(engine.write([put(article) for article in ARTICLES]))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("한비", {"text": "한빛시", "type": "organization", "count": 2}),
        ("ㅎㅂㅅ", {"text": "한빛시", "type": "organization", "count": 2}),
        ("gksqlc", {"text": "한빛시", "type": "organization", "count": 2}),
        ("ㅡㅐㅠㅑ", {"text": "mobile", "type": "keyword", "count": 1}),
        ("나ㅎ", {"text": "나한결", "type": "person", "count": 1}),
        ("하늘", {"text": "하늘일보", "type": "outlet", "count": 1}),
        ("도서유", {"text": "도서윤", "type": "reporter", "count": 1}),
        ("한빛시장이 도", {"text": "한빛시장이 도서관을 찾았다", "type": "title", "count": 1}),
    ],
)
def test_what_may_be_typed(client: FlaskClient, typed: str, first: dict[str, Any]) -> None:
    answer = client.get("/v1/suggest", query_string={"q": typed})
    assert answer.status_code == 200
    assert set(answer.json) == {"suggestions"}
    assert answer.json["suggestions"][0] == first


def test_types_and_size_narrow(client: FlaskClient) -> None:
    def types(**parameters: str) -> list[str]:
        answer = client.get("/v1/suggest", query_string=parameters)
        assert answer.status_code == 200
        return [each["type"] for each in answer.json["suggestions"]]

    assert types(q="한", type="title") == ["title", "title"]
    assert types(q="한", type="organization,person") == ["organization"]
    assert types(q="한", size="1") == ["organization"]


@pytest.mark.parametrize("typed", ["", " ", "!?", "\u200b"])
def test_without_a_letter_nothing_is_suggested(client: FlaskClient, typed: str) -> None:
    answer = client.get("/v1/suggest", query_string={"q": typed})
    assert (answer.status_code, answer.json) == (200, {"suggestions": []})


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=%EA%B0%80&size=0", "size"),
        ("q=%EA%B0%80&size=101", "size"),
        ("q=%EA%B0%80&type=section", "type"),
        ("q=%EA%B0%80&type=", "type"),
        ("q=%EA%B0%80&q=%EB%82%98", "q"),
        ("q=%EA%B0%80&fields=title", "fields"),
        ("q=%07", "q"),
        ("q=" + "a" * 1_025, "q"),
    ],
)
def test_what_does_not_fit_is_refused(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/v1/suggest?{query}")
    assert answer.status_code == 422
    assert [error["parameter"].partition("[")[0] for error in answer.json["errors"]] == [parameter]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_any_text_is_answered_at_once(client: FlaskClient, text: str) -> None:
    began = time.thread_time()
    answer = client.get("/v1/suggest", query_string={"q": text.encode("utf-8", "replace")})
    assert answer.status_code in (200, 422), answer.json
    assert time.thread_time() - began < SLOW
