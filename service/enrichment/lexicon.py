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
def listed(file: str, key: str) -> tuple[str, ...]:
    """Return the list `key` of `data/{file}.json` in its order: pieces of a pattern."""
    return tuple(_load(file)[key])


@cache
def table(file: str, key: str) -> dict[str, Any]:
    """Return the object `key` of `data/{file}.json`; it is shared, so it is only read."""
    value = _load(file)[key]
    assert isinstance(value, dict)
    return value


def endings(word: str, file: str, key: str) -> Iterator[str]:
    """Yield the entries of the list `key` that the word ends in, the longest first, the word itself included."""
    for length in _lengths(file, key).get(word[-1:], ()):
        if length <= len(word) and word[-length:] in words(file, key):
            yield word[-length:]


def ending(word: str, file: str, key: str) -> str | None:
    """Return the longest entry of the list `key` that the word ends in, the word itself included."""
    lengths = _lengths(file, key).get(word[-1:])
    if lengths is None:
        return None  # most words
    held = words(file, key)
    return next((word[-length:] for length in lengths if word[-length:] in held), None)


@cache
def _lengths(file: str, key: str) -> dict[str, tuple[int, ...]]:
    """Return for each last character of the entries of `key` how long they are, longest first."""
    found: dict[str, set[int]] = {}
    for entry in words(file, key):
        found.setdefault(entry[-1], set()).add(len(entry))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}


@cache
def _load(file: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files(__package__).joinpath("data", f"{file}.json").read_text("utf-8"))
    return content
