"""The article and its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody named in the byline; `role` is the word written after the name (`기자`, `특파원`)."""

    name: str
    email: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """The sentence under one photograph and the source it is credited to."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words reported in quotation marks and who said them, where the text tells."""

    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A named person, the post written with the first full mention, and the number of mentions."""

    name: str
    title: str | None
    count: int


@dataclass(frozen=True, slots=True)
class NamedCount:
    """The name of an organisation or a place and the number of its mentions."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as written, in units of its ISO 4217 currency (`7억5000만원` is 750,000,000 KRW)."""

    text: str
    amount: int | float
    currency: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written and the calendar date (`2026-01-15`, `2026-01` or `2026`) it stands for."""

    text: str
    date: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of `body` in code points, end exclusive.

    `type` is person, organization, place, date, time, quantity or money.
    """

    start: int
    end: int
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Keyword:
    """A noun phrase that tells what the article is about; the best of an article scores 1.0."""

    term: str
    score: float


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """Who speaks in one paragraph of a transcript, from the label line above it (`맹진호 / 동구 주민`).

    `paragraph` counts the paragraphs of `body` from 0.
    """

    paragraph: int
    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A press article: what the client gave, and below that what the service derived from it.

    Texts are NFC. `body` is plain text with a blank line between paragraphs. Times are aware.
    `given` names the fields that the client set itself; enrichment never overwrites those.
    """

    id: str
    title: str
    body: str
    subtitle: str | None = None
    outlet: str | None = None
    section: str | None = None
    reporters: tuple[Reporter, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    url: str | None = None
    dateline_place: str | None = None
    captions: tuple[Caption, ...] = ()
    subheads: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    page: str | None = None
    language: str | None = None

    quotes: tuple[Quote, ...] = ()
    persons: tuple[Person, ...] = ()
    organizations: tuple[NamedCount, ...] = ()
    places: tuple[NamedCount, ...] = ()
    money: tuple[Money, ...] = ()
    dates: tuple[DateMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    summary: str | None = None
    story_id: str | None = None
    duplicate_of: str | None = None
    char_count: int = 0
    received_at: datetime | None = None
    enrichment_version: int = 0

    speaker_labels: tuple[SpeakerLabel, ...] = ()
    """Out of press copy, for the steps alone; never on the wire."""
    given: frozenset[str] = field(default_factory=frozenset)


INPUT_FIELDS = (
    "id", "title", "subtitle", "body", "outlet", "section", "reporters", "published_at", "updated_at", "url",
    "dateline_place", "captions", "subheads", "tags", "page", "language",
)  # fmt: skip
DERIVED_FIELDS = (
    "quotes", "persons", "organizations", "places", "money", "dates", "mentions", "keywords", "summary", "story_id",
    "duplicate_of", "char_count", "received_at", "enrichment_version",
)  # fmt: skip
