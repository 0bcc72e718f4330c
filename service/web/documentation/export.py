"""The export call."""

from __future__ import annotations

import json

from schemas.export import ExportParameters
from service.web.documentation.examples import HIT
from service.web.documentation.operation import Description, content, operation, query_parameters

_HEADERS = {
    "Content-Disposition": {"description": "파일 이름: 한글은 filename*에(RFC 6266)", "schema": {"type": "string"}},
    "X-Total-Count": {"description": "찾은 기사(묶으면 묶음)의 수", "schema": {"type": "string"}},
    "X-Row-Limit": {"description": "담는 행의 한도. X-Total-Count가 더 크면 잘렸습니다", "schema": {"type": "string"}},
    "X-Request-ID": {"description": "이 요청의 이름", "schema": {"type": "string"}},
}
_CSV = "제목,부제,언론사,…\r\n“한빛시, 물결공원에 시민 도서관 연다”,…\r\n"
_NDJSON = json.dumps(HIT | {"highlights": {}}, ensure_ascii=False) + "\n"
_EXAMPLES = {"format": "csv", "q": "도서관"}


def _with_examples(parameters: list[Description]) -> list[Description]:
    return [
        parameter | ({"example": _EXAMPLES[parameter["name"]]} if parameter["name"] in _EXAMPLES else {})
        for parameter in parameters
    ]


GET = operation(
    "export",
    "찾은 기사 모두 내보내기",
    "검색과 같은 조건과 순서로 찾은 기사를 모두 한 줄에 하나씩 보냅니다. 보내는 동안 다른 기사가 들어와도 되풀이되거나 "
    "빠지지 않습니다. csv는 UTF-8(BOM), xlsx는 글로만 된 표이며, 수식이 될 수 있는 칸 앞에는 작은따옴표를 붙입니다. "
    "열 이름은 Accept-Language를 따릅니다. ndjson의 한 줄은 검색 응답의 hits 하나와 같습니다. "
    "한도(GISA_EXPORT_ROWS)를 넘으면 X-Total-Count가 X-Row-Limit보다 크고, 마지막 행(ndjson은 note만 든 줄, xlsx는 "
    "‘안내’ 시트에도)이 그렇다고 말합니다. 보내기 전의 오류는 problem+json이고, 보내는 도중의 오류는 마지막 행이 "
    "말한 뒤 연결을 끊습니다. size, facets, facet_size, facet_search, interval은 한 쪽에 대한 값이라 "
    "행에 영향이 없습니다.",
    {
        200: {
            "description": "파일",
            "headers": _HEADERS,
            "content": content("text/csv", {"type": "string"}, _CSV)
            | content("application/x-ndjson", {"type": "string"}, _NDJSON)
            | {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "schema": {"type": "string", "format": "binary"},
                    "example": "PK…",
                }
            },
        }
    },
    parameters=_with_examples(query_parameters(ExportParameters)),
    problems=(414,),
)
