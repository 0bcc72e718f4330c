"""From pasted text to articles."""

from __future__ import annotations

from service.enrichment.press_copy.assembly import assemble
from service.enrichment.press_copy.classify import classify
from service.enrichment.press_copy.lines import split_lines
from service.enrichment.press_copy.model import PressCopyArticle
from service.enrichment.press_copy.segments import split_articles
from service.enrichment.press_copy.wrapping import unwrap


def parse(text: str) -> tuple[PressCopyArticle, ...]:
    """Return the articles found in pasted press copy, in their order; none for a blank text."""
    items = [classify(line) for line in split_lines(text)]
    lines = unwrap(items)
    if len(lines) != len(items):
        items = [classify(line) for line in lines]
    articles = (assemble(segment) for segment in split_articles(items) if segment)
    return tuple(article for article in articles if article is not None)
