"""The calls on outlets."""

from __future__ import annotations

from schemas.outlets import OutletInput, OutletSchema, OutletsSchema
from service.web.documentation.operation import (
    ETAG,
    IF_MATCH,
    IF_NONE_MATCH,
    LOCATION,
    ONLY_IF_ABSENT,
    answer,
    content,
    empty_answer,
    operation,
)

_LICENCE = {"display": "snippet", "valid_from": "2026-01-01", "valid_to": "2026-12-31", "note": "계약 2026-3"}
_INPUT = {"kind": "daily", "aliases": ["하늘신문"], "licences": {"intranet": _LICENCE}}
_OUTLET = {
    "name": "하늘일보",
    **_INPUT,
    "display": {"press_office": "full", "intranet": "snippet", "public": "link"},
}
_RULES = (
    "licences는 audience(press_office, intranet, public)마다 보여 줄 수 있는 만큼입니다: full은 모두, snippet은 요약의 "
    "앞부분, link는 제목과 원문 주소. 없거나 기간 밖이면 GISA_DISPLAY_* 설정을 따르며, "
    "display가 오늘 보이는 만큼입니다."
)

LIST = operation(
    "list_outlets",
    "언론사 모두",
    f"언론사를 이름 순서로 돌려줍니다. {_RULES}",
    {
        200: answer("모든 언론사", OutletsSchema, {"outlets": [_OUTLET]}, headers=ETAG),
        304: empty_answer("If-None-Match의 판 그대로입니다", ETAG),
    },
    parameters=[IF_MATCH, IF_NONE_MATCH],
    problems=(412,),
)
GET = operation(
    "get_outlet",
    "언론사 하나",
    f"이 이름의 언론사를 돌려줍니다. {_RULES}",
    {
        200: answer("언론사", OutletSchema, _OUTLET, headers=ETAG),
        304: empty_answer("If-None-Match의 판 그대로입니다", ETAG),
    },
    parameters=[IF_MATCH, IF_NONE_MATCH],
    problems=(404, 412),
)
PUT = operation(
    "put_outlet",
    "언론사 넣기",
    "없으면 새로 넣고 있으면 바꿉니다. 모든 프로세스에 1초 안에 반영됩니다. 이름이나 별칭이 다른 언론사의 것이면 "
    f"409입니다. {_RULES}",
    {
        201: answer("새 언론사를 넣었습니다", OutletSchema, _OUTLET, headers=ETAG | LOCATION),
        200: answer("있던 언론사를 바꾸었습니다", OutletSchema, _OUTLET, headers=ETAG),
    },
    parameters=[IF_MATCH, ONLY_IF_ABSENT],
    body=content("application/json", OutletInput, _INPUT),
    problems=(409, 412, 413, 415, 507),
)
DELETE = operation(
    "delete_outlet",
    "언론사 빼기",
    "언론사와 이용 허락을 뺍니다. 그 언론사의 기사는 GISA_DISPLAY_* 설정만큼만 보입니다.",
    {204: empty_answer("뺐습니다")},
    parameters=[IF_MATCH, ONLY_IF_ABSENT],
    problems=(404, 409, 412, 507),
)
