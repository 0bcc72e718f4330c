"""The search tokens of an article as they are stored: for indexing, for highlights, for exact distances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import zstandard

from service.korean.analysis import Analysis
from service.search.tokens import TextTokens, Tokens, text_tokens
from service.search.tree import TextField


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
    tokens = text_tokens(analysis)
    return [" ".join(tokens.terms), tokens.content, tokens.deltas, tokens.lengths]


def _unpacked(text: list[Any]) -> TextTokens:
    terms, content, starts, lengths = text
    return TextTokens(terms.split(" ") if terms else [], content, starts, lengths)
