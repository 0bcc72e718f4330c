"""The enrichment steps in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.domain.article import Article
from service.enrichment.characters import char_count_step, language_step
from service.enrichment.dates import dates_step
from service.enrichment.keywords import keywords_step
from service.enrichment.mentions import mentions_step
from service.enrichment.money import money_step
from service.enrichment.named_counts import organizations_step, places_step
from service.enrichment.people import people_step
from service.enrichment.quotes import quotes_step
from service.enrichment.summary import summary_step
from service.enrichment.texts import Texts, analyze_texts, tag_together
from service.korean.word_cache import forget_after
from service.stories.signature import Signature, signature_of

__all__ = ["ENRICHMENT_VERSION", "STEPS", "Enriched", "Step", "Texts", "analyze_texts", "enrich", "enrich_together"]

ENRICHMENT_VERSION = 3
"""Raised whenever a step changes what it derives from the same text."""


Step = Callable[[Article, Texts], Article]
"""A pure function that returns the article with more fields filled; what stands in `article.given` it leaves alone."""

STEPS: tuple[Step, ...] = (
    char_count_step,
    language_step,
    money_step,
    dates_step,
    people_step,
    organizations_step,
    places_step,
    quotes_step,
    mentions_step,
    keywords_step,
    summary_step,
)


@dataclass(frozen=True, slots=True)
class Enriched:
    """An enriched article with the analysed texts its engine will index, and the signature it finds the story by."""

    article: Article
    texts: Texts
    signature: Signature | None


def enrich(article: Article) -> Enriched:
    """Return the article with every derived field filled by the steps."""
    return _enriched(article, analyze_texts(article))


def enrich_together(articles: Sequence[Article]) -> list[Enriched]:
    """Return each article as `enrich` does, in less time: what can be done for all of them at once is."""
    texts = [analyze_texts(article) for article in articles]
    tag_together(texts)
    return [_enriched(article, own) for article, own in zip(articles, texts, strict=True)]


def _enriched(article: Article, texts: Texts) -> Enriched:
    for step in STEPS:
        article = step(article, texts)
    forget_after(article.title, article.subtitle, article.body)
    return Enriched(replace(article, enrichment_version=ENRICHMENT_VERSION), texts, signature_of(article))
