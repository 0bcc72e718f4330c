"""Many articles as NDJSON."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
import zstandard
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NDJSON = "application/x-ndjson"


def line(**values: Any) -> bytes:
    return json.dumps({"title": "한빛시 도서관 연다", "body": "물결공원에 연다."} | values, ensure_ascii=False).encode()


def send(client: FlaskClient, body: bytes, query: str = "", **headers: str) -> list[dict[str, Any]]:
    answer = client.post(f"/v1/articles/bulk{query}", data=body, content_type=NDJSON, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, NDJSON)
    return lines_of(answer)


def lines_of(answer: TestResponse) -> list[dict[str, Any]]:
    assert answer.data.endswith(b"\n")
    return [json.loads(text) for text in answer.data.splitlines()]


def test_each_line_gets_a_line(client: FlaskClient, article_id: str) -> None:
    body = b"\n".join(
        [
            line(id=f"{article_id}-a"),
            b"",
            b"not json",
            line(id=f"{article_id}-b", title=""),
            b"  \t\r",
            line(id=f"{article_id}-a", page="A1"),
            line(id=f"{article_id}-a", page="A1"),
            line(summary="x"),
            b'["array"]',
            b'{"title": "a", "title": "b"}',
            line(id=f"{article_id}-c") + b"\r",
        ]
    )
    answers = send(client, body)
    assert [(answer.get("line"), answer.get("status")) for answer in answers[:-1]] == [
        (1, 201),
        (3, 400),
        (4, 422),
        (6, 200),
        (7, 200),
        (8, 422),
        (9, 422),
        (10, 400),
        (11, 201),
    ]
    assert answers[0] == {"line": 1, "id": f"{article_id}-a", "status": 201}
    assert answers[2]["errors"][0]["pointer"] == "/title"
    assert answers[5]["errors"][0]["code"] == "derived"
    assert all(answer["errors"] for answer in answers[:-1] if answer["status"] >= 400)
    assert answers[-1] == {"summary": {"lines": 9, "created": 2, "replaced": 1, "unchanged": 1, "failed": 5}}
    assert client.get(f"/v1/articles/{article_id}-a").json["page"] == "A1"
    assert client.get(f"/v1/articles/{article_id}-b").status_code == 404


def test_nothing_at_all_is_a_summary_of_nothing(client: FlaskClient) -> None:
    nothing = {"summary": {"lines": 0, "created": 0, "replaced": 0, "unchanged": 0, "failed": 0}}
    assert send(client, b"") == [nothing]
    assert send(client, b"\n\n \n") == [nothing]


def test_sending_all_again_changes_nothing(client: FlaskClient, article_id: str) -> None:
    body = b"\n".join(line(url=f"https://haneul.example/{article_id}/{number}") for number in range(250))
    first, again = send(client, body), send(client, body)
    assert first[-1]["summary"] == {"lines": 250, "created": 250, "replaced": 0, "unchanged": 0, "failed": 0}
    assert again[-1]["summary"] == {"lines": 250, "created": 0, "replaced": 0, "unchanged": 250, "failed": 0}
    assert [answer["id"] for answer in first[:-1]] == [answer["id"] for answer in again[:-1]]


def test_a_line_that_is_too_long_is_refused_alone(client: FlaskClient, article_id: str) -> None:
    huge = b'{"title": "' + b"a" * (3 << 20) + b'"}'
    edge = line(id=f"{article_id}-edge").ljust(1 << 20)
    body = b"\n".join([line(id=f"{article_id}-a"), huge, line(id=f"{article_id}-b"), edge, edge + b" ", huge])
    answers = send(client, body)
    assert [answer["status"] for answer in answers[:-1]] == [201, 413, 201, 201, 413, 413]
    assert [answer["line"] for answer in answers[:-1]] == [1, 2, 3, 4, 5, 6]
    assert answers[-1]["summary"]["failed"] == 3


def test_errors_are_told_in_the_language_of_the_reader(client: FlaskClient) -> None:
    (refused, _) = send(client, b"x", **{"Accept-Language": "en-GB, ko;q=0.5"})
    assert refused["errors"][0]["message"].startswith("This is no valid JSON")


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_compressed_stream_is_inflated(client: FlaskClient, article_id: str, encoding: str) -> None:
    plain = b"\n".join(line(id=f"{article_id}-{number}") for number in range(300))
    middle = len(plain) // 2
    compress = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    body = compress(plain[:middle]) + compress(plain[middle:])
    answers = send(client, body, **{"Content-Encoding": encoding})
    assert answers[-1]["summary"]["created"] == 300


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_bomb_of_blanks_is_read_to_its_end(client: FlaskClient, encoding: str) -> None:
    compress = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    answers = send(client, compress(b" " * (64 << 20) + b"\nx"), **{"Content-Encoding": encoding})
    assert [answer.get("status") for answer in answers] == [413, 400, None]


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_what_came_before_a_break_is_stored_and_the_rest_is_not(
    client: FlaskClient, article_id: str, encoding: str
) -> None:
    compress = {"gzip": gzip.compress, "zstd": zstandard.compress}[encoding]
    whole = compress(line(id=f"{article_id}-a") + b"\n" + line(id=f"{article_id}-b")[:-4])
    answers = send(client, whole + compress(b"rest of it")[:-6], **{"Content-Encoding": encoding})
    assert [(answer.get("line"), answer.get("status")) for answer in answers[:-1]] == [(1, 201), (2, 400)]
    assert answers[-1]["summary"] == {"lines": 2, "created": 1, "replaced": 0, "unchanged": 0, "failed": 1}
    assert client.get(f"/v1/articles/{article_id}-a").status_code == 200
    assert client.get(f"/v1/articles/{article_id}-b").status_code == 404


def test_the_writes_can_be_waited_for(client: FlaskClient, article_id: str) -> None:
    tag = f"표시{article_id}"
    send(client, b"\n".join(line(id=f"{article_id}-{number}", tags=[tag]) for number in range(20)), "?refresh=wait_for")
    assert client.get("/v1/search", query_string={"tag": tag}).json["total"]["value"] == 20


@pytest.mark.parametrize(
    ("media_type", "encoding", "query", "status"),
    [
        ("application/json", None, "", 415),
        (None, None, "", 415),
        ("application/x-ndjson; charset=euc-kr", None, "", 415),
        (NDJSON, "br", "", 415),
        (NDJSON, None, "?refresh=now", 422),
        (NDJSON, None, "?dry_run=true", 422),
    ],
)
def test_a_bulk_that_cannot_begin_is_refused_whole(
    client: FlaskClient, article_id: str, media_type: str | None, encoding: str | None, query: str, status: int
) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    body = line(id=article_id)
    refused = client.post(f"/v1/articles/bulk{query}", data=body, content_type=media_type, headers=headers)
    assert (refused.status_code, refused.mimetype) == (status, "application/problem+json")
    assert client.get(f"/v1/articles/{article_id}").status_code == 404
