"""The fields of the tantivy index and how one is opened."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import tantivy

from service.search.completion import GROUPS
from service.search.tokens import FILLER
from service.search.tree import FilterField, TextField

INDEX_VERSION = 4
"""Raised whenever the fields or what they hold change: an index of another version is built anew."""

KEY = "key"
SPEAKER = "speaker"
MONEY = "money"
NEWEST = "newest"
OLDEST = "oldest"
DAY = "day"
STORY = "story"
KEY_HEAD = "key_head"
KEY_TAIL = "key_tail"
KEY_NUMBER = "key_number"

_ANALYZER = "gisa"
_NUMBERS = (NEWEST, OLDEST, DAY, STORY, KEY_HEAD, KEY_TAIL, KEY_NUMBER)


def content_field(field: TextField | None) -> str:
    """Return the index field of a text field's content morphemes; None stands for all of them combined."""
    return f"content_{field or 'all'}"


def morphemes_field(field: TextField | None) -> str:
    """Return the index field of all of a text field's morphemes."""
    return f"morphemes_{field or 'all'}"


def words_field(field: TextField | None) -> str:
    """Return the index field of a text field's words as they are written, folded."""
    return f"words_{field or 'all'}"


def value_field(field: FilterField | Literal[TextField.TITLE]) -> str:
    """Return the index field of folded values, for comparing."""
    return f"value_{field}"


def facet_field(field: FilterField) -> str:
    """Return the index field of values as they are spelled, for counting."""
    return f"facet_{field}"


def completion_field(group: str) -> str:
    """Return the index field of the terms of one group under which values are completed."""
    return f"completion_{group}"


@cache
def schema() -> tantivy.Schema:
    """Return the schema of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY, stored=True, tokenizer_name="raw", index_option="basic")
    for text_field in (None, *TextField):
        builder.add_text_field(content_field(text_field), tokenizer_name=_ANALYZER, index_option="position")
        builder.add_text_field(morphemes_field(text_field), tokenizer_name=_ANALYZER, index_option="position")
        builder.add_text_field(words_field(text_field), tokenizer_name="raw", index_option="basic")
    for filter_field in FilterField:
        builder.add_text_field(value_field(filter_field), tokenizer_name="raw", index_option="basic")
        builder.add_text_field(facet_field(filter_field), fast=True, tokenizer_name="raw", index_option="basic")
    for group in GROUPS:
        builder.add_text_field(completion_field(group), fast=True, tokenizer_name="raw", index_option="basic")
    for name in (SPEAKER, MONEY, value_field(TextField.TITLE)):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def open_index(path: Path, *, create: bool = False) -> tantivy.Index:
    """Return the index in this directory, ready for searching and writing."""
    index = tantivy.Index(schema(), path=str(path), reuse=False) if create else tantivy.Index.open(str(path))
    # The stop words keep their positions and lose their postings: a filler leaves a gap that no length counts.
    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.custom_stopword([FILLER]))
        .build()
    )
    index.register_tokenizer(_ANALYZER, analyzer)
    index.config_reader("manual")
    return index
