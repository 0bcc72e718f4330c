"""The bulk call."""

from __future__ import annotations

from schemas.requests import WriteParameters
from service.web.documentation.examples import BULK_ANSWER, BULK_REQUEST
from service.web.documentation.operation import (
    IDEMPOTENCY_KEY,
    answer,
    operation,
    query_parameters,
    text_body,
)

_NDJSON = "application/x-ndjson"

POST = operation(
    "post_articles_bulk",
    "여러 기사 한 번에 넣기",
    "한 줄에 기사 하나(NDJSON)이며 길이에 제한이 없습니다. 줄마다 한 줄씩 차례로 답하고 마지막 줄은 합계입니다. "
    "틀린 줄은 그 줄만 거절하고(JSON이 아니면 400, 1 MiB를 넘으면 413, 값이 틀리면 422), "
    "2xx로 답한 줄은 확실히 저장되었습니다. "
    "빈 줄은 건너뛰되 줄 번호에는 셉니다. 줄은 id로 멱등이므로 도중에 끊기면 전부 다시 보내면 됩니다. "
    "그래서 Idempotency-Key는 형식만 확인합니다.",
    {
        200: answer(
            "줄마다 한 줄: {line, id, status} 또는 {line, status, errors}, 마지막 줄은 {summary}",
            {"type": "string"},
            BULK_ANSWER,
            media_type=_NDJSON,
        )
    },
    parameters=[*query_parameters(WriteParameters), IDEMPOTENCY_KEY],
    body=text_body(_NDJSON, BULK_REQUEST),
    problems=(415,),
)
