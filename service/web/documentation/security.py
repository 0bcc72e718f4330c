"""What the OpenAPI document says of keys: the scheme, and for each call the scope it needs and the refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from werkzeug.routing import Rule

from service.domain.keys import Scope
from service.web.documentation.operation import problem_answer
from service.web.scopes import scope_of

SCHEME_NAME = "key"
SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": (
        "`gisa keys create`로 만든 API 키. read는 읽기, write는 읽기와 쓰기, admin은 모두 할 수 있습니다. "
        "키가 하나도 없는 서비스는 127.0.0.1에서 키 없이 열려 있습니다."
    ),
}
SESSION_NAME = "session"
_PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_REFUSALS = (401, 403, 429)


def session_scheme(cookie: str) -> dict[str, str]:
    """Return the scheme of a session, which is sent as this cookie."""
    return {
        "type": "apiKey",
        "in": "cookie",
        "name": cookie,
        "description": "/sign-on에서 로그인한 브라우저의 세션. 쓰기는 이 서비스의 화면에서 보낸 것만 받습니다.",
    }


def secured(
    paths: dict[str, Any], rules: Iterable[Rule], *, is_open: bool, with_session: bool = False
) -> dict[str, Any]:
    """Return the paths of a document, each call with the scope that it needs, of a key or a session.

    Where the service is open, a key is optional.
    """
    others: list[str] = [SESSION_NAME] if with_session else []
    endpoints = {
        (_PARAMETER.sub(r"{\1}", rule.rule), method): rule.endpoint for rule in rules for method in rule.methods or ()
    }
    return {
        path: {
            name: _secured(operation, scope_of(endpoints[path, name.upper()], name.upper()), others, is_open=is_open)
            if (path, name.upper()) in endpoints
            else operation
            for name, operation in operations.items()
        }
        for path, operations in paths.items()
    }


def _secured(operation: dict[str, Any], scope: Scope | None, others: list[str], *, is_open: bool) -> dict[str, Any]:
    if scope is None:
        return operation | {"security": []}
    needed: list[dict[str, list[str]]] = [{name: [scope.value]} for name in (SCHEME_NAME, *others)]
    responses = operation["responses"] | {str(status): problem_answer(status) for status in _REFUSALS}
    return operation | {
        "security": [*needed, {}] if is_open else needed,
        "responses": {status: responses[status] for status in sorted(responses)},
    }
