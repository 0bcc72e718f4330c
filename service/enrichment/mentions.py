"""Where the body names people, organisations, places, dates and sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.domain.article import Article, Mention
from service.enrichment.dates import find_dates, published_on
from service.enrichment.money import find_money
from service.enrichment.texts import Texts

_RANK = {"person": 0, "organization": 1, "money": 2, "date": 3, "place": 4}


def mentions_step(article: Article, texts: Texts) -> Article:
    """Return the article with the mentions of its body in order; of overlapping ones the longest stands."""
    if "mentions" in article.given:
        return article
    return replace(article, mentions=_apart(_found(article, texts)))


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


def _apart(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    taken: set[int] = set()
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda found: (found.start - found.end, _RANK[found.type], found.start)):
        # Longer ones came first, so one that overlaps this one covers its first or its last character.
        if mention.start not in taken and mention.end - 1 not in taken:
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return tuple(sorted(kept, key=lambda mention: mention.start))
