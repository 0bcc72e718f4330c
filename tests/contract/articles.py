"""Articles for the contract: texts of our own about fictitious people and outlets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from service.domain.article import (
    DERIVED_FIELDS,
    Article,
    Caption,
    Keyword,
    Money,
    NamedCount,
    Person,
    Quote,
    Reporter,
)
from service.enrichment.pipeline import analyze_texts
from service.search.engine import NO_PRECONDITION, Precondition, Put
from service.search.stored_tokens import encode_tokens


def article(
    shelf: str,
    key: str,
    body: str = "본문이다.",
    *,
    title: str = "제목",
    published: str | None = None,
    captions: Iterable[str] = (),
    persons: Iterable[str] = (),
    organizations: Iterable[str] = (),
    places: Iterable[str] = (),
    keywords: Iterable[str] = (),
    reporters: Iterable[str] = (),
    speakers: Iterable[str] = (),
    money: Iterable[tuple[float, str]] = (),
    tags: Iterable[str] = (),
    **fields: object,
) -> Article:
    """Return an article of one shelf: its id is `shelf.key`, and it bears the shelf's name as a tag.

    The derived fields are as given here, so that what is counted does not hang on any step of the enrichment.
    """
    plain = Article(
        id=f"{shelf}.{key}",
        title=title,
        body=body,
        published_at=datetime.fromisoformat(published) if published else None,
        captions=tuple(Caption(text) for text in captions),
        reporters=tuple(Reporter(name) for name in reporters),
        persons=tuple(Person(name, None, 1) for name in persons),
        organizations=tuple(NamedCount(name, 1) for name in organizations),
        places=tuple(NamedCount(name, 1) for name in places),
        keywords=tuple(Keyword(term, 1.0) for term in keywords),
        quotes=tuple(Quote(speaker, "그렇게 하겠다") for speaker in speakers),
        money=tuple(Money(f"{amount} {currency}", amount, currency) for amount, currency in money),
        tags=(shelf, *tags),
        given=frozenset(DERIVED_FIELDS),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # the names of the fields are checked by replace itself


def put(stored: Article, precondition: Precondition = NO_PRECONDITION) -> Put:
    """Return the operation that stores an article with the tokens of its texts."""
    fingerprint = hashlib.sha256(repr(stored).encode()).hexdigest()
    return Put(stored, encode_tokens(analyze_texts(stored).by_field()), fingerprint, precondition)
