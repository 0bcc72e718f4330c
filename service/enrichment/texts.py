"""The analysed texts of an article: what every step reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.article import Article
from service.korean.analysis import Analysis, analyze
from service.search.tree import TextField


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


def analyze_texts(article: Article) -> Texts:
    """Return the analysed texts of an article."""
    return Texts(
        title=analyze(article.title),
        subtitle=analyze(article.subtitle) if article.subtitle else None,
        body=analyze(article.body),
        subheads=tuple(map(analyze, article.subheads)),
        captions=tuple(analyze(caption.text) for caption in article.captions),
    )
