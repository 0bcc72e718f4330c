"""The calls about what the articles of a search say together."""

from __future__ import annotations

from schemas.analytics import (
    NetworkAnswerSchema,
    NetworkParameters,
    RelatedTermsAnswerSchema,
    RelatedTermsParameters,
    TrendsAnswerSchema,
    TrendsParameters,
)
from service.web.documentation.operation import Description, answer, operation, query_parameters

_TRENDS = {
    "interval": "month",
    "series": [
        {
            "q": "도서관",
            "total": 5,
            "buckets": [{"value": "2026-01-01", "count": 3}, {"value": "2026-02-01", "count": 2}],
        },
        {
            "q": "박물관",
            "total": 1,
            "buckets": [{"value": "2026-01-01", "count": 0}, {"value": "2026-02-01", "count": 1}],
        },
    ],
}
_TERMS = {"terms": [{"term": "열람실", "count": 9, "score": 41.207}, {"term": "물결공원", "count": 4, "score": 17.9}]}
_NETWORK = {
    "nodes": [
        {"name": "한빛시", "type": "organization", "count": 12},
        {"name": "나한결", "type": "person", "count": 7},
    ],
    "links": [
        {
            "source": "한빛시",
            "target": "나한결",
            "count": 7,
            "source_type": "organization",
            "target_type": "person",
        }
    ],
}


def _asking(parameters: list[Description], example: object) -> list[Description]:
    return [parameter | ({"example": example} if parameter["name"] == "q" else {}) for parameter in parameters]


TRENDS = operation(
    "trends",
    "기간별 건수 견주기",
    "q를 여러 번 써서 검색식마다 기간별 건수를 같은 칸으로 나란히 셉니다. 칸은 어느 검색식이든 첫 기사부터 "
    "마지막 기사까지이고, 빈 칸도 줍니다. interval=auto는 전체 기간이 60칸 이하가 되는 가장 좁은 너비입니다"
    "(아주 오래된 날짜가 섞이면 decade, century, millennium까지). total은 발행 시각이 없는 기사도 셉니다. "
    "필터와 기간은 모든 검색식에 함께 걸립니다.",
    {200: answer("나란한 건수", TrendsAnswerSchema, _TRENDS)},
    parameters=_asking(query_parameters(TrendsParameters), ["도서관", "박물관"]),
    problems=(414,),
)
RELATED_TERMS = operation(
    "related_terms",
    "두드러진 낱말",
    "찾은 기사를 나머지 기사와 갈라 주는 명사와 명사구를 두드러진 순서로 줍니다. 찾은 기사들의 키워드 가운데 "
    "검색식에 쓴 말을 뺀 것이며, count는 찾은 기사 가운데 글에 그 말이 든 기사 수, score는 보관한 모든 기사와 "
    "견준 로그 가능도비(G²)입니다. 모든 기사를 찾는 검색에는 두드러진 낱말이 없습니다.",
    {200: answer("두드러진 낱말", RelatedTermsAnswerSchema, _TERMS)},
    parameters=_asking(query_parameters(RelatedTermsParameters), "도서관"),
    problems=(414,),
)
NETWORK = operation(
    "network",
    "함께 나온 이름",
    "찾은 기사에 가장 많이 나온 인물과 기관(nodes), 그 가운데 둘이 함께 나온 기사 수(links)를 줍니다. "
    "모두 정확히 센 수이며, 함께 나온 기사가 없는 둘은 links에 없습니다.",
    {200: answer("이름과 이음", NetworkAnswerSchema, _NETWORK)},
    parameters=_asking(query_parameters(NetworkParameters), "도서관"),
    problems=(414,),
)
