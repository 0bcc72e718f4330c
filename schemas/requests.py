"""The query parameters of the calls that are no search."""

from __future__ import annotations

from enum import StrEnum

from schemas.fields import Choice, Flag, StrictSchema, Text, Timestamp, Url


class Refresh(StrEnum):
    """When a write is answered."""

    WAIT_FOR = "wait_for"


class NoParameters(StrictSchema):
    """A call without query parameters."""


class WriteParameters(StrictSchema):
    """A write."""

    refresh = Choice(Refresh, metadata={"description": "wait_for: 검색할 수 있게 된 뒤에 응답합니다"})


class PressCopyParameters(WriteParameters):
    """Press copy: whether it is only shown, and what fills in where the copy does not say."""

    dry_run = Flag(load_default=False, metadata={"description": "true: 저장하지 않고 보여 주기만 합니다"})
    outlet = Text(load_default=None, metadata={"description": "본문에 없을 때 쓸 언론사"})
    published_at = Timestamp(load_default=None, metadata={"description": "본문에 없을 때 쓸 발행 시각"})
    url = Url(load_default=None, metadata={"description": "첫 기사의 주소"})
    section = Text(load_default=None, metadata={"description": "본문에 없을 때 쓸 지면·분야"})
