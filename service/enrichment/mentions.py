"""Where the body names people, organisations, places, dates, times, quantities and sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from service.domain.article import Article, Mention
from service.enrichment.dates import find_dates, published_on
from service.enrichment.money import find_money
from service.enrichment.texts import Texts

_RANK = {"person": 0, "organization": 1, "money": 2, "date": 3, "place": 4}
_COUNTED: dict[str, Literal["date", "time", "quantity"]] = {"DT": "date", "TI": "time", "QT": "quantity"}
"""What the sequence model tells beyond names; a date that no rule resolves is named as it is written."""


def mentions_step(article: Article, texts: Texts) -> Article:
    """Return the article with the mentions of its body in order.

    Of overlapping ones the longest stands, and those of the rules before dates, times and quantities of the model.
    """
    if "mentions" in article.given:
        return article
    found = sorted(_found(article, texts), key=lambda one: (one.start - one.end, _RANK[one.type], one.start))
    return replace(article, mentions=_apart((*found, *_counted(texts))))


def _found(article: Article, texts: Texts) -> Iterator[Mention]:
    body = len(texts.in_reading_order()) - 1
    for person in texts.people[body]:
        yield Mention(person.start, person.end, "person", person.name)
    for span in texts.named[body][1]:
        if span.type != "person":
            yield Mention(span.start, span.end, span.type, span.name)
    for money in find_money(article.body):
        yield Mention(money.start, money.end, "money", money.money.text)
    for dated in find_dates(article.body, published_on(article)):
        yield Mention(dated.start, dated.end, "date", dated.date.date)


def _counted(texts: Texts) -> Iterator[Mention]:
    body = len(texts.in_reading_order()) - 1
    for span in texts.tagged[body]:
        if span.type in _COUNTED:
            yield Mention(span.start, span.end, _COUNTED[span.type], texts.body.text[span.start : span.end])


def _apart(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return those that overlap none before them, in order of start."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for mention in mentions:
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return tuple(sorted(kept, key=lambda mention: mention.start))
