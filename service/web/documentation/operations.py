"""The calls about the service itself."""

from __future__ import annotations

from typing import Any

from schemas.problems import Problem
from schemas.results import Readiness
from service.web.documentation.operation import answer, content

_READY = {"ready": True, "checks": [{"name": "store", "ready": True, "message": None}]}
_NOT_READY = {
    "type": "urn:gisa:problem:engine-unavailable",
    "title": "검색 엔진 사용 불가",
    "status": 503,
    "detail": "아직 준비되지 않았습니다. checks가 까닭과 할 일을 말합니다.",
    "instance": "/readyz",
    "request_id": "4f1c2b7a9d3e4c58a1b6f0e2d9c7b835",
    "checks": [{"name": "index", "ready": False, "message": "색인을 다시 만드는 중입니다. 기다려 주세요."}],
}


def _call(operation_id: str, summary: str, description: str, success: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": operation_id,
        "summary": summary,
        "description": description,
        "responses": {"200": success},
    }


LIVEZ = _call(
    "livez",
    "살아 있는지",
    "프로세스가 요청에 답하면 200입니다. 엔진은 보지 않습니다.",
    answer(
        "살아 있습니다",
        {"type": "object", "required": ["live"], "properties": {"live": {"const": True}}},
        {"live": True},
    ),
)
READYZ = _call(
    "readyz",
    "준비되었는지",
    "부분마다 준비되었는지, 아니면 까닭과 할 일을 말합니다.",
    answer("모두 준비되었습니다", Readiness, _READY),
)
READYZ["responses"]["503"] = {
    "description": "준비되지 않은 부분이 있습니다",
    "content": content("application/problem+json", Problem, _NOT_READY),
}
METRICS = _call(
    "metrics",
    "지표",
    "Prometheus 텍스트 형식입니다. 모든 프로세스를 더한 값입니다.",
    answer(
        "지표",
        {"type": "string"},
        'gisa_http_requests_total{method="GET",route="/v1/search",status="200"} 42.0\n',
        media_type="text/plain",
    ),
)
OPENAPI = _call(
    "openapi",
    "이 문서(JSON)",
    "OpenAPI 3.1 문서입니다.",
    answer("OpenAPI 3.1", {"type": "object"}, {"openapi": "3.1.0"}),
)
DOCS = _call(
    "docs",
    "이 문서(페이지)",
    "OpenAPI 문서를 사람이 읽는 페이지로 보여 줍니다.",
    answer("페이지", {"type": "string"}, "<!doctype html>…", media_type="text/html"),
)
