"""Streams over real sockets: chunked bodies, slow and rude clients."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., tuple[http.client.HTTPResponse, bytes]]
NDJSON = "application/x-ndjson"
MIB = 1 << 20


def article(article_id: str, **values: Any) -> bytes:
    document = {"id": article_id, "title": "한빛시 도서관 연다", "body": "물결공원에 연다."} | values
    return json.dumps(document, ensure_ascii=False).encode()


def chunked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"


def head(path: str, media_type: str, *extra: str, method: str = "POST") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Type: {media_type}", *extra, "", ""]
    return "\r\n".join(lines).encode()


def exchange(service: Any, sent: bytes) -> bytes:
    with service.socket() as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(1 << 16):
            received += piece
    return received


def test_a_chunked_body_over_the_limit_is_refused_and_not_cut(live: Ask, article_id: str) -> None:
    path = f"/v1/articles/{article_id}"
    whole = json.dumps({"title": "a", "body": "b"}).encode()

    def pieces() -> Iterator[bytes]:
        yield whole
        for _ in range(80):
            yield b" " * (MIB // 16)

    refused, body = live("PUT", path, pieces(), Content_Type="application/json")
    assert refused.status == 413
    assert json.loads(body)["type"] == "urn:gisa:problem:too-large"
    assert live("GET", path)[0].status == 404


@pytest.mark.parametrize("size", [5 * MIB, 40 * MIB])
def test_the_answer_to_a_body_over_the_limit_reaches_the_client(live: Ask, article_id: str, size: int) -> None:
    for media_type, status in (("application/json", 413), ("text/csv", 415)):
        answer, _ = live("PUT", f"/v1/articles/{article_id}", b" " * size, Content_Type=media_type)
        assert answer.status == status


def test_a_chunked_body_is_taken(live: Ask, article_id: str) -> None:
    body = gzip.compress(article(article_id))
    stored, _ = live(
        "PUT",
        f"/v1/articles/{article_id}",
        (body[start : start + 7] for start in range(0, len(body), 7)),
        Content_Type="application/json",
        Content_Encoding="gzip",
    )
    assert stored.status == 201


@pytest.mark.parametrize(
    "rest",
    [
        b'5\r\n{"tit',
        b"zz\r\n",
        b'5\r\n{"titXX\r\n0\r\n\r\n',
        b"-5\r\n",
        b"ffffffffffffffffffff\r\n",
    ],
)
def test_a_chunked_body_that_breaks_off_is_refused(service: Any, live: Ask, article_id: str, rest: bytes) -> None:
    path = f"/v1/articles/{article_id}"
    received = exchange(service, head(path, "application/json", "Transfer-Encoding: chunked", method="PUT") + rest)
    assert received == b"" or received.startswith(b"HTTP/1.1 400 ")
    assert live("GET", path)[0].status == 404


def test_a_body_shorter_than_it_says_is_refused(service: Any, live: Ask, article_id: str) -> None:
    path, body = f"/v1/articles/{article_id}", article(article_id)
    longer = f"Content-Length: {len(body) + 10}"
    assert exchange(service, head(path, "application/json", longer, method="PUT") + body).startswith(b"HTTP/1.1 400 ")
    assert live("GET", path)[0].status == 404


def test_a_path_that_is_not_utf8_is_refused(live: Ask) -> None:
    for path in ("/v1/articles/%FF", "/v1/articles/%C3%28/similar", "/%ED%A0%80"):
        assert live("GET", path)[0].status == 400


def test_a_long_address_is_refused_with_a_problem(live: Ask) -> None:
    answer, body = live("GET", "/v1/search?q=" + "a" * 9_000)
    assert (answer.status, json.loads(body)["status"]) == (414, 414)


def test_a_client_may_send_everything_before_it_reads(service: Any, article_id: str) -> None:
    # Refused lines make the answer larger than what sockets buffer: a service that waits for its reader would hang.
    count = 60_000
    with service.socket(timeout=120) as connection:
        connection.sendall(head("/v1/articles/bulk", NDJSON, "Transfer-Encoding: chunked", "Connection: close"))
        for _ in range(count // 1_000):
            block = b"{}\n" * 999 + article(article_id) + b"\n"
            connection.sendall(f"{len(block):x}\r\n".encode() + block + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        lines = response.read().splitlines()
    assert len(lines) == count + 1
    summary = json.loads(lines[-1])["summary"]
    assert (summary["lines"], summary["created"], summary["unchanged"]) == (count, 1, count // 1_000 - 1)


def test_lines_are_answered_while_more_are_sent(service: Any, article_id: str) -> None:
    with service.socket() as connection:
        connection.sendall(head("/v1/articles/bulk", NDJSON, "Transfer-Encoding: chunked", "Connection: close"))
        first = b"".join(article(f"{article_id}-{number}") + b"\n" for number in range(300))
        connection.sendall(f"{len(first):x}\r\n".encode() + first + b"\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert json.loads(response.readline())["status"] == 201
        connection.sendall(b"3\r\nx\n\n\r\n0\r\n\r\n")
        lines = response.read().splitlines()
    assert json.loads(lines[-1])["summary"] == {
        "lines": 301,
        "created": 300,
        "replaced": 0,
        "unchanged": 0,
        "failed": 1,
    }


def test_what_came_before_the_input_broke_off_stays_answered(service: Any, live: Ask, article_id: str) -> None:
    lines = b"".join(article(f"{article_id}-{number}") + b"\n" for number in range(150))
    broken = lines + article(f"{article_id}-broken")
    sent = head("/v1/articles/bulk", NDJSON, "Transfer-Encoding: chunked", "Connection: close")
    received = exchange(service, sent + f"{len(broken) + 9:x}\r\n".encode() + broken)
    answers = [json.loads(text) for text in received.split(b"\r\n") for text in text.splitlines() if text[:1] == b"{"]
    *stored, refused, last = answers
    # The server holds back what it read when the connection broke, so some of the lines that were sent never came.
    assert len(stored) > 50
    assert {answer["status"] for answer in stored} == {201}
    assert (refused["line"], refused["status"]) == (len(stored) + 1, 400)
    assert last["summary"] == {
        "lines": len(answers) - 1,
        "created": len(stored),
        "replaced": 0,
        "unchanged": 0,
        "failed": 1,
    }
    for number in range(150):
        status = live("GET", f"/v1/articles/{article_id}-{number}")[0].status
        assert status == (200 if number < len(stored) else 404)


def test_a_client_that_leaves_holds_nothing(service: Any, live: Ask, article_id: str) -> None:
    for number in range(12):  # more than there are threads
        connection = service.socket()
        connection.sendall(head("/v1/articles/bulk", NDJSON, "Transfer-Encoding: chunked"))
        block = article(f"{article_id}-{number}") + b"\n"
        connection.sendall(f"{len(block):x}\r\n".encode() + block + b"\r\n")
        connection.close()
    until = time.monotonic() + 20
    while _threads(service) > 30 and time.monotonic() < until:
        time.sleep(0.2)
    assert _threads(service) <= 30
    assert live("GET", "/readyz")[0].status == 200


def test_memory_does_not_grow_with_the_length_of_a_bulk(service: Any) -> None:
    def send(lines: int) -> None:
        connection = service.connect(timeout=120)
        blocks = (b'{"title": "", "body": "' + b"a" * 1_000 + b'"}\n' for _ in range(lines))
        connection.request("POST", "/v1/articles/bulk", chunks_of(blocks), {"Content-Type": NDJSON})
        response = connection.getresponse()
        while response.read(1 << 16):
            pass
        connection.close()

    def chunks_of(lines: Iterator[bytes]) -> Iterator[bytes]:
        while block := b"".join(line for line, _ in zip(lines, range(200), strict=False)):
            yield block

    send(2_000)
    before = _memory(service)
    send(40_000)
    assert _memory(service) - before < 40 * MIB


def _workers(service: Any) -> list[Path]:
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text()
    return [Path("/proc") / pid for pid in children.split()]


def _threads(service: Any) -> int:
    return sum(len(list((worker / "task").iterdir())) for worker in _workers(service))


def _memory(service: Any) -> int:
    resident = [
        int(line.split()[1]) * 1024
        for worker in _workers(service)
        for line in (worker / "status").read_text().splitlines()
        if line.startswith("VmRSS:")
    ]
    return sum(resident)
