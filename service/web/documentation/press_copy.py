"""The press copy call."""

from __future__ import annotations

from schemas.requests import PressCopyParameters
from schemas.results import PressCopyAnswer
from service.web.documentation.examples import PRESS_COPY, STORED
from service.web.documentation.operation import (
    IDEMPOTENCY_KEY,
    answer,
    operation,
    query_parameters,
    text_body,
)

_FOUND = {"articles": [STORED | {"problems": [], "status": 201}]}
_SHOWN = {"articles": [STORED | {"id": None, "problems": [], "status": None}]}
_PAGE = "<article><h1>한빛시, 물결공원에 시민 도서관 연다</h1><p>한빛시가 15일 밝혔다.</p></article>"

POST = operation(
    "post_press_copy",
    "붙여 넣은 기사 넣기",
    "기사나 보도자료를 복사한 그대로 보냅니다. 제목·언론사·시각·기자·사진 설명·본문을 가려내고, "
    "여러 기사가 들어 있으면 나눕니다. text/plain의 charset은 utf-8, euc-kr, cp949이며 없으면 알아냅니다. "
    "dry_run=true이면 저장하지 않고 보여 주며, 저장할 수 없는 까닭은 problems에 있습니다.",
    {
        201: answer("모두 저장했습니다", PressCopyAnswer, _FOUND),
        200: answer("dry_run: 저장하면 이렇게 됩니다", PressCopyAnswer, _SHOWN),
    },
    parameters=[*query_parameters(PressCopyParameters), IDEMPOTENCY_KEY],
    body=text_body("text/plain", PRESS_COPY) | text_body("text/html", _PAGE),
    problems=(409, 413, 414, 415, 507),
)
