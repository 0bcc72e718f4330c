"""The worker of the web server: Hangul in an address is read, and what cannot be read is answered as a problem."""

from __future__ import annotations

import errno
import json
import re
import socket
import time
from typing import Any, ClassVar

from gunicorn.http import errors as http_errors
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import ThreadWorker

from schemas.problems import ProblemType, problem
from service.domain.errors import Message

_MALFORMED = ProblemType(400, "malformed-request", Message("읽을 수 없는 요청", "Bad Request"))


_NOT_ASCII = re.compile(rb"[\x80-\xff]")


class _Request(Request):  # type: ignore[misc] # gunicorn carries no types
    def parse_request_line(self, line_bytes: bytes) -> None:
        # curl and many scripts send what was typed, `?q=도서관`, and not the percent-encoding that it stands for.
        super().parse_request_line(_NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line_bytes))


_HEAD_SECONDS = 5.0
"""In which a request line and its headers have to come: until then they hold a thread."""


class _SlowHead(http_errors.ParseException):  # type: ignore[misc] # gunicorn carries no types
    """The request line and headers did not come in time."""


class _Unreader(SocketUnreader):  # type: ignore[misc] # gunicorn carries no types
    deadline: float | None = None

    def chunk(self, size_hint: int | None = None) -> Any:
        if self.deadline is None:
            return super().chunk(size_hint)
        # Every piece has what is left, as a client may send a byte at a time.
        self.sock.settimeout(max(self.deadline - time.monotonic(), 0.001))
        try:
            return super().chunk(size_hint)
        except TimeoutError as error:
            raise _SlowHead from error
        finally:
            self.sock.settimeout(None)


class _Parser(RequestParser):  # type: ignore[misc] # gunicorn carries no types
    mesg_class = _Request

    def __init__(self, cfg: Any, source: Any, source_addr: Any) -> None:
        super().__init__(cfg, source, source_addr)
        self.unreader = _Unreader(source)

    def __next__(self) -> Any:
        self.unreader.deadline = time.monotonic() + _HEAD_SECONDS
        try:
            return super().__next__()
        finally:
            self.unreader.deadline = None


class ProblemWorker(ThreadWorker):  # type: ignore[misc] # gunicorn carries no types
    """A threaded worker that reads addresses as they are typed and whose refusals are problem+json."""

    PROBLEMS: ClassVar[dict[type[Exception], tuple[ProblemType, Message]]] = {
        _SlowHead: (
            ProblemType(408, "request-timeout", Message("너무 느린 요청", "Request Timeout")),
            Message(
                "요청 줄과 머리글이 5초 안에 오지 않았습니다. 다시 보내세요.",
                "The request line and headers did not come within 5 seconds. Send them again.",
            ),
        ),
        http_errors.LimitRequestLine: (
            ProblemType(414, "uri-too-long", Message("너무 긴 주소", "URI Too Long")),
            Message(
                "주소가 8,190바이트를 넘습니다. 긴 검색은 POST /v1/search로 보내세요.",
                "The address is over 8,190 bytes. Send a long search to POST /v1/search.",
            ),
        ),
        http_errors.LimitRequestHeaders: (
            ProblemType(431, "header-too-large", Message("너무 큰 머리글", "Request Header Fields Too Large")),
            Message(
                "머리글이 너무 크거나 많습니다. 쿠키와 머리글을 줄이세요.",
                "The header fields are too large or too many. Send fewer cookies and headers.",
            ),
        ),
        http_errors.UnsupportedTransferCoding: (
            ProblemType(501, "unsupported-transfer-coding", Message("받지 않는 전송 방식", "Not Implemented")),
            Message(
                "Transfer-Encoding은 chunked만 받습니다.",
                "Of transfer codings only chunked is taken.",
            ),
        ),
        http_errors.ExpectationFailed: (
            ProblemType(417, "expectation-failed", Message("받지 않는 Expect", "Expectation Failed")),
            Message("Expect는 100-continue만 받습니다.", "Of expectations only 100-continue is taken."),
        ),
    }

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to take connections; at a stop those that have come by then are still taken."""
        if not (enabled or self.alive):
            self._accept_waiting()
        super().set_accept_enabled(enabled)

    def accept(self, listener: socket.socket) -> None:
        """Take a connection; there is none where the service has ceased to listen a moment ago."""
        try:
            super().accept(listener)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise

    def _accept_waiting(self) -> None:
        for listener in self.sockets:
            taken = -1
            while taken < self.nr_conns:
                taken = self.nr_conns
                self.accept(listener)

    def handle(self, conn: Any) -> Any:
        """Answer the requests of a connection."""
        if conn.parser is None:
            conn.parser = _Parser(self.cfg, conn.sock, conn.client)
        return super().handle(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer a request that could not be read; everything else is left to gunicorn, which logs it."""
        found = self._problem_of(exc)
        if found is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.info("Refused a request that cannot be read: %r", exc)
        try:
            client.sendall(_answer(*found))
        except OSError as error:
            self.log.debug("The client left before it was answered: %s", error)

    def _problem_of(self, exc: Exception) -> tuple[ProblemType, Message] | None:
        if isinstance(exc, http_errors.InvalidResponseHeader | http_errors.InvalidResponseHeaderName):
            return None
        for kind, found in self.PROBLEMS.items():
            if isinstance(exc, kind):
                return found
        if isinstance(exc, http_errors.ParseException):
            return _MALFORMED, Message(
                "HTTP 요청을 읽을 수 없습니다. 요청 줄과 머리글을 확인하세요.",
                "The HTTP request cannot be read. Check its request line and headers.",
            )
        return None


def _answer(kind: ProblemType, detail: Message) -> bytes:
    body = json.dumps(problem(kind, detail, "ko"), ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {kind.status} {kind.title.en}\r\nConnection: close\r\n"
        f"Content-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
