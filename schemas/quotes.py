"""Quotes on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load

from schemas.fields import StrictSchema, Text, Timestamp
from schemas.query_string import load_query_string
from schemas.search import SearchSchema
from service.domain.outlets import Display
from service.search.quotes import QuoteResults
from service.search.request import SearchParameters
from service.search.tree import FilterField

_NOT_OF_QUOTES = ("fields", "sort", "facets", "facet_size", "facet_search", "interval", "group", "highlight")


@dataclass(frozen=True, slots=True)
class QuotesAsked:
    """A part of the speaker's name beside the words and dates."""

    speaker: str | None
    parameters: SearchParameters


class QuotesParameters(SearchSchema):
    """Who said it, and words of what was said."""

    class Meta(StrictSchema.Meta):
        """Leaves out what is about articles."""

        exclude = (*(field.value for field in FilterField), *_NOT_OF_QUOTES)

    speaker = Text(limit=200, metadata={"description": "말한 사람 이름이나 그 일부. 비우면 누구든"})

    @post_load
    def make(self, data: dict[str, Any], **options: Any) -> Any:
        """Return the speaker beside the parameters."""
        speaker = data.pop("speaker", None)
        return QuotesAsked(speaker, super().make(data, **options))


class QuotedArticleSchema(Schema):
    """The article that a quote stands in."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    outlet = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    display = fields.String(required=True, metadata={"enum": [display.value for display in Display]})
    published_at = Timestamp(required=True, allow_none=True)


class FoundQuoteSchema(Schema):
    """A quote; `speaker` is null where the text does not tell."""

    speaker = fields.String(required=True, allow_none=True, attribute="quote.speaker")
    text = fields.String(
        attribute="quote.text", metadata={"description": "한 말. 기사의 display가 full일 때, 아니면 원문에서"}
    )
    article = fields.Nested(QuotedArticleSchema, required=True)


class QuotesAnswerSchema(Schema):
    """A page of quotes, the newest first; `total` counts all of them exactly."""

    total = fields.Integer(required=True)
    quotes = fields.List(fields.Nested(FoundQuoteSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "다음 쪽의 커서"})


_PARAMETERS = QuotesParameters()
_ANSWER = QuotesAnswerSchema()


def load_quotes(parameters: Mapping[str, Sequence[str]]) -> QuotesAsked:
    """Return which quotes are asked for; ValidationFailed names each parameter that does not fit."""
    asked: QuotesAsked = load_query_string(_PARAMETERS, parameters)
    return asked


def dump_quotes(results: QuoteResults) -> dict[str, Any]:
    """Return a page of quotes as JSON values."""
    dumped: dict[str, Any] = _ANSWER.dump(results)
    for quote in dumped["quotes"]:
        if quote["article"]["display"] != Display.FULL:
            del quote["text"]
    return dumped
