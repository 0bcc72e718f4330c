"""The call that finds quotes."""

from __future__ import annotations

from schemas.quotes import QuotesAnswerSchema, QuotesParameters
from service.web.documentation.examples import STORED
from service.web.documentation.operation import LINK, answer, operation, query_parameters

_ANSWER = {
    "total": 1,
    "quotes": [
        {
            **STORED["quotes"][0],
            "article": {name: STORED[name] for name in ("id", "title", "outlet", "url", "display", "published_at")},
        }
    ],
    "next": None,
}
_EXAMPLES = {"speaker": "나한결", "q": "도시"}

GET = operation(
    "quotes",
    "누가 무엇을 말했는지",
    "말한 사람의 이름(일부라도)과 발언 자체에 든 낱말로 발언을 찾습니다. q는 검색식의 낱말, 구절, 연산자를 쓰며 "
    "발언 하나 안에서 맞아야 합니다(제목:, 언론사: 같은 항목 이름은 422). 새 기사의 발언부터, 한 기사 안에서는 나온 "
    "순서대로이고 total은 모든 발언을 정확히 셉니다. 쪽을 넘기는 동안 새 기사가 들어와도 되풀이되거나 빠지지 않습니다.",
    {200: answer("한 쪽의 발언", QuotesAnswerSchema, _ANSWER, headers=LINK)},
    parameters=[
        parameter | ({"example": _EXAMPLES[parameter["name"]]} if parameter["name"] in _EXAMPLES else {})
        for parameter in query_parameters(QuotesParameters)
    ],
    problems=(414,),
)
