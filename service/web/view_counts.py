"""Where a view of licensed text is counted: at each answer that shows a stored body."""

from __future__ import annotations

from flask import request

from service.domain.shown import ShownArticle
from service.web.services import services


def count_views(*articles: ShownArticle) -> None:
    """Count that who is asking is shown these articles; an answer to HEAD shows nothing."""
    if request.method != "HEAD":
        services().views.count(services().licensing.views_of(articles))
