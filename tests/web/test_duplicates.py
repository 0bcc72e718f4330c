"""Copies over HTTP: who was first, what they have in common, and what an ETag says of it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.contract.wire import LIGHT, ORIGINAL, OTHER, TRUNCATED

TIMES = {"a": "2026-01-15T10:00:00+09:00", "b": "2026-01-15T09:00:00+09:00", "c": "2026-01-15T11:00:00+09:00"}


@pytest.fixture
def paths(client: FlaskClient, article_id: str) -> dict[str, str]:
    """Return the paths of three copies: b was first, then a, then c."""
    bodies = {"a": ORIGINAL, "b": LIGHT, "c": TRUNCATED}
    paths = {key: f"/v1/articles/{article_id}-{key}" for key in bodies}
    for key, body in bodies.items():
        stored = client.put(f"{paths[key]}?refresh=wait_for", json=article(body, article_id, TIMES[key]))
        assert stored.status_code == 201
        assert client.get(paths[key]).json == stored.json
        assert client.get(paths[key]).headers["ETag"] == stored.headers["ETag"]
    return paths


def article(body: str, own: str, published_at: str) -> dict[str, str]:
    """Return an article whose words are told apart from those of other tests."""
    return {"title": "뱃길", "body": re.sub(r"(\w+)", rf"\g<1>{word_of(own)}", body), "published_at": published_at}


def word_of(own: str) -> str:
    """Return a test's own name as one word."""
    return re.sub(r"\W", "", own)


def test_copies_come_in_order_with_their_likeness(client: FlaskClient, paths: dict[str, str], article_id: str) -> None:
    found = client.get(f"{paths['a']}/duplicates")
    assert found.status_code == 200
    assert found.json["total"] == 2
    assert [copy["id"] for copy in found.json["copies"]] == [f"{article_id}-b", f"{article_id}-c"]
    assert all(0.5 < copy["similarity"] < 1 for copy in found.json["copies"])
    assert "body" not in found.json["copies"][0]["article"]
    stored = {key: client.get(path).json for key, path in paths.items()}
    assert {each["story_id"] for each in stored.values()} == {found.json["story_id"]}
    first = f"{article_id}-b"
    assert {key: each["duplicate_of"] for key, each in stored.items()} == {"a": first, "b": None, "c": first}
    fewer = client.get(f"{paths['b']}/duplicates?size=1").json
    assert (fewer["total"], [copy["id"] for copy in fewer["copies"]]) == (2, [f"{article_id}-a"])


def test_an_article_alone_has_no_copies(client: FlaskClient, article_id: str) -> None:
    path = f"/v1/articles/{article_id}"
    stored = client.put(path, json=article(OTHER, article_id, TIMES["a"])).json
    alone = {"story_id": stored["story_id"], "total": 0, "copies": []}
    assert client.get(f"{path}/duplicates").json == alone
    assert client.get("/v1/articles/none-such/duplicates").status_code == 404
    for query in ("size=0", "size=101", "copies=1"):
        refused = client.get(f"{path}/duplicates?{query}")
        assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, query.partition("=")[0])


def test_a_search_groups_what_joined_and_parted(client: FlaskClient, paths: dict[str, str], article_id: str) -> None:
    query = {"group": "story", "q": f'본문:"가온시는{word_of(article_id)}"'}
    assert [hit["copies"] for hit in client.get("/v1/search", query_string=query).json["hits"]] == [2]
    client.delete(f"{paths['a']}?refresh=wait_for")
    parted = client.get("/v1/search", query_string=query).json
    assert (parted["total"]["value"], parted["stories"]) == (2, 2)


def test_a_copy_that_comes_in_changes_the_tag_for_readers_and_not_for_writers(
    client: FlaskClient, article_id: str
) -> None:
    path, copy = f"/v1/articles/{article_id}-own", f"/v1/articles/{article_id}-copy"
    before = client.put(path, json=article(ORIGINAL, article_id, TIMES["a"])).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": before}).status_code == 304
    client.put(f"{copy}?refresh=wait_for", json=article(ORIGINAL, article_id, TIMES["b"]))
    read = client.get(path, headers={"If-None-Match": before})
    assert (read.status_code, read.json["duplicate_of"]) == (200, f"{article_id}-copy")
    assert read.headers["ETag"] != before
    assert client.get(path, headers={"If-None-Match": read.headers["ETag"]}).status_code == 304
    assert client.patch(path, json={"page": "A3"}, headers={"If-Match": before}).status_code == 200
    assert client.patch(path, json={"page": "A4"}, headers={"If-Match": before}).status_code == 412
