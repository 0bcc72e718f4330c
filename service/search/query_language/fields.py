"""The names of fields in the query language, Korean and English."""

from __future__ import annotations

from enum import Enum

from service.search.tree import FilterField, TextField


class Special(Enum):
    """The fields that are neither text nor whole values of a filter."""

    SPEAKER = "speaker"
    DATE = "date"
    MONEY = "money"


Field = TextField | FilterField | Special

KOREAN_NAMES: dict[Field, str] = {
    TextField.TITLE: "제목",
    TextField.SUBTITLE: "부제",
    TextField.BODY: "본문",
    TextField.CAPTION: "캡션",
    FilterField.REPORTER: "기자",
    FilterField.OUTLET: "언론사",
    FilterField.PERSON: "인물",
    FilterField.ORGANIZATION: "기관",
    FilterField.PLACE: "장소",
    FilterField.KEYWORD: "키워드",
    Special.SPEAKER: "발언자",
    Special.DATE: "날짜",
    Special.MONEY: "금액",
}
"""The canonical names, in the order in which they are told to the reader."""

_BY_NAME: dict[str, Field] = {name: field for field, name in KOREAN_NAMES.items()} | {
    str(field.value): field for field in KOREAN_NAMES
}


def field_named(name: str) -> Field | None:
    """Return the field of this name, whatever its case; None for any other word."""
    return _BY_NAME.get(name.casefold())
