"""Suggestions on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from marshmallow import Schema, fields

from schemas.fields import Choice, Items, StrictSchema, Text, WholeNumber
from schemas.query_string import load_query_string
from service.suggestions.ranking import SuggestionType

MAX_TYPED = 1_024
MAX_SUGGESTIONS = 100


class SuggestParameters(StrictSchema):
    """What was typed so far, and how many suggestions of which types are wanted."""

    q = Text(
        limit=MAX_TYPED,
        blank=True,
        required=True,
        description="지금까지 친 글. 비어 있으면 제안도 없습니다",
    )
    size = WholeNumber(low=1, high=MAX_SUGGESTIONS, load_default=10, metadata={"description": "제안의 수. 기본 10"})
    type = Items(
        Choice(SuggestionType),
        low=1,
        load_default=(),
        metadata={"style": "form", "description": "제안할 종류의 쉼표 목록. 기본은 모두"},
    )


class SuggestionSchema(Schema):
    """One suggestion."""

    text = fields.String(required=True)
    type = fields.String(
        required=True,
        metadata={"enum": [kind.value for kind in SuggestionType], "description": "title 말고는 같은 이름의 필터 값"},
    )
    count = fields.Integer(required=True, metadata={"description": "이 값이 있는 기사의 수"})


class SuggestAnswerSchema(Schema):
    """What may be being typed, the best first."""

    suggestions = fields.List(fields.Nested(SuggestionSchema), required=True)


class Suggested(Protocol):
    """A suggestion."""

    @property
    def text(self) -> str:
        """Return the name, keyword or title."""
        ...

    @property
    def type(self) -> SuggestionType:
        """Return what it is."""
        ...

    @property
    def count(self) -> int:
        """Return the number of its articles."""
        ...


_PARAMETERS = SuggestParameters()
_ANSWER = SuggestAnswerSchema()


def load_suggest_query(parameters: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return `q`, `size` and `type` of a query string; ValidationFailed names each parameter that does not fit."""
    loaded: dict[str, Any] = load_query_string(_PARAMETERS, parameters)
    return loaded


def dump_suggestions(suggestions: Sequence[Suggested]) -> dict[str, Any]:
    """Return the suggestions as JSON values."""
    dumped: dict[str, Any] = _ANSWER.dump({"suggestions": suggestions})
    return dumped
