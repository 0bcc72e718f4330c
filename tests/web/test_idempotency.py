"""`Idempotency-Key`: a request that comes again gets its first answer."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

ARTICLE = {"title": "한빛시 도서관 연다", "body": "물결공원에 연다."}
COPY = "한빛시 도서관 연다\n\n한빛시가 물결공원에 도서관을 연다고 15일 밝혔다.\n".encode()


def test_the_first_answer_is_given_again(client: FlaskClient, article_id: str) -> None:
    document = ARTICLE | {"id": article_id}
    headers = {"Idempotency-Key": f"key-{article_id}"}
    first = client.post("/v1/articles", json=document, headers=headers)
    client.put(f"/v1/articles/{article_id}", json=ARTICLE | {"page": "A9"})
    again = client.post("/v1/articles", json=document, headers=headers)
    assert first.status_code == again.status_code == 201
    assert again.data == first.data
    for name in ("ETag", "Location", "Content-Type", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert client.get(f"/v1/articles/{article_id}").json["page"] == "A9"


def test_a_key_of_another_request_conflicts(client: FlaskClient, article_id: str) -> None:
    headers = {"Idempotency-Key": f"key-{article_id}"}
    client.post("/v1/articles", json=ARTICLE | {"id": article_id}, headers=headers)
    for path, body, media_type in (
        ("/v1/articles", b'{"title": "a", "body": "b"}', "application/json"),
        ("/v1/articles?refresh=wait_for", b'{"title": "a", "body": "b"}', "application/json"),
        ("/v1/press-copy", COPY, "text/plain"),
    ):
        refused = client.post(path, data=body, content_type=media_type, headers=headers)
        assert (refused.status_code, refused.json["type"]) == (409, "urn:gisa:problem:conflict")


def test_a_malformed_precondition_is_refused_before_an_answer_is_given_again(
    client: FlaskClient, article_id: str
) -> None:
    headers = {"Idempotency-Key": f"key-{article_id}"}
    client.post("/v1/articles", json=ARTICLE | {"id": article_id}, headers=headers)
    again = client.post("/v1/articles", json=ARTICLE | {"id": article_id}, headers=headers | {"If-None-Match": "AAA"})
    assert again.status_code == 400


def test_a_refused_request_leaves_its_key_free(client: FlaskClient, article_id: str) -> None:
    headers = {"Idempotency-Key": f"key-{article_id}"}
    assert client.post("/v1/articles", json={"title": "x"}, headers=headers).status_code == 422
    assert client.post("/v1/articles", json=ARTICLE | {"id": article_id}, headers=headers).status_code == 201


def test_press_copy_is_stored_once(client: FlaskClient, article_id: str) -> None:
    headers = {"Idempotency-Key": f"key-{article_id}"}
    shown = client.post("/v1/press-copy?dry_run=true", data=COPY, content_type="text/plain", headers=headers)
    assert shown.status_code == 200
    first = client.post("/v1/press-copy", data=COPY, content_type="text/plain", headers=headers)
    again = client.post("/v1/press-copy", data=COPY, content_type="text/plain", headers=headers)
    assert (first.status_code, again.status_code, again.data) == (201, 201, first.data)


@pytest.mark.parametrize("key", ["", "a" * 256, "a b", "열쇠".encode().decode("latin-1"), "a\tb"])
@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/v1/articles", "application/json"),
        ("/v1/press-copy", "text/plain"),
        ("/v1/articles/bulk", "application/x-ndjson"),
    ],
)
def test_a_key_that_cannot_be_one_is_refused(client: FlaskClient, path: str, media_type: str, key: str) -> None:
    refused = client.post(path, data=b"{}", content_type=media_type, headers={"Idempotency-Key": key})
    assert (refused.status_code, refused.json["type"]) == (400, "urn:gisa:problem:malformed-request")


def test_a_key_at_the_edge_is_taken(client: FlaskClient, article_id: str) -> None:
    key = f"!~{article_id}".ljust(255, "k")
    answer = client.post("/v1/articles", json=ARTICLE | {"id": article_id}, headers={"Idempotency-Key": key})
    assert answer.status_code == 201
