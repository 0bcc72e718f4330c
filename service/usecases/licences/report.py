"""The report to the rights holders: how often articles of licensed outlets were seen whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from service.domain.errors import NotFound
from service.search.engine import Engine
from service.search.records import CountedView


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The views of one outlet by one audience in one month (`2026-01`, in KST), and of how many articles they are."""

    month: str
    outlet: str
    audience: str
    articles: int
    views: int


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """The views of one article; title, day and address are None where it has been removed since."""

    month: str
    outlet: str
    audience: str
    article: str
    title: str | None
    published_at: str | None
    url: str | None
    views: int


def summed(counted: Iterable[CountedView]) -> Iterator[ReportLine]:
    """Yield a line for each month, outlet and audience of counts that come in this order."""
    for (month, outlet, audience), each in groupby(counted, key=lambda found: found.view[:3]):
        counts = [found.count for found in each]
        yield ReportLine(month, outlet, audience, len(counts), sum(counts))


def by_article(engine: Engine, counted: Iterable[CountedView]) -> Iterator[ArticleLine]:
    """Yield a line for each count, with what names the article to its rights holder."""
    for found in counted:
        try:
            article = engine.get(found.view.article).article
        except NotFound:
            yield ArticleLine(*found.view, None, None, None, found.count)
            continue
        published = article.published_at.isoformat() if article.published_at else None
        yield ArticleLine(*found.view, article.title, published, article.url, found.count)
