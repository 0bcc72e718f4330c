"""The view of one article, and of two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from schemas.article import check_path_id
from schemas.requests import NoParameters
from service.domain.article import Quote
from service.web.page.comparing import compare as compared
from service.web.page.comparing import share_alike
from service.web.page.marked_body import paragraphs, search_for, search_sum
from service.web.page.rendering import page
from service.web.parameters import load_parameters
from service.web.services import services
from service.web.view_counts import count_views

_SIMILAR = 6
_COPIES = 50
_NONE = NoParameters()


def article(id: str) -> Response:
    """Return the page of one article, with its copies and what is like it."""
    load_parameters(_NONE)
    article_id = check_path_id(id)
    shown = services().reading.get(article_id).article
    duplicates = services().reading.duplicates(article_id, _COPIES)
    copies = {copy.article.id for copy in duplicates.copies}
    similar = services().search.similar(article_id, _SIMILAR + min(len(copies), _COPIES))
    count_views(shown)
    return page(
        "article.html",
        article=shown,
        paragraphs=paragraphs(shown),
        speakers=by_speaker(shown.quotes),
        duplicates=duplicates,
        similar=[hit.article for hit in similar if hit.article.id not in copies][:_SIMILAR],
        search_for=search_for,
        search_sum=search_sum,
    )


def compare(id: str, other: str) -> Response:
    """Return the page of two articles side by side."""
    load_parameters(_NONE)
    left = services().reading.get(check_path_id(id)).article
    right = services().reading.get(check_path_id(other)).article
    count_views(left, right)
    rows = compared(left, right)
    return page("compare.html", left=left, right=right, rows=rows, alike=share_alike(rows))


def by_speaker(quotes: Sequence[Quote]) -> dict[str | None, list[str]]:
    """Return the quotes of each speaker, in the order in which they first speak."""
    found: dict[str | None, list[str]] = {}
    for quote in quotes:
        found.setdefault(quote.speaker, []).append(quote.text)
    return found
