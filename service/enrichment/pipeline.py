"""The enrichment steps in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from service.domain.article import Article
from service.korean.analysis import Analysis, analyze
from service.search.tree import TextField

ENRICHMENT_VERSION = 1
"""Raised whenever a step changes what it derives from the same text."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The analysed texts of an article, each analysed once."""

    title: Analysis
    subtitle: Analysis | None
    body: Analysis
    subheads: tuple[Analysis, ...]
    captions: tuple[Analysis, ...]

    def by_field(self) -> Mapping[TextField, tuple[Analysis, ...]]:
        """Return the texts of each searchable field; the body's field holds the sub-heads too."""
        return {
            TextField.TITLE: (self.title,),
            TextField.SUBTITLE: (self.subtitle,) if self.subtitle else (),
            TextField.BODY: (self.body, *self.subheads),
            TextField.CAPTION: self.captions,
        }

    def in_reading_order(self) -> tuple[Analysis, ...]:
        """Return title, subtitle, captions, sub-heads and body: the scope of people, bodies, places and money."""
        subtitle = (self.subtitle,) if self.subtitle else ()
        return (self.title, *subtitle, *self.captions, *self.subheads, self.body)


Step = Callable[[Article, Texts], Article]
"""A pure function that returns the article with more fields filled; what stands in `article.given` it leaves alone."""

STEPS: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Enriched:
    """An enriched article with the analysed texts its engine will index."""

    article: Article
    texts: Texts


def analyze_texts(article: Article) -> Texts:
    """Return the analysed texts of an article."""
    return Texts(
        title=analyze(article.title),
        subtitle=analyze(article.subtitle) if article.subtitle else None,
        body=analyze(article.body),
        subheads=tuple(map(analyze, article.subheads)),
        captions=tuple(analyze(caption.text) for caption in article.captions),
    )


def enrich(article: Article) -> Enriched:
    """Return the article with every derived field filled by the steps."""
    texts = analyze_texts(article)
    for step in STEPS:
        article = step(article, texts)
    return Enriched(replace(article, enrichment_version=ENRICHMENT_VERSION), texts)
