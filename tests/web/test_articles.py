"""Single articles over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

ARTICLE = {"title": "한빛시 도서관 연다", "body": "한빛시가 물결공원에 도서관을 연다.", "outlet": "하늘일보"}


def test_an_article_lives_its_life(client: FlaskClient, article_id: str) -> None:
    path = f"/v1/articles/{article_id}"
    created = client.put(path, json=ARTICLE)
    assert (created.status_code, created.headers["Location"]) == (201, path)
    assert created.json["id"] == article_id
    assert created.json["title"] == ARTICLE["title"]
    assert created.json["char_count"] > 0
    assert "한빛시" in created.text

    read = client.get(path)
    assert read.status_code == 200
    assert read.json == created.json
    assert read.headers["ETag"] == created.headers["ETag"]
    assert read.headers["Cache-Control"] == "private, no-cache"

    same = client.put(path, json=ARTICLE | {"id": article_id, "subtitle": None})
    assert (same.status_code, same.headers["ETag"]) == (200, created.headers["ETag"])
    assert "Location" not in same.headers

    replaced = client.put(path, json=ARTICLE | {"title": "한빛시 도서관 닫는다"})
    assert replaced.status_code == 200
    assert replaced.headers["ETag"] != created.headers["ETag"]

    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404
    assert client.patch(path, json={"title": "x"}).status_code == 404


def test_posting_twice_gives_one_article(client: FlaskClient, article_id: str) -> None:
    article = ARTICLE | {"url": f"https://haneul.example/{article_id}"}
    first = client.post("/v1/articles", json=article)
    again = client.post("/v1/articles", json=article | {"title": "고친 제목"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["Location"] == f"/v1/articles/{again.json['id']}"
    named = client.post("/v1/articles", json=ARTICLE | {"id": article_id})
    assert (named.status_code, named.json["id"]) == (201, article_id)


@pytest.mark.parametrize("media_type", ["application/merge-patch+json", "application/json"])
def test_a_patch_is_enriched_again(client: FlaskClient, article_id: str, media_type: str) -> None:
    path = f"/v1/articles/{article_id}"
    client.put(path, json=ARTICLE | {"page": "A1"})
    body = '{"body": "공사비는 84억원이다.", "page": null}'.encode()
    patched = client.patch(path, data=body, content_type=media_type)
    assert patched.status_code == 200
    assert patched.json["page"] is None
    assert patched.json["outlet"] == ARTICLE["outlet"]
    assert [money["amount"] for money in patched.json["money"]] == [8_400_000_000]
    assert client.get(path).json == patched.json


def test_an_article_may_bear_the_name_of_a_call(client: FlaskClient) -> None:
    assert client.put("/v1/articles/bulk", json=ARTICLE).status_code in {200, 201}
    assert client.get("/v1/articles/bulk").json["id"] == "bulk"
    assert client.delete("/v1/articles/bulk").status_code == 204
    assert client.options("/v1/articles/bulk").headers["Allow"] == "OPTIONS, POST"


def test_a_write_can_be_waited_for(client: FlaskClient, article_id: str) -> None:
    word = f"낱말{article_id}"
    client.put(f"/v1/articles/{article_id}?refresh=wait_for", json=ARTICLE | {"tags": [word]})
    assert client.get("/v1/search", query_string={"tag": word}).json["total"]["value"] == 1
    client.patch(f"/v1/articles/{article_id}?refresh=wait_for", json={"tags": None})
    assert client.get("/v1/search", query_string={"tag": word}).json["total"]["value"] == 0
    client.delete(f"/v1/articles/{article_id}?refresh=wait_for")


def test_similar_articles_are_found(client: FlaskClient, article_id: str) -> None:
    text = "별빛천 산책로를 넓히는 공사가 시작되었다. 별빛천 산책로에는 나무 의자를 놓는다."
    ids = [f"{article_id}-{number}" for number in range(3)]
    for number, name in enumerate(ids):
        client.put(f"/v1/articles/{name}?refresh=wait_for", json={"title": f"별빛천 산책로 {number}", "body": text})
    found = client.get(f"/v1/articles/{ids[0]}/similar?size=2")
    assert found.status_code == 200
    assert {hit["id"] for hit in found.json["hits"]} == set(ids[1:])
    assert "body" not in found.json["hits"][0]["article"]
    assert client.get("/v1/articles/none-such/similar").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/articles/x?pretty=true"),
        ("PUT", "/v1/articles/x?refresh=true"),
        ("DELETE", "/v1/articles/x?refresh="),
        ("PATCH", "/v1/articles/x?refresh=wait_for&refresh=wait_for"),
        ("POST", "/v1/articles?op_type=create"),
        ("GET", "/v1/articles/x/similar?size=0"),
        ("GET", "/v1/articles/x/similar?size=101"),
        ("POST", "/v1/search?q=x"),
    ],
)
def test_a_query_parameter_that_does_not_fit_is_refused(client: FlaskClient, method: str, path: str) -> None:
    refused = client.open(path, method=method, json=ARTICLE)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["parameter"] == path.partition("?")[2].partition("=")[0]


@pytest.mark.parametrize("name", ["a b", "기사", "a" * 129, "%2E%2E", "a%00", "a:b"])
def test_a_path_that_holds_no_id_is_refused(client: FlaskClient, name: str) -> None:
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        refused = client.open(f"/v1/articles/{name}", method=method, json=ARTICLE)
        assert refused.status_code == 422
        assert refused.json["errors"][0]["parameter"] == "id"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31", "9999-12-31T14:59:59Z"])
def test_an_article_may_stand_at_either_end_of_the_calendar(client: FlaskClient, article_id: str, moment: str) -> None:
    article = {"title": f"소식 {article_id}", "body": "내일 연다. 내년 1월 5일, 어제와 지난해.", "published_at": moment}
    path = f"/v1/articles/{article_id}"
    assert client.put(f"{path}?refresh=wait_for", json=article).status_code == 201
    for interval in ("auto", "day", "week", "month", "year"):
        query = {"published_from": moment, "published_to": moment, "facets": "published", "interval": interval}
        found = client.get("/v1/search", query_string=query)
        assert found.json["total"]["value"] >= 1
        assert found.json["facets"]["published"]
    client.delete(f"{path}?refresh=wait_for")
