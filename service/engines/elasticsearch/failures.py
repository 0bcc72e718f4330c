"""What the cluster says when it refuses, as the service's own errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from elasticsearch import ApiError

from service.domain.errors import (
    EngineUnavailable,
    ExpiredCursor,
    FieldError,
    GisaError,
    Message,
    StorageFull,
    ValidationFailed,
)

BUSY = frozenset({429, 502, 503, 504})
"""States that pass: what was asked may be asked again."""
_DENIED = frozenset({401, 403})


def translated(error: ApiError) -> GisaError | None:
    """Return the service's error for a refused request, None where it is a fault of the service itself."""
    body = error.body if isinstance(error.body, Mapping) else {}
    reason = body.get("error", {})
    return refusal(error.status_code, reason if isinstance(reason, Mapping) else {"reason": str(reason)})


def refusal(status: int, reason: Mapping[str, Any]) -> GisaError | None:
    """Return the service's error for what was refused with this status and reason."""
    text = str(reason)
    for sign, error in _SIGNS.items():
        if sign in text:
            return error()
    if status in BUSY:
        return busy()
    return _denied() if status in _DENIED else None


def is_blocked(reason: Mapping[str, Any]) -> bool:
    """Return whether a write was refused because the index takes none now, as at the end of a reindex."""
    return "FORBIDDEN/8/" in str(reason)


def busy() -> EngineUnavailable:
    """Return the error of a cluster that is up and cannot take more now."""
    return EngineUnavailable(
        "Elasticsearch가 지금 요청을 받지 못합니다. 잠시 뒤 다시 시도하세요.",
        "Elasticsearch cannot take the request now. Try again shortly.",
    )


def expired() -> ExpiredCursor:
    """Return the error of a page whose state of the index is kept no longer."""
    return ExpiredCursor(
        "커서의 유효 시간이 지났습니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
        "The cursor has expired. Search again from the first page, without a cursor.",
    )


def lost_state() -> EngineUnavailable:
    """Return the error of a read of very many articles whose state of the index went away with its node."""
    return EngineUnavailable(
        "Elasticsearch 노드가 바뀌어 읽던 색인 상태가 사라졌습니다. 잠시 뒤 다시 시도하세요.",
        "The state of the index that was being read is gone with its node. Try again shortly.",
    )


def _too_deep() -> ValidationFailed:
    message = Message(
        "이렇게 깊은 쪽은 볼 수 없습니다. 조건을 좁혀 다시 검색하세요.",
        "Pages this deep cannot be given. Narrow the search and start again.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("too-deep", message, parameter="cursor"),))


def _full() -> StorageFull:
    return StorageFull(
        "Elasticsearch의 디스크가 찼습니다. 공간을 비우면 다시 쓸 수 있습니다. 검색은 계속됩니다.",
        "The disks of Elasticsearch are full. Writing goes on once there is room. Searching goes on meanwhile.",
    )


def _denied() -> EngineUnavailable:
    return EngineUnavailable(
        "Elasticsearch가 이 서비스의 권한을 거부했습니다. GISA_ELASTICSEARCH_* 인증 설정을 확인하세요.",
        "Elasticsearch denies this service access. Check the credentials in GISA_ELASTICSEARCH_*.",
    )


def _no_index() -> EngineUnavailable:
    return EngineUnavailable(
        "기사 색인이 아직 없습니다. 잠시 뒤 다시 시도하세요.", "The index of articles is not there yet. Try again."
    )


def _yearly() -> EngineUnavailable:
    return EngineUnavailable(
        "기사가 연도별 색인에 있습니다. 모든 서비스를 GISA_ELASTICSEARCH_INDEX_PERIOD=year로 다시 시작하세요.",
        "The articles are in yearly indices. Restart every service with GISA_ELASTICSEARCH_INDEX_PERIOD=year.",
    )


_SIGNS: dict[str, Callable[[], GisaError]] = {
    "/12/": _full,  # the block that Elasticsearch sets on an index when its disk is over the flood-stage watermark
    "FORBIDDEN/8/": busy,  # the block under which a reindex ends; with one set by hand it is the same for a caller
    "search_context_missing": expired,  # the state, or with `_nodes` the node that had it
    "Result window is too large": _too_deep,
    "index_not_found_exception": _no_index,
    # A process that was started before the articles came to lie in several indices.
    "no write index is defined": _yearly,
    "has more than one ind": _yearly,
}
