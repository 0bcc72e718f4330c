"""The word lists of the enrichment steps, read once from the JSON files of this package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(file: str, key: str) -> frozenset[str]:
    """Return the list `key` of `data/{file}.json` as a set."""
    return frozenset(_load(file)[key])


@cache
def table(file: str, key: str) -> dict[str, Any]:
    """Return the object `key` of `data/{file}.json`; it is shared, so it is only read."""
    value = _load(file)[key]
    assert isinstance(value, dict)
    return value


@cache
def by_length(file: str, key: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return the list `key` as (length, the entries of that length), longest first: what a word may end in."""
    entries = words(file, key)
    lengths = sorted({len(entry) for entry in entries}, reverse=True)
    return tuple((length, frozenset(entry for entry in entries if len(entry) == length)) for length in lengths)


def endings(word: str, file: str, key: str) -> Iterator[str]:
    """Yield the entries of the list `key` that the word ends in, the longest first, the word itself included."""
    for length, entries in by_length(file, key):
        if length <= len(word) and word[-length:] in entries:
            yield word[-length:]


def ending(word: str, file: str, key: str) -> str | None:
    """Return the longest entry of the list `key` that the word ends in, the word itself included."""
    return next(endings(word, file, key), None)


@cache
def _load(file: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files(__package__).joinpath("data", f"{file}.json").read_text("utf-8"))
    return content
