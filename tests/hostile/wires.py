"""What no HTTP library would send: bytes for a bare socket, and the statuses that may answer them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.hostile.case import ANSWERED, REFUSED

CLOSED = 0
"""The status of a connection that was closed without an answer."""
_HOST = b"Host: gisa.example\r\n"
_BODY = b'{"title": "a", "body": "b"}'
_PUT = b"PUT /v1/articles/wire HTTP/1.1\r\n" + _HOST + b"Content-Type: application/json\r\n"
_GET = b"GET /v1/search?size=1 HTTP/1.1\r\n" + _HOST
_CHUNKED = _PUT + b"Transfer-Encoding: chunked\r\n\r\n"
_REFUSED = REFUSED | {CLOSED}
_UNKNOWN_CODING = _REFUSED | {501}


@dataclass(frozen=True, slots=True)
class Wire:
    """Bytes for a bare socket; `answers` is the most answers that may come back, more would be a smuggled request."""

    name: str
    sent: bytes
    statuses: frozenset[int]
    answers: int = 1


def _wire(name: str, sent: bytes, statuses: frozenset[int] | set[int] = _REFUSED, answers: int = 1) -> Wire:
    return Wire(name, sent, frozenset(statuses), answers)


_SMUGGLED = b"GET /v1/articles/smuggled HTTP/1.1\r\n" + _HOST + b"\r\n"
LENGTHS = (
    b"-1",
    b"+27",
    b"0x1b",
    b"27, 27",
    b"27,28",
    b"2 7",
    b"9" * 400,
    b"",
    b"27.0",
    b"\xd9\xa2",
    b"27\x00",
    b"1e1",
)
SIZES = (b"-1", b"0x1b", b"1b ;", b"+1b", b"g", b"", b"9" * 40, b"1b\x00", b" 1b", b"1_b")

WIRES: tuple[Wire, ...] = (
    *(
        _wire(f"Content-Length {length!r}", _PUT + b"Content-Length: " + length + b"\r\n\r\n" + _BODY)
        for length in LENGTHS
    ),
    *(
        _wire(f"chunk size {size!r}", _CHUNKED + size + b"\r\n" + _BODY + b"\r\n0\r\n\r\n", ANSWERED | {CLOSED})
        for size in SIZES
    ),
    _wire("two lengths", _PUT + b"Content-Length: 27\r\nContent-Length: 5\r\n\r\n" + _BODY),
    _wire("length and chunked", _PUT + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + _SMUGGLED),
    _wire("chunked and length", _PUT + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + _SMUGGLED),
    _wire(
        "chunked twice",
        _PUT + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        _UNKNOWN_CODING,
    ),
    _wire("an unknown coding", _PUT + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", _UNKNOWN_CODING),
    _wire("identity behind chunked", _PUT + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", _UNKNOWN_CODING),
    _wire("gzip behind chunked", _PUT + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", _UNKNOWN_CODING),
    _wire("a coding with a blank before its colon", _PUT + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    _wire("a coding with a vertical tab", _PUT + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n", _UNKNOWN_CODING),
    _wire("a coding on a folded line", _PUT + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", _UNKNOWN_CODING),
    _wire(
        "an underscore for the hyphen",
        _PUT + b"Transfer_Encoding: chunked\r\nContent-Length: 27\r\n\r\n" + _BODY,
        ANSWERED,
    ),
    _wire("a chunk that never ends", _CHUNKED + b"ffffff\r\n" + _BODY, ANSWERED | {CLOSED}),
    _wire("a chunk without its line end", _CHUNKED + b"1b\r\n" + _BODY + b"0\r\n\r\n", ANSWERED | {CLOSED}),
    _wire(
        "a chunk's extension of 64 KiB",
        _CHUNKED + b"1b;" + b"x" * 65_536 + b"\r\n" + _BODY + b"\r\n0\r\n\r\n",
        ANSWERED | {CLOSED},
    ),
    _wire("a body shorter than its length", _PUT + b"Content-Length: 500\r\n\r\n" + _BODY, ANSWERED | {CLOSED}),
    _wire("a body with GET", _GET + b"Content-Length: 5\r\n\r\nhello", ANSWERED),
    _wire("no host", b"GET /livez HTTP/1.1\r\n\r\n", ANSWERED | {CLOSED}),
    _wire("two hosts", b"GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", ANSWERED | {CLOSED}),
    _wire("a host of junk", b"GET /livez HTTP/1.1\r\nHost: <>\"'\r\n\r\n", ANSWERED | {CLOSED}),
    _wire("HTTP/0.9", b"GET /livez\r\n\r\n"),
    _wire("HTTP/2.0", b"GET /livez HTTP/2.0\r\n\r\n"),
    _wire("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    _wire("HTTP/1.10", b"GET /livez HTTP/1.10\r\n" + _HOST + b"\r\n"),
    _wire("a greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500)),
    _wire("zeros", bytes(5_000)),
    _wire("bytes of every kind", bytes(range(256)) * 20),
    _wire("bare line feeds", b"GET /livez HTTP/1.1\nHost: a\n\n", ANSWERED | {CLOSED}),
    _wire("bare carriage returns", b"GET /livez HTTP/1.1\rHost: a\r\r"),
    _wire("a line of 8 KiB and more", b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n" + _HOST + b"\r\n", {414}),
    _wire("a header of 64 KiB", _GET + b"X: " + b"a" * 65_536 + b"\r\n\r\n", {431}),
    _wire("500 headers", _GET + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n", {431}),
    _wire("a header without a colon", _GET + b"nonsense\r\n\r\n"),
    _wire("a header without a name", _GET + b": a\r\n\r\n"),
    _wire("a header with a blank in its name", _GET + b"X Y: a\r\n\r\n"),
    _wire("a header with NUL", _GET + b"X: a\x00b\r\n\r\n"),
    _wire("a header with Hangul", _GET + "X: 가온\r\n\r\n".encode(), ANSWERED),
    _wire("the same header 90 times", _GET + b"Accept: text/html\r\n" * 90 + b"\r\n", ANSWERED),
    _wire("an expectation", _PUT + b"Expect: 200-maybe\r\nContent-Length: 27\r\n\r\n" + _BODY, {417}),
    _wire("CONNECT", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"),
    _wire("an address of another host", b"GET http://evil.example/v1/search HTTP/1.1\r\n" + _HOST + b"\r\n", ANSWERED),
    _wire("an address of a file", b"GET file:///etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n"),
    _wire("an address without a slash", b"GET livez HTTP/1.1\r\n" + _HOST + b"\r\n"),
    _wire("an asterisk", b"OPTIONS * HTTP/1.1\r\n" + _HOST + b"\r\n", ANSWERED),
    _wire("a fragment", b"GET /livez#x HTTP/1.1\r\n" + _HOST + b"\r\n", ANSWERED),
    _wire("blanks in the address", b"GET /v1/search ?q=a HTTP/1.1\r\n" + _HOST + b"\r\n"),
    _wire("a line end in the address", b"GET /v1/search?q=%0d%0aX:%20y HTTP/1.1\r\n" + _HOST + b"\r\n", ANSWERED),
    _wire("Hangul in the address", "GET /v1/search?q=도서관 HTTP/1.1\r\n".encode() + _HOST + b"\r\n", {200}),
    _wire("CP949 in the address", "GET /v1/search?q=도서관 HTTP/1.1\r\n".encode("cp949") + _HOST + b"\r\n", {400}),
    _wire("nothing at all", b"", {CLOSED}),
    _wire("half a line", b"GET /li", _REFUSED),
    _wire("half of the headers", _GET + b"Accept: ", _REFUSED),
    _wire("30 requests in one piece", _GET + b"\r\n" + (_GET + b"\r\n") * 29, ANSWERED, 30),
)
