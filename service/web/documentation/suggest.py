"""The suggestions."""

from __future__ import annotations

from schemas.suggest import SuggestAnswerSchema, SuggestParameters
from service.web.documentation.operation import answer, operation, query_parameters

_ANSWER = {
    "suggestions": [
        {"text": "물결공원", "type": "place", "count": 41},
        {"text": "한빛시, 물결공원에 시민 도서관 연다", "type": "title", "count": 1},
    ]
}
_PARAMETERS = [
    parameter | ({"example": "물겨"} if parameter["name"] == "q" else {})
    for parameter in query_parameters(SuggestParameters)
]

GET = operation(
    "suggest",
    "검색어 제안",
    "치는 대로 제목, 인물, 기관, 장소, 키워드, 언론사, 기자를 제안합니다. "
    "값이나 그 안의 낱말이 친 글로 시작하면 됩니다. "
    "덜 친 음절(물겨 → 물결공원), 초성(ㅁㄱㄱㅇ), 다른 자판으로 친 글쇠(anfruf → 물결)도 알아봅니다. "
    "자주, 최근에 나온 것이 먼저입니다.",
    {200: answer("제안", SuggestAnswerSchema, _ANSWER)},
    parameters=_PARAMETERS,
    problems=(414,),
)
