"""Bodies: cut off, too deep, too large, of the wrong type, in the wrong charset, unfolding to gigabytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import zstandard

from tests.hostile.case import ARTICLE, JSON, MERGE_PATCH, REFUSED, Case, send

MIB = 1 << 20
VALID = json.dumps(ARTICLE, ensure_ascii=False).encode()
SEARCH = json.dumps({"q": "도서관", "facets": ["outlet"], "size": 5}, ensure_ascii=False).encode()
CALLS = {"PUT /v1/articles/hostile": VALID, "POST /v1/articles": VALID, "POST /v1/search": SEARCH}
TEXT_FIELDS = ("title", "subtitle", "body", "outlet", "section", "dateline_place", "page", "language", "url")
OTHER_FIELDS = ("published_at", "updated_at", "reporters", "captions", "subheads", "tags", "id")
DERIVED = (
    "quotes",
    "persons",
    "organizations",
    "places",
    "money",
    "dates",
    "mentions",
    "keywords",
    "summary",
    "story_id",
    "duplicate_of",
    "char_count",
    "received_at",
    "enrichment_version",
)
NO_TEXT = (1, -1, 1.5, True, [], {}, [1], {"a": 1}, 10**400, "\x00", "\ud800", "\u0007", "가\x1b[2J", "가" * 200_001)
NO_VALUE = (1, True, {}, "\x00", [[]], [None], [1], [{"x": 1}], "2026-02-30", "x" * 3_000, ["가"] * 501)
PARAMETERS = (
    "q",
    "match",
    "fields",
    "outlet",
    "person",
    "published_from",
    "sort",
    "size",
    "cursor",
    "facets",
    "facet_size",
    "facet_search",
    "interval",
    "group",
    "highlight",
    "nonsense",
)


def cases() -> Iterator[Case]:
    """Yield every case."""
    for call, valid in CALLS.items():
        yield from _broken(call, valid)
        yield from _typed(call, valid)
        yield from _compressed(call, valid)
    yield from _values()
    yield from _search_values()
    yield from _patches()


def _broken(call: str, valid: bytes) -> Iterator[Case]:
    for cut in range(0, len(valid) - 1, 4):
        yield send(f"{call} cut at {cut}", call, valid[:cut], {400})
    for position in range(1, len(valid) - 1, 7):
        garbled = valid[:position] + b"\xff" + valid[position + 1 :]
        yield send(f"{call} no UTF-8 at {position}", call, garbled, {400})
    for depth in (64, 65, 1_000, 100_000):
        opened, closed = b'{"x": ' + b"[" * depth, b"]" * depth + b"}"
        yield send(f"{call} lists {depth} deep", call, opened + closed, {400})
        yield send(f"{call} lists {depth} deep, left open", call, opened, {400})
        yield send(f"{call} objects {depth} deep", call, b'{"x":' * (depth + 1) + b"1" + b"}" * (depth + 1), {400})
    yield send(f"{call} 63 deep", call, b'{"x": ' + b"[" * 63 + b"]" * 63 + b"}", {422})
    for name, document in {
        "twice the same name": b'{"title": "a", "title": "b", "body": "c"}',
        "NaN": b'{"title": NaN}',
        "Infinity": b'{"title": -Infinity}',
        "two documents": valid + valid,
        "a comment": valid + b"// end",
        "single quotes": b"{'title': 'a'}",
        "a trailing comma": valid[:-1] + b",}",
        "an octal": b'{"size": 010}',
        "a bare line end in a string": b'{"title": "a\nb"}',
        "UTF-16": valid.decode().encode("utf-16"),
        "UTF-32": valid.decode().encode("utf-32"),
        "CP949": valid.decode().encode("cp949"),
        "zeros": bytes(1_000),
    }.items():
        yield send(f"{call} {name}", call, document, {400})
    for name, document in {"a list": b"[]", "null": b"null", "a number": b"1", "a string": b'"title"'}.items():
        yield send(f"{call} is {name}", call, document, {422})
    yield send(f"{call} a surrogate for a name", call, b'{"\\ud800": 1}', {422})
    yield send(f"{call} 100,000 names", call, json.dumps({f"n{n}": n for n in range(100_000)}).encode(), {422})
    yield send(f"{call} 4 MiB and more", call, b'{"title": "' + b"a" * 4 * MIB + b'"}', {413})
    yield send(f"{call} 20 MiB of blanks", call, b" " * 20 * MIB, {413})


def _typed(call: str, valid: bytes) -> Iterator[Case]:
    for media_type in (
        "",
        "text/json",
        "text/plain",
        "text/html",
        "application/xml",
        MERGE_PATCH,
        "application/vnd.gisa+json",
        "application/json; charset=euc-kr",
        "application/json; charset=utf-16",
        "application/json; charset=none-such",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "*/*",
        "json",
        "application/json, text/plain",
        "application/" + "j" * 4_000,
    ):
        yield send(f"{call} as {media_type[:40]!r}", call, valid, {415}, Content_Type=media_type)


def _compressed(call: str, valid: bytes) -> Iterator[Case]:
    packed, small = gzip.compress(valid, mtime=0), zstandard.compress(valid)
    bomb = gzip.compress(b" " * 64 * MIB, mtime=0)
    for name, encoding, body, status in (
        ("gzip bomb", "gzip", bomb, 413),
        ("gzip bomb in the second member", "gzip", packed + bomb, 413),
        ("gzip of a thousand members", "gzip", gzip.compress(b" " * 5_000, mtime=0) * 1_000, 413),
        ("gzip within gzip", "gzip", gzip.compress(bomb, mtime=0), 400),
        ("gzip cut off", "gzip", packed[:-4], 400),
        ("gzip with a wrong checksum", "gzip", packed[:-8] + bytes(4) + packed[-4:], 400),
        ("gzip with a tail", "gzip", packed + b"rest", 400),
        ("gzip that is none", "gzip", valid, 400),
        ("gzip of nothing", "gzip", b"", 400),
        ("zstd bomb", "zstd", zstandard.compress(b" " * 128 * MIB), 413),
        ("zstd bomb in the second frame", "zstd", small + zstandard.compress(b" " * 64 * MIB), 413),
        ("zstd cut off", "zstd", small[:-4], 400),
        ("zstd with a tail", "zstd", small + b"rest", 400),
        ("zstd that is none", "zstd", valid, 400),
        ("zstd of nothing", "zstd", b"", 400),
        ("br", "br", valid, 415),
        ("deflate", "deflate", valid, 415),
        ("gzip twice", "gzip, gzip", gzip.compress(packed, mtime=0), 415),
        ("an encoding with a line of 3,000", "x" * 3_000, valid, 415),
    ):
        yield send(f"{call} {name}", call, body, {status}, Content_Encoding=encoding)


def _values() -> Iterator[Case]:
    for name in TEXT_FIELDS:
        for number, value in enumerate(NO_TEXT):
            yield _put(f"{name} text {number}", {name: value}, {422})
    for name in OTHER_FIELDS:
        for number, value in enumerate(NO_VALUE):
            yield _put(f"{name} value {number}", {name: value}, {422})
    for name in (*DERIVED, "nonsense", "__proto__", "constructor", "title ", "제목"):
        yield _put(f"{name} is not taken", {name: 1}, {422})
    for name in ("title", "body"):
        for blank in ("", " ", "\u3000", "\u200b", "\n\n"):
            yield _put(f"{name} blank {blank!a}", {name: blank}, {422})


def _put(name: str, change: dict[str, object], statuses: set[int]) -> Case:
    body = json.dumps(ARTICLE | change).encode()
    return send(f"PUT {name}", "PUT /v1/articles/hostile", body, statuses)


def _search_values() -> Iterator[Case]:
    for name in PARAMETERS:
        for value in (1.5, {}, {"a": []}, [[]], "\x00", "\ud800", [None], "x" * 3_000):
            if name == "q" and value == "x" * 3_000:
                continue  # a query of one long word is a matter of its syntax
            yield send(
                f"search {name} {value!a:.20}", "POST /v1/search", json.dumps({name: value}).encode(), {400, 422}
            )


def _patches() -> Iterator[Case]:
    call = "PATCH /v1/articles/kept"
    for change in (
        {"title": None},
        {"body": None},
        {"title": ""},
        {"id": "other"},
        {"char_count": 1},
        {"tags": {}},
        [],
        1,
    ):
        yield send(f"PATCH {change}", call, json.dumps(change).encode(), {422}, Content_Type=MERGE_PATCH)
    for media_type in ("", "text/plain", "application/json-patch+json", "application/vnd.gisa+json"):
        yield send(f"PATCH as {media_type!r}", call, VALID, {415}, Content_Type=media_type)
    for if_match in ("x", "*x", "W/", '"', "\x7f", '"' + "a" * 4_000 + '"'):
        yield send(f"PATCH If-Match {if_match[:9]!r}", call, VALID, REFUSED, Content_Type=JSON, If_Match=if_match)
