"""The people of an article: full names with their post, in order of first mention."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from service.domain.article import Article, Person
from service.enrichment.texts import Texts


def people_step(article: Article, texts: Texts) -> Article:
    """Return the article with its people; the post is that of the first full mention that has one."""
    if "persons" in article.given:
        return article
    named = [(mention.name, mention.title) for mentions in texts.people for mention in mentions]
    named += [(label.name, label.title) for label in article.speaker_labels]
    counts = Counter(name for name, _ in named)
    titles: dict[str, str | None] = {}
    for name, title in named:
        titles[name] = titles.get(name) or title
    return replace(article, persons=tuple(Person(name, title, counts[name]) for name, title in titles.items()))
