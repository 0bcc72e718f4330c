"""ETags: reads that are not repeated, writes that do not overwrite."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

ARTICLE = {"title": "한빛시 도서관 연다", "body": "물결공원에 연다. " * 100}


@pytest.fixture
def path(client: FlaskClient, article_id: str) -> str:
    path = f"/v1/articles/{article_id}"
    assert client.put(path, json=ARTICLE).status_code == 201
    return path


def test_what_the_client_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    assert etag.startswith('"')
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        unchanged = client.get(path, headers={"If-None-Match": known})
        assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", etag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_the_etag_of_a_compressed_answer_still_matches(client: FlaskClient, path: str, encoding: str) -> None:
    compressed = client.get(path, headers={"Accept-Encoding": encoding})
    assert compressed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in compressed.headers["Vary"]
    etag = compressed.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag, "Accept-Encoding": encoding})
    assert again.status_code == 304
    assert client.put(path, json=ARTICLE | {"page": encoding}, headers={"If-Match": etag}).status_code == 200


def test_a_stale_etag_stops_every_write(client: FlaskClient, path: str) -> None:
    stale = client.get(path).headers["ETag"]
    fresh = client.put(path, json=ARTICLE | {"page": "A2"}, headers={"If-Match": stale}).headers["ETag"]
    for headers in ({"If-Match": stale}, {"If-Match": f"W/{fresh}"}, {"If-None-Match": "*"}):
        assert client.put(path, json=ARTICLE | {"page": "A3"}, headers=headers).status_code == 412
        assert client.patch(path, json={"page": "A3"}, headers=headers).status_code == 412
        assert client.delete(path, headers=headers).status_code == 412
    assert client.get(path, headers={"If-Match": stale}).status_code == 412
    assert client.get(path).json["page"] == "A2"
    for headers in ({"If-Match": fresh}, {"If-Match": f'"x",\t{fresh}'}):
        assert client.get(path, headers=headers).status_code == 200
    assert client.patch(path, json={"page": "A4"}, headers={"If-Match": "*"}).status_code == 200
    assert client.delete(path, headers={"If-Match": client.get(path).headers["ETag"]}).status_code == 204


def test_only_what_is_not_there_is_created(client: FlaskClient, article_id: str) -> None:
    path = f"/v1/articles/{article_id}-new"
    assert client.put(path, json=ARTICLE, headers={"If-Match": "*"}).status_code == 412
    assert client.put(path, json=ARTICLE, headers={"If-Match": '"1"'}).status_code == 412
    assert client.get(path).status_code == 404
    assert client.put(path, json=ARTICLE, headers={"If-None-Match": "*"}).status_code == 201
    assert client.put(path, json=ARTICLE, headers={"If-None-Match": "*"}).status_code == 412


@pytest.mark.parametrize("header", ["", "1", '"1', '"1" "2"', '"1",', 'w/"1"', '*, "1"', '"a\x7fb"', '"a b"'])
def test_a_malformed_precondition_is_refused(client: FlaskClient, path: str, header: str) -> None:
    answers = [
        client.get(path, headers={"If-Match": header}),
        client.get(path, headers={"If-None-Match": header}),
        client.put(path, json=ARTICLE, headers={"If-Match": header}),
        client.put(path, json=ARTICLE, headers={"If-None-Match": header}),
        client.patch(path, json={}, headers={"If-Match": header}),
        client.delete(path, headers={"If-Match": header}),
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert client.get(path).status_code == 200


def test_a_write_compares_versions_by_if_match_alone(client: FlaskClient, path: str) -> None:
    assert client.put(path, json=ARTICLE, headers={"If-None-Match": '"1"'}).status_code == 400
