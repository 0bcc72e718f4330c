"""The search calls."""

from __future__ import annotations

from typing import Any

from schemas.results import SearchAnswerSchema
from schemas.search import SearchSchema
from service.web.documentation.examples import SEARCH, SEARCH_ANSWER
from service.web.documentation.operation import (
    LINK,
    Description,
    answer,
    content,
    operation,
    query_parameters,
)

_LANGUAGE = (
    "낱말을 나란히 쓰면 모두 든 기사를, OR나 |는 어느 하나를, -는 뺄 낱말을, 따옴표는 그대로 이어진 글을, "
    "( )는 묶음을 뜻합니다. "
    "읽을 수 없는 검색식은 400이며 position과 correction이 고칠 곳을 알려 줍니다. "
    "필터는 여러 번 쓸 수 있고 한 항목 안에서는 OR, 항목 사이는 AND입니다."
)
_EXAMPLES: dict[str, Any] = {"q": "도서관 -예산", "outlet": ["하늘일보"], "facets": ["person", "published"], "size": 10}


def _with_examples(parameters: list[Description]) -> list[Description]:
    return [
        parameter | ({"example": _EXAMPLES[parameter["name"]]} if parameter["name"] in _EXAMPLES else {})
        for parameter in parameters
    ]


GET = operation(
    "search",
    "검색",
    f"{_LANGUAGE} 주소가 길어지면 POST를 쓰세요.",
    {200: answer("한 쪽의 기사", SearchAnswerSchema, SEARCH_ANSWER, headers=LINK)},
    parameters=_with_examples(query_parameters(SearchSchema)),
    problems=(410, 414),
)
POST = operation(
    "post_search",
    "검색(JSON)",
    f"{_LANGUAGE} GET과 이름이 같고, 여러 번 쓰는 항목과 쉼표 목록은 배열입니다.",
    {200: answer("한 쪽의 기사", SearchAnswerSchema, SEARCH_ANSWER)},
    body=content("application/json", SearchSchema, SEARCH),
    problems=(410, 413, 415),
)
