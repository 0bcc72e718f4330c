"""The names of the index's fields, as `index_mappings/articles.json` defines them."""

from __future__ import annotations

from typing import Literal

from service.search.tree import FilterField, TextField

ID = "id"
FINGERPRINT = "fingerprint"
STORY_ID = "story_id"
DUPLICATE_OF = "duplicate_of"
TEXT_DIGEST = "text_digest"
REVISION = "revision"
NEWEST = "search.newest"
OLDEST = "search.oldest"
DAY = "search.day"
MONTH = "search.month"
STORY = "search.story"
FIRST = "search.first"
PRECEDENCE = "search.precedence"
BANDS = "search.bands"
SIGNATURE = "search.signature"
RECEIVED = "received_at"
SPEAKER = "search.folded.speaker"
MONEY = "money"
MONEY_AMOUNT = "money.amount"
MONEY_CURRENCY = "money.currency"

QUOTES = "search.quote"
QUOTE_NUMBER = "search.quote.number"
QUOTE_SPEAKER = "search.quote.speaker"
QUOTE = "quote"
"""Stands for the text of a quote where the field of a text is asked for."""

_ALL = "search.all"
_TEXTS = {
    TextField.TITLE: "title",
    TextField.SUBTITLE: "subtitle",
    TextField.BODY: "body",
    TextField.CAPTION: "captions.text",
    QUOTE: "search.quote.text",
}


def content_field(field: TextField | None) -> str:
    """Return the field of a text field's content morphemes; None stands for all of them combined."""
    return _TEXTS[field] if field else _ALL


def exact_field(field: TextField | None) -> str:
    """Return the field of all of a text field's morphemes."""
    return f"{content_field(field)}.exact"


def words_field(field: TextField | None) -> str:
    """Return the field of a text field's words as they are written, folded."""
    return "search.quote.words" if field == QUOTE else f"search.words.{field or 'all'}"


def value_field(field: FilterField | Literal[TextField.TITLE]) -> str:
    """Return the field of folded values, for comparing."""
    return f"search.folded.{field}"


def completion_field(group: str) -> str:
    """Return the field of the terms of one group under which values are completed."""
    return f"search.completion.{group}"


def facet_field(field: FilterField) -> str:
    """Return the field of values as they are spelled, for counting."""
    return f"search.facet.{field}"
