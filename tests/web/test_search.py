"""Search over HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

ARTICLES: list[dict[str, Any]] = [
    {
        "id": f"s{number}",
        "title": f"한빛시 도서관 소식 {number}",
        "body": f"한빛시가 도서관 소식 {number}을 알렸다.",
        "outlet": ("하늘일보", "별빛뉴스", "한빛,신문")[number % 3],
        "section": "지역",
        "published_at": f"2026-01-{number + 1:02d}T09:00:00+09:00",
        "tags": ["<b>굵은</b>"],
    }
    for number in range(12)
]


@pytest.fixture(scope="module", autouse=True)
def _stored(app: Flask) -> None:
    client = app.test_client()
    for article in ARTICLES:
        assert client.put(f"/v1/articles/{article['id']}?refresh=wait_for", json=article).status_code == 201


def test_an_answer_has_every_part(client: FlaskClient) -> None:
    answer = client.get("/v1/search", query_string={"q": "도서관", "facets": "outlet,published", "size": "3"}).json
    assert set(answer) == {
        "total",
        "stories",
        "took_ms",
        "hits",
        "facets",
        "next",
        "interpreted",
        "synonyms",
        "warnings",
        "did_you_mean",
        "missing_words",
        "match_any_total",
    }
    assert answer["total"] == {"value": 12, "relation": "eq"}
    assert (answer["stories"], answer["did_you_mean"], answer["warnings"]) == (None, None, [])
    assert answer["facets"]["outlet"] == [
        {"value": "별빛뉴스", "count": 4},
        {"value": "하늘일보", "count": 4},
        {"value": "한빛,신문", "count": 4},
    ]
    assert answer["facets"]["published"][0] == {"value": "2026-01-01", "count": 1}
    hit = answer["hits"][0]
    assert set(hit) == {"id", "score", "article", "highlights", "copies"}
    assert "body" not in hit["article"]
    assert "<mark>도서관</mark>" in hit["highlights"]["title"][0]


def test_pages_follow_one_another_by_link_and_by_cursor(client: FlaskClient) -> None:
    path: str | None = "/v1/search?q=%EB%8F%84%EC%84%9C%EA%B4%80&sort=newest&size=5&outlet=-x&fields=title,body"
    seen: list[str] = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        seen += [hit["id"] for hit in answer.json["hits"]]
        link = answer.headers.get("Link", "")
        assert bool(link) is bool(answer.json["next"])
        if link:
            assert link.endswith('>; rel="next"')
            path = link[1 : link.index(">")]
            assert parse_qs(urlsplit(path).query)["cursor"] == [answer.json["next"]]
        else:
            path = None
    assert seen == [f"s{number}" for number in reversed(range(12))]


def test_a_search_by_json_is_the_same_search(client: FlaskClient) -> None:
    by_query = client.get("/v1/search?q=도서관&outlet=하늘일보&outlet=한빛,신문&sort=oldest&facets=outlet&size=4").json
    body = {
        "q": "도서관",
        "outlet": ["하늘일보", "한빛,신문"],
        "sort": "oldest",
        "facets": ["outlet"],
        "size": 4.0,
        "match": None,
    }
    by_json = client.post("/v1/search", json=body)
    assert by_json.json | {"took_ms": 0} == by_query | {"took_ms": 0}
    following = client.post("/v1/search", json=body | {"cursor": by_json.json["next"]}).json
    assert [hit["id"] for hit in following["hits"]] == ["s6", "s8", "s9", "s11"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("outlet=하늘일보", {"s0", "s3", "s6", "s9"}),
        ("outlet=-하늘일보&outlet=-별빛뉴스", {"s2", "s5", "s8", "s11"}),
        ("published_from=2026-01-03&published_to=2026-01-04", {"s2", "s3"}),
        ("published_from=2026-01-03T09:00:00%2B09:00&published_to=2026-01-03T00:00:00Z", {"s2"}),
        ("tag=%3Cb%3E굵은%3C/b%3E&published_to=2026-01-01", {"s0"}),
    ],
)
def test_filters_narrow(client: FlaskClient, query: str, expected: set[str]) -> None:
    assert {hit["id"] for hit in client.get(f"/v1/search?{query}").json["hits"]} == expected


def test_a_facet_can_be_searched(client: FlaskClient) -> None:
    answer = client.get("/v1/search?facets=outlet&facet_search=outlet:별&size=1").json
    assert answer["facets"]["outlet"] == [{"value": "별빛뉴스", "count": 4}]


def test_stories_are_counted_where_hits_are_grouped(client: FlaskClient) -> None:
    answer = client.get("/v1/search?group=story&size=100").json
    assert answer["stories"] == len(answer["hits"])
    assert sum(hit["copies"] + 1 for hit in answer["hits"]) == answer["total"]["value"] == 12


def test_highlights_can_be_left_out(client: FlaskClient) -> None:
    hits = client.get("/v1/search?q=도서관&highlight=false").json["hits"]
    assert all(hit["highlights"] == {} for hit in hits)


def test_warnings_speak_the_language_of_the_reader(client: FlaskClient) -> None:
    korean = client.get("/v1/search?q=10:30").json["warnings"]
    english = client.get("/v1/search?q=10:30", headers={"Accept-Language": "en"}).json["warnings"]
    assert len(korean) == len(english) == 1
    assert korean != english


def test_a_query_that_cannot_be_read_says_where(client: FlaskClient) -> None:
    by_query = client.get("/v1/search", query_string={"q": '도서관 "한빛'})
    by_json = client.post("/v1/search", json={"q": '도서관 "한빛'})
    for answer in (by_query, by_json):
        assert (answer.status_code, answer.json["type"]) == (400, "urn:gisa:problem:query-syntax")
        assert answer.json["position"] == 4
        assert client.get("/v1/search", query_string={"q": answer.json["correction"]}).status_code == 200
    assert by_query.json["errors"][0]["parameter"] == "q"
    assert by_json.json["errors"][0]["pointer"] == "/q"


def test_an_error_found_later_points_into_the_body_too(client: FlaskClient) -> None:
    reversed_range = {"published_from": "2026-02-01", "published_to": "2026-01-01"}
    by_json = client.post("/v1/search", json=reversed_range)
    assert (by_json.status_code, by_json.json["errors"][0]["pointer"]) == (422, "/published_from")
    by_query = client.get("/v1/search", query_string=reversed_range)
    assert (by_query.status_code, by_query.json["errors"][0]["parameter"]) == (422, "published_from")


def test_a_histogram_of_too_many_buckets_is_refused(client: FlaskClient) -> None:
    client.put(
        "/v1/articles/ancient?refresh=wait_for", json={"title": "옛 소식", "body": "옛날", "published_at": "1950-01-01"}
    )
    answer = client.get("/v1/search?facets=published&interval=day")
    client.delete("/v1/articles/ancient?refresh=wait_for")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "interval"


def test_a_cursor_belongs_to_its_search(client: FlaskClient) -> None:
    cursor = client.get("/v1/search?size=1&sort=newest").json["next"]
    for query in (f"size=1&sort=oldest&cursor={cursor}", f"q=x&cursor={cursor}", f"sort=newest&cursor={cursor[:-2]}"):
        answer = client.get(f"/v1/search?{query}")
        assert (answer.status_code, answer.json["type"]) == (400, "urn:gisa:problem:invalid-cursor")


def test_what_was_meant_is_told_where_nothing_is_found(client: FlaskClient) -> None:
    answer = client.get("/v1/search", query_string={"q": "한빚시 도서관"}).json
    assert answer["total"]["value"] == 0
    assert answer["did_you_mean"] == "한빛시 도서관"
    assert answer["missing_words"] == ["한빚시"]
    assert answer["match_any_total"] == 12
    assert answer["warnings"] == [
        "'한빚시'가 든 기사가 없습니다. 맞춤법을 살펴보거나 빼고 찾으세요. "
        "아무 낱말이나 든 기사는 12건입니다(match=any)."
    ]
    english = client.get("/v1/search", query_string={"q": "한빚시 도서관"}, headers={"Accept-Language": "en"}).json[
        "warnings"
    ]
    assert english == [
        "No article has '한빚시'. Check the spelling or search without it. "
        "With any of the words there are 12 (match=any)."
    ]


def test_nothing_is_told_besides_hits(client: FlaskClient) -> None:
    answer = client.post("/v1/search", json={"q": "도서관"}).json
    assert (answer["did_you_mean"], answer["missing_words"], answer["match_any_total"]) == (None, [], None)
