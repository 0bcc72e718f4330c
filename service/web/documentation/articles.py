"""The calls on single articles."""

from __future__ import annotations

from schemas.article import ArticleInput, ArticlePatch, ArticleUnderPath, StoredArticle
from schemas.duplicates import DuplicatesAnswerSchema, DuplicatesParameters
from schemas.requests import WriteParameters
from schemas.results import SimilarAnswerSchema
from schemas.search import SimilarParameters
from service.web.documentation.examples import ARTICLE, ARTICLE_ID, HIT, STORED
from service.web.documentation.operation import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    LOCATION,
    ONLY_IF_ABSENT,
    answer,
    content,
    empty_answer,
    operation,
    query_parameters,
)

_WRITE = query_parameters(WriteParameters)
_CREATED = answer("새 기사를 저장했습니다", StoredArticle, STORED, headers=ETAG | LOCATION)
_SAVED = answer("있던 기사를 바꾸었거나, 달라진 것이 없습니다", StoredArticle, STORED, headers=ETAG)
_COPY = {**STORED, "id": "noeul-20260115-017", "outlet": "노을일보", "duplicate_of": ARTICLE_ID}
del _COPY["body"]
_COPIES = {
    "story_id": STORED["story_id"],
    "total": 1,
    "copies": [{"id": _COPY["id"], "similarity": 0.97, "article": _COPY}],
}
_PATCH = {"tags": ["도서관", "문화"], "page": None}

POST = operation(
    "post_article",
    "기사 넣기",
    "id가 없으면 url에서, url이 없으면 언론사·제목·발행 시각에서 만듭니다. 같은 기사를 두 번 보내도 하나만 남습니다.",
    {201: _CREATED, 200: _SAVED},
    parameters=[*_WRITE, IDEMPOTENCY_KEY, IF_MATCH, ONLY_IF_ABSENT],
    body=content("application/json", ArticleInput, ARTICLE),
    problems=(409, 412, 413, 415, 507),
)
PUT = operation(
    "put_article",
    "이 id로 기사 넣기",
    "없으면 새로 저장하고 있으면 바꿉니다. 본문에는 id를 넣지 않아도 되며, 넣으면 주소의 id와 같아야 합니다.",
    {201: _CREATED, 200: _SAVED},
    parameters=[*_WRITE, IF_MATCH, ONLY_IF_ABSENT],
    body=content("application/json", ArticleUnderPath, ARTICLE),
    problems=(409, 412, 413, 415, 507),
)
PATCH = operation(
    "patch_article",
    "기사 고치기",
    "JSON Merge Patch(RFC 7396): 보낸 항목만 바꾸고, null은 그 항목을 지웁니다. 고친 기사는 다시 분석합니다.",
    {200: _SAVED},
    parameters=[*_WRITE, IF_MATCH, ONLY_IF_ABSENT],
    body=content("application/merge-patch+json", ArticlePatch, _PATCH)
    | content("application/json", ArticlePatch, _PATCH),
    problems=(404, 409, 412, 413, 415, 507),
)
GET = operation(
    "get_article",
    "기사 읽기",
    "저장된 기사를 돌려줍니다. 저장하자마자 읽을 수 있습니다. display는 언론사의 이용 허락이 키의 audience에 보여 "
    "주는 만큼이며, 허락되지 않은 항목은 응답에 없습니다.",
    {
        200: answer("저장된 기사", StoredArticle, STORED, headers=ETAG),
        304: empty_answer("If-None-Match의 판 그대로입니다", ETAG),
    },
    parameters=[IF_MATCH, IF_NONE_MATCH],
    problems=(404, 412),
)
DELETE = operation(
    "delete_article",
    "기사 지우기",
    "기사를 지웁니다. 지운 뒤에는 404입니다.",
    {204: empty_answer("지웠습니다")},
    parameters=[*_WRITE, IF_MATCH, ONLY_IF_ABSENT],
    problems=(404, 409, 412, 507),
)
SIMILAR = operation(
    "get_similar_articles",
    "비슷한 기사",
    "이 기사를 두드러지게 하는 낱말을 함께 가진 기사를 비슷한 순서로 돌려줍니다.",
    {
        200: answer(
            "비슷한 기사",
            SimilarAnswerSchema,
            {"hits": [{name: HIT[name] for name in ("id", "score", "article")}]},
        )
    },
    parameters=query_parameters(SimilarParameters),
    problems=(404,),
)
DUPLICATES = operation(
    "get_duplicate_articles",
    "같은 글을 실은 기사",
    "이 기사와 같은 글을 그대로, 조금 고쳐, 또는 줄여 실은 다른 기사를 돌려줍니다. 통신사 기사가 먼저이고 "
    "그다음은 발행 순서입니다. similarity는 두 글에서 같은 순서로 같은 부분의 몫(0~1)입니다. "
    "같은 인용문이나 안내문만 함께 가진 기사는 들지 않습니다.",
    {200: answer("같은 글을 실은 기사", DuplicatesAnswerSchema, _COPIES)},
    parameters=query_parameters(DuplicatesParameters),
    problems=(404,),
)

EXAMPLE_ID = ARTICLE_ID
