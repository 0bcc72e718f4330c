"""The search tokens of an article as they are stored: for indexing, for highlights, for exact distances."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import orjson
import zstandard

from service.domain.article import Article
from service.korean.analysis import Analysis, analyze_by
from service.korean.dictionary import Dictionary, in_force
from service.search.tokens import TextTokens, Tokens, text_tokens
from service.search.tree import TextField
from service.search.values import texts_in_order

_IDENTITY = "identity"
_PER_THREAD = threading.local()  # a decompressor costs as much to make as to use, and is not safe to share


def encode_tokens(texts: Mapping[TextField, tuple[Analysis, ...]]) -> bytes:
    """Return the tokens of each text with the identity of the dictionary by which they were cut, compressed."""
    identities = {analysis.identity for analyses in texts.values() for analysis in analyses}
    document: dict[str, Any] = {_IDENTITY: identities.pop() if len(identities) == 1 else ""}
    document |= {str(field): [_packed(analysis) for analysis in analyses] for field, analyses in texts.items()}
    return compress(orjson.dumps(document))


def decode_tokens(data: bytes) -> Tokens:
    """Return what `encode_tokens` was given, as tokens."""
    return _tokens(_document(data))


def current_tokens(data: bytes, article: Callable[[], Article], dictionary: Dictionary | None = None) -> Tokens:
    """Return the tokens that `encode_tokens` was given, or those of the article where another dictionary cut them.

    `dictionary` is the one that is wanted, the one in force where none is named.
    """
    wanted = dictionary or in_force()
    document = _document(data)
    return _tokens(document) if document.get(_IDENTITY) == wanted.identity else _cut_tokens(article(), wanted)


def is_cut_by(data: bytes, dictionary: Dictionary) -> bool:
    """Return whether stored tokens were cut by this dictionary."""
    return bool(_document(data).get(_IDENTITY) == dictionary.identity)


def cut(article: Article, dictionary: Dictionary) -> dict[TextField, tuple[Analysis, ...]]:
    """Return the texts of an article as this dictionary cuts them."""
    return {
        field: tuple(analyze_by(dictionary, text) for text in texts) for field, texts in texts_in_order(article).items()
    }


def compress(data: bytes) -> bytes:
    """Return the data compressed and with a checksum."""
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(data)


def decompress(data: bytes) -> bytes:
    """Return what was compressed; zstandard.ZstdError where it is damaged."""
    try:
        known: zstandard.ZstdDecompressor = _PER_THREAD.decompressor
    except AttributeError:
        known = _PER_THREAD.decompressor = zstandard.ZstdDecompressor()
    return known.decompress(data)


def _cut_tokens(article: Article, dictionary: Dictionary) -> Tokens:
    return {field: tuple(map(text_tokens, texts)) for field, texts in cut(article, dictionary).items()}


def _document(data: bytes) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(decompress(data))
    return document


def _tokens(document: Mapping[str, Any]) -> Tokens:
    return {field: tuple(_unpacked(text) for text in document.get(field, ())) for field in TextField}


def _packed(analysis: Analysis) -> list[Any]:
    tokens = text_tokens(analysis)
    return [tokens.joined, tokens.content, tokens.deltas, tokens.lengths]


def _unpacked(text: list[Any]) -> TextTokens:
    return TextTokens(*text)
