"""Press copy and bulks: charsets, markup and lines that nobody should send."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

from tests.hostile.addresses import TEXTS
from tests.hostile.case import ACCEPTED, ANSWERED, ARTICLE, NDJSON, REFUSED, Case, send

COPY = "가온시, 봄꽃길 열어\n입력 2026.03.12 15:01\n\n가온시가 12일 봄꽃길을 열었다고 밝혔다."
PRESS_COPY = "POST /v1/press-copy?dry_run=true"
CHARSETS = {
    "utf-8": {200},
    "UTF8": {200},
    "euc-kr": {200},
    "cp949": {200},
    '"utf-8"': {200},
    "utf-16": {415},
    "latin-1": {415},
    "": ANSWERED,
    "none-such": {415},
    "utf-7": {415},
    "base64": {415},
    "rot13": {415},
    "idna": {415},
    "x" * 3_000: {415},
    "\xff": ANSWERED,
}
MARKUP = (
    "<" * 20_000,
    "<a>" * 20_000,
    "<a " * 20_000,
    "<!--" * 20_000,
    "<p>가" * 20_000,
    "<script>" * 5_000 + "가",
    "&#x110000;&#0;&#xD800;" * 500,
    "&amp" * 10_000,
    "<![CDATA[" * 5_000,
    "<table>" + "<tr><td>가" * 10_000,
    "<div>" * 20_000 + "가" + "</div>" * 20_000,
    "</p>" * 20_000,
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>&b;',
    "<svg><style><img src=x onerror=alert(1)>",
    "<a b='" * 5_000,
    "<p/" * 5_000,
    "<math><mi>" * 3_000,
    "<select><option>" * 3_000,
    "<b><i>" * 8_000,
    "<template>" * 8_000,
)
UNITS = (
    "가\n",
    "/",
    "[가=",
    "a@",
    "입력 2024.03.12\n",
    "ⓒ",
    "▲ 왜\n△ 그래.\n",
    "“‘",
    "제목\t본문\t매체\n가\t나\t다\n",
    "가온방송 한새봄입니다.\n",
    "(끝)\n",
    "━━━\n",
    "Q. 왜?\nA. 예.\n",
    "\u0301",
    "\u1100",
    "\u200b",
    "1원 ",
    "클라라 슈나이더 ",
    "대구시·",
    "(대구=가) ",
)
LINES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"1",
    b'"a"',
    b"\xff\xfe",
    b'{"title": "a"}',
    b'{"title": "", "body": "b"}',
    b'{"title": 1, "body": []}',
    b'{"title": "a", "title": "b", "body": "c"}',
    b'{"title": NaN, "body": "c"}',
    b"[" * 100_000,
    b'{"x":' * 100,
    b"\xed\xa0\x80",
    b"\x00",
    b'{"title": "\\ud800", "body": "c"}',
    b'{"title": "a\\u0000", "body": "c"}',
    b'{"id": "..", "title": "a", "body": "b"}',
    b"\xef\xbb\xbf{}",
    b'{"id": "a/b", "title": "a", "body": "b"}',
    b'{"title": "a", "body": "b", "nonsense": 1}',
    b'{"title": "a", "body": "b", "size": 1e999}',
    b" " * ((1 << 20) + 1),
    b'{"title": "' + b"a" * (1 << 20) + b'"}',
    b'{"title": "a", "body": "b", "published_at": "2026-02-30"}',
)


def cases() -> Iterator[Case]:
    """Yield every case."""
    yield from _charsets()
    yield from _copies()
    for number, markup in enumerate(MARKUP):
        yield send(f"markup {number}", PRESS_COPY, markup.encode(), ANSWERED, Content_Type="text/html")
    yield from _bulks()


def _charsets() -> Iterator[Case]:
    for charset, statuses in CHARSETS.items():
        for kind in ("text/plain", "text/html"):
            written = COPY.encode("cp949" if charset in ("euc-kr", "cp949") else "utf-8")
            yield send(
                f"copy {kind} {charset[:9]!a}", PRESS_COPY, written, statuses, Content_Type=f"{kind}; charset={charset}"
            )
    for name, data in {
        "UTF-8": b"\xff\xfe\xfd",
        "CP949": b"\x80\xff",
        "half a syllable": "가".encode("cp949")[:1],
    }.items():
        for charset in ("utf-8", "euc-kr"):
            yield send(
                f"copy no {name} as {charset}", PRESS_COPY, data, {400}, Content_Type=f"text/plain; charset={charset}"
            )
    for media_type in ("", "application/pdf", "text/rtf", "application/json", "text", "text/plain, text/html"):
        yield send(f"copy as {media_type!r}", PRESS_COPY, COPY.encode(), {415}, Content_Type=media_type)


def _copies() -> Iterator[Case]:
    for empty in (b"", b" ", b"\n\n", "\u3000".encode(), b"\xef\xbb\xbf", "\u200b".encode()):
        for call in (PRESS_COPY, "POST /v1/press-copy"):
            yield send(f"{call} empty {empty!r}", call, empty, {422}, Content_Type="text/plain")
    for name, text in TEXTS.items():
        data = f"{text}\n{COPY}".encode("utf-8", "surrogatepass")
        yield send(f"copy under {name}", PRESS_COPY, data, ANSWERED, Content_Type="text/plain")
    for unit in UNITS:
        text = unit * (20_000 // len(unit))
        yield send(f"copy of {unit!a}", PRESS_COPY, text.encode(), ANSWERED, Content_Type="text/plain")
    for size, statuses in ((4 << 20, {413}), (8 << 20, {413})):
        body = b"a" * (size + 1)
        yield send(f"copy of {size}", PRESS_COPY, body, statuses, Content_Type="text/plain")
        packed = gzip.compress(body, mtime=0)
        yield send(
            f"copy of {size}, gzip", PRESS_COPY, packed, statuses, Content_Type="text/plain", Content_Encoding="gzip"
        )
    for control in ("\x00", "\x07", "\x1b[31m", "\x7f", "\x9b"):
        yield send(f"copy with {control!a}", PRESS_COPY, (COPY + control).encode(), {422}, Content_Type="text/plain")
    for name in (
        "dry_run=maybe",
        "dry_run=true&dry_run=true",
        "nonsense=1",
        "published_at=never",
        "url=x&url=y",
        "outlet=%ff",
        "section=%00",
    ):
        yield send(f"copy ?{name}", f"POST /v1/press-copy?{name}", COPY.encode(), {400, 422}, Content_Type="text/plain")


def _bulks() -> Iterator[Case]:
    good = json.dumps({**ARTICLE, "id": "bulk"}).encode()
    for number, line in enumerate(LINES):
        for place, body in {
            "alone": line,
            "between": good + b"\n" + line + b"\n" + good,
            "ended by CR LF": line + b"\r\n",
        }.items():
            yield send(f"bulk line {number} {place}", "POST /v1/articles/bulk", body, ACCEPTED, Content_Type=NDJSON)
    yield send("bulk of 20,000 blank lines", "POST /v1/articles/bulk", b"\n" * 20_000, ACCEPTED, Content_Type=NDJSON)
    yield send("bulk of 3,000 bad lines", "POST /v1/articles/bulk", b"{\n" * 3_000, ACCEPTED, Content_Type=NDJSON)
    for media_type in ("", "application/json", "text/plain", "application/ndjson+json"):
        yield send(f"bulk as {media_type!r}", "POST /v1/articles/bulk", good, {415}, Content_Type=media_type)
    for query in ("refresh=no", "refresh=", "nonsense=1", "refresh=wait_for&refresh=wait_for"):
        yield send(f"bulk ?{query}", f"POST /v1/articles/bulk?{query}", good, REFUSED, Content_Type=NDJSON)
