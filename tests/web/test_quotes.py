"""Quotes over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

ARTICLES: list[dict[str, Any]] = [
    {
        "id": f"q{number}",
        "title": f"달섬 소식 {number}",
        "body": (
            f"한도윤 달섬시장은 “뱃길을 {number + 3}차례로 늘리겠다”고 말했다. "
            "문해진 어촌계장은 “주차장을 먼저 넓혀 달라”고 말했다."
        ),
        "outlet": "하늘일보",
        "published_at": f"2026-01-0{number + 1}T09:00:00+09:00",
    }
    for number in range(3)
]


@pytest.fixture(scope="module", autouse=True)
def _stored(app: Flask) -> None:
    for article in ARTICLES:
        app.test_client().put(f"/v1/articles/{article['id']}?refresh=wait_for", json=article)


def test_who_said_what(client: FlaskClient) -> None:
    answer = client.get("/v1/quotes?speaker=도윤&q=뱃길")
    assert answer.status_code == 200
    assert (answer.json["total"], answer.json["next"]) == (3, None)
    assert answer.json["quotes"][0] == {
        "speaker": "한도윤",
        "text": "뱃길을 5차례로 늘리겠다",
        "article": {
            "id": "q2",
            "title": "달섬 소식 2",
            "outlet": "하늘일보",
            "url": None,
            "display": "full",
            "published_at": "2026-01-03T09:00:00+09:00",
        },
    }
    assert client.get("/v1/quotes?speaker=한도윤&q=주차장").json["total"] == 0
    assert client.get("/v1/quotes?q=주차장&published_from=2026-01-02").json["total"] == 2
    assert client.get("/v1/quotes?q=").json["total"] == 6


def test_pages_follow_one_another(client: FlaskClient) -> None:
    path, seen = "/v1/quotes?speaker=한도윤&size=1", []
    while path:
        answer = client.get(path)
        seen += [quote["article"]["id"] for quote in answer.json["quotes"]]
        path = answer.headers.get("Link", "<>")[1:].partition(">")[0]
    assert seen == ["q2", "q1", "q0"]


def test_synonyms_are_found_as_in_a_search(client: FlaskClient, article_id: str) -> None:
    body = "한도윤 달섬시장은 “MOU를 곧 맺겠다”고 말했다."
    client.put(f"/v1/articles/{article_id}?refresh=wait_for", json={"title": "협약", "body": body})
    found = client.get("/v1/quotes?q=양해각서").json
    client.delete(f"/v1/articles/{article_id}?refresh=wait_for")
    assert [quote["article"]["id"] for quote in found["quotes"]] == [article_id]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("q=제목:뱃길", 422, "q"),
        ("speaker=", 422, "speaker"),
        ("outlet=하늘일보", 422, "outlet"),
        ("sort=oldest", 422, "sort"),
        ("size=101", 422, "size"),
        ("published_from=2026-02-01&published_to=2026-01-01", 422, "published_from"),
        ('q=뱃길 "', 400, "q"),
        ("q=*", 400, "q"),
    ],
)
def test_refusals_name_the_parameter(client: FlaskClient, query: str, status: int, parameter: str) -> None:
    refused = client.get(f"/v1/quotes?{query}")
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (status, parameter)


def test_a_damaged_cursor_is_refused(client: FlaskClient) -> None:
    assert client.get("/v1/quotes?cursor=x").json["type"] == "urn:gisa:problem:invalid-cursor"
    assert client.head("/v1/quotes?q=뱃길").status_code == 200
