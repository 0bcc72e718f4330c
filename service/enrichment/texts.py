"""The analysed texts of an article: what every step reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from service.domain.article import Article
from service.enrichment.entities.person_mentions import PersonMention, person_mentions
from service.enrichment.entities.recognition import lines_of_article, recognize
from service.enrichment.entities.span import Span
from service.enrichment.entities.words import Line
from service.korean.analysis import Analysis, analyze
from service.search.tree import TextField

if TYPE_CHECKING:
    from service.enrichment.entities.sequence_model import SequenceModel, TaggedSpan


@dataclass(frozen=True)
class Texts:
    """The analysed texts of an article, each analysed once."""

    title: Analysis
    subtitle: Analysis | None
    body: Analysis
    subheads: tuple[Analysis, ...]
    captions: tuple[Analysis, ...]
    labels: tuple[Analysis, ...] = ()
    """Who speaks in a transcript, name and post; read for names, never searched."""

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

    @cached_property
    def lines(self) -> tuple[tuple[Line, ...], ...]:
        """Return the written words of each text in reading order, then of the labels."""
        return lines_of_article(self._all())

    @cached_property
    def tagged(self) -> tuple[tuple[TaggedSpan, ...], ...]:
        """Return what the sequence model names in each text in reading order, then in the labels."""
        return _model().tag(self._all())

    def _all(self) -> tuple[Analysis, ...]:
        return (*self.in_reading_order(), *self.labels)

    @cached_property
    def named(self) -> tuple[tuple[Analysis, tuple[Span, ...]], ...]:
        """Return each text in reading order, then the labels, with the names found in it."""
        return tuple(zip(self._all(), recognize(self.lines, self.tagged), strict=True))

    @cached_property
    def people(self) -> tuple[tuple[PersonMention, ...], ...]:
        """Return the mentions of people of each text in reading order."""
        read = zip(self.in_reading_order(), self.lines, self.named, strict=False)
        return person_mentions([(analysis, lines, spans) for analysis, lines, (_, spans) in read])


def analyze_texts(article: Article) -> Texts:
    """Return the analysed texts of an article."""
    return Texts(
        title=analyze(article.title),
        subtitle=analyze(article.subtitle) if article.subtitle else None,
        body=analyze(article.body),
        subheads=tuple(map(analyze, article.subheads)),
        captions=tuple(analyze(caption.text) for caption in article.captions),
        labels=tuple(analyze(f"{label.name} {label.title or ''}".strip()) for label in article.speaker_labels),
    )


def tag_together(articles: Sequence[Texts]) -> None:
    """Have the sequence model read the texts of many articles in one pass, which takes half the time of one by one."""
    texts = [article._all() for article in articles]
    tagged = iter(_model().tag([analysis for own in texts for analysis in own]))
    for article, own in zip(articles, texts, strict=True):
        article.__dict__["tagged"] = tuple(next(tagged) for _ in own)  # where `cached_property` keeps it


def _model() -> SequenceModel:
    # With numpy a tenth of every start, and whoever only searches needs neither.
    from service.enrichment.entities.sequence_model import shipped_model  # noqa: PLC0415

    return shipped_model()
