"""Articles as JSON documents: the form in which every engine keeps them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import msgspec

from service.domain.article import Article

_TIMES = ("published_at", "updated_at", "received_at")
_NAMES = tuple(field.name for field in fields(Article))


def to_document(article: Article) -> dict[str, Any]:
    """Return the article as plain JSON values: times in RFC 3339, parts as objects, `given` as a sorted list."""
    document: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(article, name)
        if name in _TIMES:
            document[name] = value.isoformat() if value else None
        elif name == "given":
            document[name] = sorted(value)
        else:
            document[name] = list(msgspec.to_builtins(value)) if isinstance(value, tuple) else value
    return document


def from_document(document: dict[str, Any]) -> Article:
    """Return the article that `to_document` wrote; msgspec.ValidationError where a value is none of an article's."""
    return msgspec.convert(document, Article)
