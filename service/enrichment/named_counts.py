"""The organisations and the places of an article with the number of their mentions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from service.domain.article import Article, NamedCount
from service.enrichment.entities.span import EntityType
from service.enrichment.texts import Texts


def organizations_step(article: Article, texts: Texts) -> Article:
    """Return the article with its organisations in order of first mention."""
    if "organizations" in article.given:
        return article
    return replace(article, organizations=_counted(texts, "organization"))


def places_step(article: Article, texts: Texts) -> Article:
    """Return the article with its places in order of first mention."""
    if "places" in article.given:
        return article
    return replace(article, places=_counted(texts, "place"))


def _counted(texts: Texts, kind: EntityType) -> tuple[NamedCount, ...]:
    counts = Counter(span.name for _, spans in texts.named for span in spans if span.type == kind)
    return tuple(NamedCount(name, count) for name, count in counts.items())
