"""Articles as JSON documents: the form in which every engine keeps them."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from service.domain.article import (
    Article,
    Caption,
    DateMention,
    Keyword,
    Mention,
    Money,
    NamedCount,
    Person,
    Quote,
    Reporter,
    SpeakerLabel,
)

_TIMES = ("published_at", "updated_at", "received_at")
_PARTS: dict[str, type] = {
    "reporters": Reporter,
    "captions": Caption,
    "quotes": Quote,
    "persons": Person,
    "organizations": NamedCount,
    "places": NamedCount,
    "money": Money,
    "dates": DateMention,
    "mentions": Mention,
    "keywords": Keyword,
    "speaker_labels": SpeakerLabel,
}
_NAMES = tuple(field.name for field in fields(Article))


def to_document(article: Article) -> dict[str, Any]:
    """Return the article as plain JSON values: times in RFC 3339, parts as objects, `given` as a sorted list."""
    document: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(article, name)
        if name in _TIMES:
            document[name] = value.isoformat() if value else None
        elif name in _PARTS:
            document[name] = [asdict(part) for part in value]
        elif name == "given":
            document[name] = sorted(value)
        else:
            document[name] = list(value) if isinstance(value, tuple) else value
    return document


def from_document(document: dict[str, Any]) -> Article:
    """Return the article that `to_document` wrote."""
    values: dict[str, Any] = {}
    for name, value in document.items():
        if name in _TIMES:
            values[name] = datetime.fromisoformat(value) if value else None
        elif name in _PARTS:
            values[name] = tuple(_PARTS[name](**part) for part in value)
        elif name == "given":
            values[name] = frozenset(value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return Article(**values)
