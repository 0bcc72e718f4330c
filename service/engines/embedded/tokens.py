"""The search tokens of an article as they are stored: for indexing, for highlights, for exact distances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any

import orjson
import zstandard

from service.korean.analysis import Analysis
from service.search.tree import TextField

FILLER = "\x01"
"""Holds the position of a token that is not indexed; the analyser never yields a control character."""

_LONGEST_TERM = 255
# Characters. tantivy drops tokens over 64 kB without a word; a longer token is cut here, in the index and in queries
# alike, so it is still found (with any other that begins with the same 255 characters).


class TextTokens:
    """The tokens of one separate text; the place in `terms` is the position, offsets are code points of the text."""

    def __init__(self, terms: list[str], content: str, starts: list[int], lengths: list[int]) -> None:
        self.terms = terms
        self.content = content
        self._deltas = starts
        self._lengths = lengths

    @cached_property
    def starts(self) -> list[int]:
        """Return where each token begins."""
        return list(accumulate(self._deltas))

    def span(self, position: int) -> tuple[int, int]:
        """Return start and end of the token at this position."""
        start = self.starts[position]
        return start, start + self._lengths[position]

    @cached_property
    def content_terms(self) -> list[str]:
        """Return the terms with fillers in place of those without content."""
        return [term if flag == "1" else FILLER for term, flag in zip(self.terms, self.content, strict=True)]


Tokens = Mapping[TextField, tuple[TextTokens, ...]]


def clean_term(term: str) -> str:
    """Return a term as it is indexed and looked for: without blanks, cut where too long; the filler for nothing."""
    if len(term) <= _LONGEST_TERM and term.isalnum():
        return term
    return "".join(term.replace(FILLER, "").split())[:_LONGEST_TERM] or FILLER


def encode_tokens(texts: Mapping[TextField, tuple[Analysis, ...]]) -> bytes:
    """Return the tokens of each text, compressed."""
    document = {str(field): [_packed(analysis) for analysis in analyses] for field, analyses in texts.items()}
    return compress(orjson.dumps(document))


def decode_tokens(data: bytes) -> Tokens:
    """Return what `encode_tokens` was given, as tokens."""
    document: dict[str, list[list[Any]]] = orjson.loads(decompress(data))
    return {field: tuple(_unpacked(text) for text in document.get(field, ())) for field in TextField}


def compress(data: bytes) -> bytes:
    """Return the data compressed and with a checksum."""
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(data)


def decompress(data: bytes) -> bytes:
    """Return what was compressed; zstandard.ZstdError where it is damaged."""
    return zstandard.ZstdDecompressor().decompress(data)


def _packed(analysis: Analysis) -> list[Any]:
    tokens = analysis.tokens
    starts = [token.start for token in tokens]
    return [
        " ".join([clean_term(token.term) for token in tokens]),
        "".join(["1" if token.content else "0" for token in tokens]),
        _differences(starts),
        [token.end - token.start for token in tokens],
    ]


def _unpacked(text: list[Any]) -> TextTokens:
    terms, content, starts, lengths = text
    return TextTokens(terms.split(" ") if terms else [], content, starts, lengths)


def _differences(values: Iterable[int]) -> list[int]:
    # Small numbers: half the size once compressed.
    previous, differences = 0, []
    for value in values:
        differences.append(value - previous)
        previous = value
    return differences
