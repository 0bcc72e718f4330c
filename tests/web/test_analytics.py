"""Trends, related terms and networks over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

CALLS = ("/v1/trends", "/v1/related-terms", "/v1/network")
ARTICLES: list[dict[str, Any]] = [
    {
        "id": f"a{number}",
        "title": f"달섬 뱃길 소식 {number}" if number < 4 else f"공원 소식 {number}",
        "body": "여객선을 늘린다." if number < 4 else "꽃을 심는다.",
        "published_at": f"2026-01-{number + 1:02d}T09:00:00+09:00",
        "keywords": None,
    }
    for number in range(10)
]


@pytest.fixture(scope="module", autouse=True)
def _stored(app: Flask) -> None:
    client = app.test_client()
    for article in ARTICLES:
        path = f"/v1/articles/{article['id']}?refresh=wait_for"
        assert client.put(path, json={name: value for name, value in article.items() if value}).status_code == 201


def test_trends_stand_side_by_side(client: FlaskClient) -> None:
    answer = client.get("/v1/trends?q=뱃길&q=공원&q=&published_to=2026-01-05&interval=day")
    assert answer.status_code == 200
    assert answer.json["interval"] == "day"
    assert [(series["q"], series["total"]) for series in answer.json["series"]] == [("뱃길", 4), ("공원", 1), ("", 5)]
    assert answer.json["series"][1]["buckets"] == [
        {"value": f"2026-01-{day:02d}", "count": int(day == 5)} for day in range(1, 6)
    ]


def test_related_terms_are_told_with_count_and_score(client: FlaskClient) -> None:
    terms = client.get("/v1/related-terms?q=뱃길&size=3").json["terms"]
    assert 1 <= len(terms) <= 3
    assert all(set(term) == {"term", "count", "score"} for term in terms)
    for term in terms:
        both = client.get("/v1/search", query_string={"q": f"뱃길 {term['term']}"}).json
        assert both["total"]["value"] == term["count"]
    assert client.get("/v1/related-terms").json == {"terms": []}


def test_the_network_names_nodes_and_links(client: FlaskClient) -> None:
    for key in ("x", "y"):
        body = "한도윤 달섬시장은 “배를 늘리겠다”고 말했다. 달섬시의회도 도왔다."
        client.put(f"/v1/articles/net-{key}?refresh=wait_for", json={"title": "쾌속정", "body": body})
    found = client.get("/v1/network?q=쾌속정").json
    for key in ("x", "y"):
        client.delete(f"/v1/articles/net-{key}?refresh=wait_for")
    names = {node["name"]: node for node in found["nodes"]}
    assert names["한도윤"] == {"name": "한도윤", "type": "person", "count": 2}
    assert all({link["source"], link["target"]} <= set(names) and link["count"] == 2 for link in found["links"])
    assert found["links"]


@pytest.mark.parametrize("call", CALLS)
def test_queries_are_refused_as_in_a_search(client: FlaskClient, call: str) -> None:
    unclosed = client.get(call, query_string={"q": '뱃길 "'})
    assert (unclosed.status_code, unclosed.json["position"]) == (400, 3)
    reversed_range = client.get(f"{call}?q=뱃길&published_from=2026-02-01&published_to=2026-01-01")
    assert (reversed_range.status_code, reversed_range.json["errors"][0]["parameter"]) == (422, "published_from")
    for query in ("cursor=x", "facets=outlet", "highlight=true", "nothing=1", "outlet="):
        refused = client.get(f"{call}?q=뱃길&{query}")
        assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, query.partition("=")[0])


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/trends", "q"),
        ("/v1/trends?" + "&".join(f"q={number}" for number in range(11)), "q"),
        ("/v1/trends?q=a&size=1", "size"),
        ("/v1/trends?q=a&interval=hour", "interval"),
        ("/v1/related-terms?size=101", "size"),
        ("/v1/network?size=0", "size"),
        ("/v1/network?size=51", "size"),
        ("/v1/network?q=a&q=b", "q"),
    ],
)
def test_values_out_of_range_are_refused(client: FlaskClient, path: str, parameter: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, parameter)


@pytest.mark.parametrize("call", CALLS)
def test_head_and_other_methods(client: FlaskClient, call: str) -> None:
    head = client.head(f"{call}?q=뱃길")
    assert (head.status_code, head.data) == (200, b"")
    assert client.post(call, json={"q": "뱃길"}).status_code == 405
