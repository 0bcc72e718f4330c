"""The views of the page: a request is read, one use case called, a template filled."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect
from werkzeug.wrappers import Response as BaseResponse

from schemas.search import load_search_query
from service.domain.errors import GisaError
from service.web import metrics
from service.web.page import article_views, assets, problem_pages
from service.web.page.address import tidied
from service.web.page.rendering import page, secure_page
from service.web.page.search_page import FIELDS, chips, search_page
from service.web.parameters import query_parameters
from service.web.problems import NotAcceptable, not_acceptable
from service.web.services import services

blueprint = Blueprint("page", __name__)
blueprint.after_request(secure_page)
blueprint.register_error_handler(GisaError, problem_pages.of_service)
blueprint.register_error_handler(NotAcceptable, not_acceptable)
blueprint.register_error_handler(Exception, problem_pages.unexpected)


def register_page(app: Flask) -> None:
    """Register the page at `/` and everything under it."""
    app.add_url_rule("/assets/<digest>/<name>", "assets", assets.asset)
    app.register_blueprint(blueprint)


blueprint.add_url_rule("/articles/<article_id:id>", view_func=article_views.article)
blueprint.add_url_rule("/articles/<article_id:id>/compare/<article_id:other>", view_func=article_views.compare)


@blueprint.get("/")
def search() -> BaseResponse:
    """Return the search page, or its tidy address where a form left empty fields in it."""
    given = query_parameters()
    address = tidied(given)
    if dict(given) != _as_parameters(address.pairs):
        return redirect(str(address))
    parameters = load_search_query(address.for_search)
    with metrics.search_seconds():
        answer = services().search.run(parameters)
    shown = search_page(answer, parameters, address)
    is_empty = not shown.total and not address.pairs and services().engine().count() == 0
    return page(
        "empty.html" if is_empty else "search.html",
        shown=shown,
        address=address,
        chips=chips(address),
        fields=FIELDS,
        did_you_mean=None,
    )


def _as_parameters(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
