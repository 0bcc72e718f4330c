"""What of an article is searched: its texts in order and the values of its filter fields."""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.article import Article
from service.search.tree import FilterField, TextField


def filter_values(article: Article, field: FilterField) -> list[str]:
    """Return the values of one filter field as spelled, each once."""
    values: Iterable[str | None]
    match field:
        case FilterField.OUTLET:
            values = (article.outlet,)
        case FilterField.SECTION:
            values = (article.section,)
        case FilterField.REPORTER:
            values = (reporter.name for reporter in article.reporters)
        case FilterField.PERSON:
            values = (person.name for person in article.persons)
        case FilterField.ORGANIZATION:
            values = (organization.name for organization in article.organizations)
        case FilterField.PLACE:
            values = (place.name for place in article.places)
        case FilterField.KEYWORD:
            values = (keyword.term for keyword in article.keywords)
        case FilterField.TAG:
            values = article.tags
    return list(dict.fromkeys(value for value in values if value))


def texts_in_order(article: Article) -> dict[TextField, tuple[str, ...]]:
    """Return the texts that the tokens of each field belong to, in the same order."""
    return {
        TextField.TITLE: (article.title,),
        TextField.SUBTITLE: (article.subtitle,) if article.subtitle else (),
        TextField.BODY: (article.body, *article.subheads),
        TextField.CAPTION: tuple(caption.text for caption in article.captions),
    }
