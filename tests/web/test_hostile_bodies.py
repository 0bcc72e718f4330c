"""Bodies that nobody should send: the status, what is named, and nothing half-written."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
import zstandard
from flask.testing import FlaskClient

ARTICLE = {"title": "한빛시 도서관 연다", "body": "물결공원에 연다."}
VALID = json.dumps(ARTICLE).encode()
JSON = "application/json"
MIB = 1 << 20


def article(**change: Any) -> bytes:
    return json.dumps(ARTICLE | change).encode()


def gzipped(data: bytes) -> bytes:
    # Without the time of day: the names of the tests hold these bytes, and every worker has to find the same names.
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    ("body", "media_type", "encoding", "status"),
    [
        (b"", JSON, None, 400),
        (VALID[:-5], JSON, None, 400),
        (b'{"title": "a", "title": "b", "body": "c"}', JSON, None, 400),
        (b'{"title": NaN, "body": "c"}', JSON, None, 400),
        (b'{"title": "\xff", "body": "c"}', JSON, None, 400),
        (VALID.decode().encode("utf-16"), JSON, None, 400),
        (b'{"x": ' + b"[" * 64 + b"]" * 64 + b"}", JSON, None, 400),
        (b'{"x": ' + b"[" * 63 + b"]" * 63 + b"}", JSON, None, 422),
        (b"[]", JSON, None, 422),
        (b"null", JSON, None, 422),
        (article(title="a\x00"), JSON, None, 422),
        (article(title="\ud800"), JSON, None, 422),
        (article(**{"\ud800": 1}), JSON, None, 422),
        (article(title=1), JSON, None, 422),
        (article(tags=[10**400]), JSON, None, 422),
        (b'{"title": 1e999, "body": "c"}', JSON, None, 422),
        (article(char_count=1), JSON, None, 422),
        (article(body="가" * 200_001), JSON, None, 422),
        (article(body="a" * (4 * MIB)), JSON, None, 413),
        (gzipped(article(body="a" * (4 * MIB))), JSON, "gzip", 413),
        (gzipped(VALID) + gzipped(b" " * 5 * MIB), JSON, "gzip", 413),
        (zstandard.compress(b" " * 100 * MIB), JSON, "zstd", 413),
        (gzipped(VALID)[:-4], JSON, "gzip", 400),
        (gzipped(VALID) + b"rest", JSON, "gzip", 400),
        (VALID, JSON, "gzip", 400),
        (b"", JSON, "gzip", 400),
        (zstandard.compress(VALID)[:-4], JSON, "zstd", 400),
        (zstandard.compress(VALID) + b"rest", JSON, "zstd", 400),
        (VALID, JSON, "zstd", 400),
        (VALID, JSON, "br", 415),
        (VALID, JSON, "gzip, gzip", 415),
        (VALID, None, None, 415),
        (VALID, "", None, 415),
        (VALID, "text/json", None, 415),
        (VALID, "text/plain", None, 415),
        (VALID, "application/merge-patch+json", None, 415),
        (VALID, "application/vnd.gisa+json", None, 415),
        (VALID, "application/json; charset=euc-kr", None, 415),
        (VALID, "application/json; charset=none-such", None, 415),
        (VALID, 'application/json; charset="\x00"', None, 415),
        (VALID, "multipart/form-data; boundary=x", None, 415),
        (VALID, "application/x-www-form-urlencoded", None, 415),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_hostile_body_is_refused_and_nothing_is_stored(
    client: FlaskClient, article_id: str, body: bytes, media_type: str | None, encoding: str | None, status: int
) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    path = f"/v1/articles/{article_id}"
    for method in ("PUT", "PATCH"):
        if method == "PATCH" and (media_type or "").startswith("application/merge-patch"):
            continue
        refused = client.open(path, method=method, data=body, content_type=media_type, headers=headers)
        assert refused.status_code == status
        assert refused.mimetype == "application/problem+json"
        assert refused.json["status"] == status
        assert (status == 422) is bool(refused.json.get("errors"))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "media_type", "encoding"),
    [
        (b"\xef\xbb\xbf" + VALID, JSON, None),
        (VALID, "application/json; charset=UTF-8", None),
        (VALID, 'Application/JSON;charset="utf8"', None),
        (VALID, JSON, "identity"),
        (gzipped(VALID), JSON, "gzip"),
        (gzipped(VALID[:9]) + gzipped(VALID[9:]), JSON, "x-gzip"),
        (zstandard.compress(VALID), JSON, "zstd"),
        (zstandard.compress(VALID[:9]) + zstandard.compress(VALID[9:]), JSON, "ZSTD"),
        (article(body="가" * 200_000), JSON, None),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_body_in_any_good_form_is_taken(
    client: FlaskClient, article_id: str, body: bytes, media_type: str, encoding: str | None
) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    stored = client.put(f"/v1/articles/{article_id}", data=body, content_type=media_type, headers=headers)
    assert stored.status_code == 201


def test_the_type_is_looked_at_only_where_the_method_is_right(client: FlaskClient) -> None:
    assert client.put("/v1/search", data=b"x", content_type="text/plain").status_code == 405
    assert client.post("/v1/nothing", data=b"x", content_type="text/plain").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%FF", 400),
        ("q=%ED%A0%80", 400),
        ("q=%C3", 400),
        ("%FF=a", 400),
        ("q=%00", 422),
        ("q=a%1B", 422),
        ("q=a&q=b", 422),
        ("Q=a", 422),
        ("size=", 422),
        ("size=101", 422),
        ("size=0", 422),
        ("facet_size=1001", 422),
        ("q=%28", 400),
        ("q=*", 400),
        ("q=-", 400),
        ("q=...", 400),
        ("q=*%EA%B0%80", 400),
        ("q=" + "a" * 1_025, 400),
        ("q=" + "+".join("a" * 65), 400),
        ("q=" + "%28" * 17 + "a" + "%29" * 17, 400),
        ("q=%22%EA%B0%80", 400),
        ("cursor=x", 400),
        ("cursor=" + "A" * 200, 400),
        ("cursor=%F0%9F%97%9E", 400),
        ("published_from=2026-02-30", 422),
        ("published_from=2026-02-01&published_to=2026-01-01", 422),
        ("interval=day&facets=published&published_from=1900-01-01", 200),
        ("q=", 200),
        ("q=%EC%88%98&", 200),
        ("", 200),
        ("q=100%25", 200),
        ("outlet=" + "%EA%B0%80" * 2_000, 200),
        ("published_to=9999-12-31", 200),
        ("published_from=0001-01-02", 200),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_hostile_query_gets_its_status(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/v1/search?{query}")
    assert answer.status_code == status
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
    if status == 422:
        assert answer.json["errors"][0]["parameter"] == query.partition("=")[0]


def test_text_in_any_form_of_unicode_is_taken(client: FlaskClient, article_id: str) -> None:
    title = "\u1109\u116e\u1109\u1165\u11bc\u1100\u116e \u202edrow\u202c 도\u200b서관 \U0001f4f0"
    stored = client.put(f"/v1/articles/{article_id}?refresh=wait_for", json={"title": title, "body": "\ufeff본문"})
    assert stored.status_code == 201
    assert stored.json["title"].startswith("수성구")
    found = client.get("/v1/search", query_string={"q": "수성구 도서관"})
    assert article_id in {hit["id"] for hit in found.json["hits"]}
