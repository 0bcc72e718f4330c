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
    bare = _bare_titles_of_captions(article, texts)
    named += [(label.name, label.title) for label in article.speaker_labels]
    counts = Counter(name for name, _ in named)
    titles: dict[str, str | None] = {}
    for name, title in named:
        known = titles.get(name)
        fuller = known is not None and known == bare.get(name) and title is not None and _is_office(title, known)
        titles[name] = title if fuller else known or title
    return replace(article, persons=tuple(Person(name, title, counts[name]) for name, title in titles.items()))


def _is_office(title: str, bare: str) -> bool:
    """Tell whether the title is the whole name of the office that the bare one shortens: `대구시장` of `시장`."""
    return title.endswith(bare) and " " not in title


def _bare_titles_of_captions(article: Article, texts: Texts) -> dict[str, str]:
    """Return by name the posts of one word that captions give: where a caption stood in the paste is not known."""
    first = 2 if article.subtitle else 1
    captions = texts.people[first : first + len(article.captions)]
    return {
        mention.name: mention.title
        for mentions in captions
        for mention in mentions
        if mention.title and " " not in mention.title
    }
