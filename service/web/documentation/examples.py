"""The examples of the OpenAPI document: texts of our own about people and firms that do not exist."""

from __future__ import annotations

from typing import Any

ARTICLE_ID = "haneul-20260115-001"

ARTICLE: dict[str, Any] = {
    "title": "한빛시, 물결공원에 시민 도서관 연다",
    "subtitle": "3월 착공, 내년 봄 개관",
    "body": (
        "한빛시가 물결공원 안에 시민 도서관을 짓는다고 15일 밝혔다.\n\n"
        "나한결 한빛시장은 “누구나 걸어서 책을 만나는 도시를 만들겠다”고 말했다. 공사비는 84억원이다."
    ),
    "outlet": "하늘일보",
    "section": "지역",
    "reporters": [{"name": "도서윤", "email": "doseoyun@haneul.example", "role": "기자"}],
    "published_at": "2026-01-15T09:30:00+09:00",
    "url": "https://haneul.example/news/20260115001",
    "dateline_place": "한빛",
    "captions": [{"text": "물결공원 시민 도서관 조감도", "credit": "한빛시"}],
    "subheads": ["걸어서 10분 도서관"],
    "tags": ["도서관"],
    "page": "A12",
}

STORED: dict[str, Any] = {
    "id": ARTICLE_ID,
    "display": "full",
    **ARTICLE,
    "updated_at": None,
    "language": "ko",
    "quotes": [{"speaker": "나한결", "text": "누구나 걸어서 책을 만나는 도시를 만들겠다"}],
    "persons": [{"name": "나한결", "title": "한빛시장", "count": 1}],
    "organizations": [{"name": "한빛시", "count": 2}],
    "places": [{"name": "물결공원", "count": 3}],
    "money": [{"text": "84억원", "amount": 8400000000, "currency": "KRW"}],
    "dates": [],
    "mentions": [{"start": 0, "end": 3, "type": "organization", "name": "한빛시"}],
    "keywords": [{"term": "시민 도서관", "score": 1.0}],
    "summary": None,
    "story_id": ARTICLE_ID,
    "duplicate_of": None,
    "char_count": 96,
    "received_at": "2026-01-15T09:41:07.120000+09:00",
    "enrichment_version": 1,
}

HIT = {
    "id": ARTICLE_ID,
    "score": 7.31,
    "article": {name: value for name, value in STORED.items() if name != "body"},
    "highlights": {"title": ["한빛시, 물결공원에 시민 <mark>도서관</mark> 연다"]},
    "copies": None,
}

SEARCH = {"q": "도서관 -예산", "outlet": ["하늘일보"], "facets": ["person", "published"], "size": 10}

SEARCH_ANSWER = {
    "total": {"value": 1, "relation": "eq"},
    "stories": None,
    "took_ms": 4,
    "hits": [HIT],
    "facets": {
        "person": [{"value": "나한결", "count": 1}],
        "published": [{"value": "2026-01-15", "count": 1}],
    },
    "next": None,
    "interpreted": "도서관 AND NOT 예산",
    "synonyms": [],
    "warnings": [],
    "did_you_mean": None,
    "missing_words": [],
    "match_any_total": None,
}

BULK_REQUEST = (
    '{"id": "haneul-20260115-001", "title": "한빛시, 물결공원에 시민 도서관 연다", "body": "한빛시가 15일 밝혔다."}\n'
    '{"id": "haneul-20260115-002", "title": "별빛천 산책로 넓힌다"}\n'
)
BULK_ANSWER = (
    '{"line":1,"id":"haneul-20260115-001","status":201}\n'
    '{"line":2,"status":422,"errors":[{"pointer":"/body","code":"required",'
    '"message":"필요한 값이 없습니다. 넣어 주세요."}]}\n'
    '{"summary":{"lines":2,"created":1,"replaced":0,"unchanged":0,"failed":1}}\n'
)

PRESS_COPY = (
    "한빛시, 물결공원에 시민 도서관 연다\n\n"
    "입력 2026.01.15 09:30\n\n"
    "(한빛=하늘일보) 도서윤 기자 = 한빛시가 물결공원 안에 시민 도서관을 짓는다고 15일 밝혔다.\n\n"
    "나한결 한빛시장은 “누구나 걸어서 책을 만나는 도시를 만들겠다”고 말했다.\n"
)

PROBLEM = {
    "type": "urn:gisa:problem:validation-failed",
    "title": "맞지 않는 값",
    "status": 422,
    "detail": "값 1개가 맞지 않습니다. errors의 안내대로 고쳐 보내세요.",
    "instance": "/v1/articles/haneul-20260115-001",
    "request_id": "4f1c2b7a9d3e4c58a1b6f0e2d9c7b835",
    "errors": [{"pointer": "/body", "code": "required", "message": "필요한 값이 없습니다. 넣어 주세요."}],
}
