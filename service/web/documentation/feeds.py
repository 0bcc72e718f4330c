"""The feed call."""

from __future__ import annotations

from schemas.search import FeedParameters
from service.web.documentation.operation import answer, empty_answer, operation, query_parameters

_FEED = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><id>urn:gisa:feed:…</id><title>기사 검색: 도서관</title>'
    "<updated>2026-01-15T09:41:07+09:00</updated>…<entry><id>urn:gisa:article:haneul-20260115-001</id>…</entry></feed>"
)
_VALIDATORS = {
    "ETag": {"description": "이 내용의 표", "schema": {"type": "string"}},
    "Last-Modified": {"description": "가장 늦게 바뀐 기사의 시각", "schema": {"type": "string"}},
}

GET = operation(
    "search_feed",
    "검색을 Atom으로 구독",
    "검색과 같은 조건으로 찾은 가장 새 기사들의 Atom 피드(RFC 4287)입니다. 기사와 피드의 id는 바뀌지 않습니다. "
    "If-None-Match나 If-Modified-Since를 보내면 바뀐 것이 없을 때 304입니다. 더 오래된 기사는 rel=next(RFC 5005)로 "
    "이어집니다. 언제나 새 기사부터이므로 "
    "sort, facets, facet_size, facet_search, interval, highlight는 영향이 없습니다.",
    {
        200: answer("피드", {"type": "string"}, _FEED, headers=_VALIDATORS, media_type="application/atom+xml"),
        304: empty_answer("바뀐 것이 없습니다", {"ETag": _VALIDATORS["ETag"]}),
    },
    parameters=[
        parameter | ({"example": "도서관"} if parameter["name"] == "q" else {})
        for parameter in query_parameters(FeedParameters)
    ],
    problems=(410, 414),
)
