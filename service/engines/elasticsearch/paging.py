"""Where a page begins: after a sort value, or within a state of the index that is kept for the pages to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.domain.errors import InvalidCursor
from service.engines.elasticsearch import fields
from service.engines.elasticsearch.state_names import pack, unpack
from service.search.cursor import decode_cursor, encode_cursor
from service.search.request import SearchRequest, Sort

_ID = {fields.ID: "asc"}
_BY_TIME: dict[Sort, dict[str, str]] = {Sort.NEWEST: {fields.NEWEST: "desc"}, Sort.OLDEST: {fields.OLDEST: "asc"}}


@dataclass(frozen=True, slots=True)
class Position:
    """Where the page before ended.

    `after` holds the sort values of its last hit, `rank` the number of stories given by then, where hits are grouped.
    `point_in_time` names the state of the index that those belong to, None where a time and an id say it all.
    """

    point_in_time: str | None
    after: tuple[Any, ...] = ()
    rank: int = 0


def sort_clauses(sort: Sort) -> list[dict[str, str]]:
    """Return the sort of a request; ties go by id."""
    return [_BY_TIME.get(sort, {"_score": "desc"}), _ID]


def needs_point_in_time(sort: Sort, request: SearchRequest) -> bool:
    """Return whether pages hang on the state of the index: scores do, and ranks of stories; a time and an id do not."""
    return sort is Sort.RELEVANCE or request.group_by_story


def read_position(request: SearchRequest) -> Position | None:
    """Return where the request's cursor goes on, None without one; InvalidCursor."""
    match decode_cursor(request):
        case None:
            return None
        case [None, [int() as time, str() as key]]:
            return Position(None, (time, key))
        case [str() as packed, list() as after]:
            return Position(_unpacked(packed), tuple(after))
        case [str() as packed, int() as rank]:
            return Position(_unpacked(packed), rank=rank)
    raise foreign_cursor()


def foreign_cursor() -> InvalidCursor:
    """Return the error of a cursor that this engine cannot have given."""
    return InvalidCursor(
        "이 커서는 다른 엔진의 것입니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
        "This cursor was given by another engine. Search again from the first page, without a cursor.",
    )


def write_position(request: SearchRequest, position: Position) -> str:
    """Return the cursor for going on from a position."""
    state = pack(position.point_in_time) if position.point_in_time else None
    return encode_cursor(request, (state, position.rank if request.group_by_story else list(position.after)))


def _unpacked(packed: str) -> str:
    try:
        return unpack(packed)
    except ValueError as error:
        raise foreign_cursor() from error
