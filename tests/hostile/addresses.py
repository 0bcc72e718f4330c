"""Addresses, methods and headers: paths out of the house, parameters that are none, cursors of others."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import ACCEPTED, ANSWERED, REFUSED, Case, get, send, with_query

ONE_QUERY = (
    "/v1/search",
    "/v1/related-terms",
    "/v1/network",
    "/v1/trends",
    "/v1/quotes",
    "/v1/suggest",
    "/v1/feeds/search.atom",
    "/v1/export",
    "/",
)
TRAVERSALS = (
    "/v1/articles/..",
    "/v1/articles/.",
    "/v1/articles/%2e%2e",
    "/v1/articles/..%2f..%2fetc%2fpasswd",
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static/..%5capp.py",
    "/static//etc/passwd",
    "/static/%00",
    "/static/page.css%00.js",
    "/assets/../../x",
    "/assets/x/..%2f..%2fx",
    "/v1/articles/a%00",
    "/v1/articles/a%0d%0ab",
    "/v1/articles/" + "a" * 129,
    "/v1/articles/%ff",
    "/v1/articles/%ed%a0%80",
    "/v1/articles/%F0%9F%92%A9",
    "/v1/articles/a%2fb",
    "/v1/articles/가".encode().decode("latin-1"),
    "/v1/articles/%",
    "/v1/articles/%g1",
    "/v1/articles/~/..",
    "/v1//search",
    "/v1/search/",
    "/V1/search",
    "/v1/search;x=1",
    "/v1/search%3fq=a",
    "/.git/config",
    "/.env",
    "/wp-login.php",
    "/v1/articles/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..;/manager/html",
    "/cgi-bin/.%2e/.%2e/bin/sh",
    "/v1/articles/${jndi:ldap://x}",
    "/v1/articles/{{7*7}}",
    "/v1/articles/'%20OR%201=1--",
    "/" + "a/" * 2_000,
    "/%252e%252e/x",
)
TEXTS = {
    "NFD": "\u1103\u1162\u1100\u116e",
    "zero width": "대\u200b구\u200d\ufeff",
    "bidi": "\u202e대구\u202c\u2066x\u2069",
    "astral": "😀𠀀",
    "combining": "가" + "\u0301" * 500,
    "a lone surrogate": "\ud800",
    "a surrogate pair in CESU": "\ud83d\ude00",
    "NUL": "a\x00b",
    "full width": "ＯＲ　｜（",
    "jamo": "ㄱ" * 100,
    "private use": "\ue000",
    "not a character": "\uffff",
    "a tag": "\U000e0041",
    "a line end": "a\r\nSet-Cookie: x=1",
    "script": "<script>alert(1)</script>",
    "a formula": "=cmd|' /C calc'!A0",
    "a template": "{{7*7}}${7*7}",
    "SQL": "' OR 1=1; DROP TABLE articles; --",
    "FTS": 'NEAR("a" "b", 5) AND ^x',
    "Lucene": "title:/.*/ +a^5",
    "a wildcard": "*대구",
    "only operators": "- | ! ( ) OR",
    "ideographic blank": "\u3000",
    "long": "가" * 1_025,
    "words": "가 " * 500,
    "clauses": "a | " * 70 + "a",
    "deep": "(" * 17 + "a" + ")" * 17,
    "very deep": "(" * 500,
    "quotes": '"' * 501,
    "colons": "제목:" * 200,
    "exclusions": "-" * 900 + "a",
    "a huge number": "금액:" + "9" * 900,
    "a huge range": "날짜:0000..9999",
    "NEAR": "a NEAR/99999999999 b",
    "slop": '"a b"~99999999999',
    "prefixes": " ".join(["가나*"] * 64),
    "everything": "*",
    "percent": "%" * 200,
    "backslashes": "\\" * 500,
}
OUT_OF_RANGE = {
    "size": ("0", "-1", "101", "1e3", "٣", "", "9" * 400, "0x10", " 5"),
    "facet_size": ("0", "1001", "-5", "x", ""),
    "sort": ("best", "", "NEWEST", "newest,oldest"),
    "match": ("some", "", "ALL"),
    "fields": ("x", "title,,body", ",", "title,x", ""),
    "facets": ("x", "outlet,", ",", "outlet,x", ""),
    "facet_search": ("x", "x:y", "person", ":", ""),
    "highlight": ("maybe", "", "2"),
    "interval": ("hour", "", "1d"),
    "group": ("x", "", "outlet"),
    "published_from": ("2026-13-01", "2026-02-30", "now", "", "1", "2026-01-01T25:00:00Z"),
    "published_to": ("0000-00-00", "99999-01-01", "2026-01-01T00:00:00+99:99"),
    "nonsense": ("1", ""),
    "Q": ("a",),
    "q[]": ("a",),
}
METHODS = ("PUT", "POST", "PATCH", "DELETE", "TRACE", "PROPFIND", "MKCOL", "BREW", "get", "Q" * 15)
HEADERS: dict[str, tuple[str, ...]] = {
    "Accept": ("x", "*", "application/json;q=x", "a/b;" * 400, "text/html;q=0, */*;q=0", "\xff/\xff"),
    "Accept-Language": ("x" * 4_000, "en;q=", ",,,,", "*;q=2", "\xe9"),
    "Accept-Encoding": ("br;q=x", "x" * 2_000, "gzip;q=-1", "*;q=0"),
    "If-None-Match": ("*", "W/", '"', "x" * 4_000, '"a", ' * 300),
    "If-Modified-Since": ("yesterday", "Thu, 99 Foo 2026"),
    "Range": ("bytes=0-0", "bytes=-1", "bytes=0-,0-,0-", "lines=1"),
    "Authorization": ("Bearer", "Bearer \xe9", "Basic x", "Bearer " + "x" * 4_000),
    "Cookie": ("=;=;", "a=" + "b" * 4_000, "\x80"),
    "X-Request-ID": ("\xe9", "a" * 4_000, "../../x"),
    "X-Forwarded-For": ("x", "1.2.3.4, " * 300),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-Proto": ("javascript",),
    "Origin": ("null", "https://evil.example", "x" * 2_000),
    "Content-Type": ("\xe9", "a/b; charset=\x7f"),
    "X-HTTP-Method-Override": ("DELETE",),
    "Forwarded": ("for=" + "x" * 2_000,),
}


def cases() -> Iterator[Case]:
    """Yield every case."""
    for path in TRAVERSALS:
        yield get(f"path {path[:50]!a}", path.encode("utf-8").decode("latin-1"), REFUSED)
    for path in ONE_QUERY:
        for name, text in TEXTS.items():
            parameter = {"format": "ndjson"} if path == "/v1/export" else {}
            address = with_query(path, "q", text) + "".join(f"&{key}={value}" for key, value in parameter.items())
            # The page sends a query of blanks alone to the page without one.
            yield get(f"{path} {name}", address, ANSWERED | {302} if path == "/" else ANSWERED)
    for name, values in OUT_OF_RANGE.items():
        for value in values:
            yield get(f"search {name}={value[:12]!a}", with_query("/v1/search", name, value), {400, 422})
    for path in (
        "/v1/search",
        "/v1/articles/none-such",
        "/v1/press-copy",
        "/v1/suggest",
        "/livez",
        "/metrics",
        "/",
        "/docs",
    ):
        for method in METHODS:
            yield Case(f"{method} {path}", method, path, frozenset({400, 405}) if method in METHODS[4:] else ANSWERED)
    for header, values in HEADERS.items():
        for number, value in enumerate(values):
            for path in ("/v1/search?size=1", "/v1/articles/kept", "/openapi.json"):
                yield Case(f"{header} {number} {path}", "GET", path, ANSWERED, None, {header: value})
    for key in (" ", "a" * 256, "é", "a\tb", "\x7f"):
        body = '{"title": "가", "body": "나"}'.encode()
        yield send(f"Idempotency-Key {key[:5]!a}", "POST /v1/articles", body, {400}, Idempotency_Key=key)


def of_cursor(cursor: str) -> Iterator[Case]:
    """Yield a good cursor damaged at each place, cut, lengthened, and taken to other searches."""
    for position in range(len(cursor)):
        other = "A" if cursor[position] != "A" else "B"
        damaged = cursor[:position] + other + cursor[position + 1 :]
        yield get(f"cursor changed at {position}", f"/v1/search?q=a&size=1&cursor={damaged}", {400})
    for length in range(1, len(cursor), 5):
        yield get(f"cursor cut at {length}", f"/v1/search?q=a&size=1&cursor={cursor[:length]}", {400})
    for other in (
        "/v1/search?q=b&size=1",
        "/v1/search?size=1",
        "/v1/search?q=a&sort=oldest",
        "/v1/search?q=a&outlet=x",
        "/v1/search?q=a&group=story",
    ):
        yield get(f"cursor in {other}", f"{other}&cursor={cursor}", {400})
    for junk in (
        "",
        "a",
        "====",
        "AAAA" * 100,
        "%00",
        "가".encode().decode("latin-1"),
        cursor + "A",
        cursor + cursor,
        "-" * 500,
    ):
        yield get(f"cursor {junk[:8]!a}", f"/v1/search?q=a&size=1&cursor={junk}", {400, 422})
    for path in ("/v1/quotes?q=a", "/v1/export?format=csv&q=a", "/v1/feeds/search.atom?q=a"):
        yield get(f"cursor in {path}", f"{path}&cursor={cursor}", {400, 422})
    yield get("cursor, the good one", f"/v1/search?q=a&size=1&cursor={cursor}", ACCEPTED)
