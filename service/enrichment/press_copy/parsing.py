"""From pasted text to articles."""

from __future__ import annotations

from service.enrichment.press_copy.assembly import assemble
from service.enrichment.press_copy.classify import classify
from service.enrichment.press_copy.exports import expand_labels, expand_rows
from service.enrichment.press_copy.items import Item
from service.enrichment.press_copy.lines import Line, split_lines
from service.enrichment.press_copy.model import PressCopyArticle
from service.enrichment.press_copy.neighbours import settle
from service.enrichment.press_copy.segments import split_articles
from service.enrichment.press_copy.wrapping import unwrap


def parse(text: str) -> tuple[PressCopyArticle, ...]:
    """Return the articles found in pasted press copy, in their order; none for a blank text."""
    items = _classify_all(split_lines(expand_labels(expand_rows(text))))
    lines = unwrap(items)
    if len(lines) != len(items):
        items = _classify_all(lines)
    articles: list[PressCopyArticle] = []
    waiting: list[Item] = []
    for segment in split_articles(items):
        waiting += segment
        article = assemble(waiting) if waiting else None
        if article is not None:
            articles.append(article)
            waiting = []  # what holds no article is the head of the next one
    return tuple(articles)


def _classify_all(lines: list[Line]) -> list[Item]:
    """Return the lines classified, each different text once."""
    known: dict[Line, Item] = {}
    items = []
    for line in lines:
        item = known.get(line)
        if item is None:
            item = known[line] = classify(line)
        items.append(item)
    return settle(items)
