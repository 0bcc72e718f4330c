"""The views of the page: a request is read, one use case called, a template filled."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect
from werkzeug.wrappers import Response as BaseResponse

from schemas.search import load_search_query
from service.domain.errors import Forbidden, GisaError, NoRole, SignOnFailed, Unauthorized
from service.web import metrics
from service.web.page import (
    analysis_views,
    article_views,
    assets,
    key_pages,
    paste_views,
    problem_pages,
    sign_on_pages,
    sign_on_views,
)
from service.web.page.address import Address, tidied
from service.web.page.origin import ForeignOrigin, foreign_origin
from service.web.page.rendering import page, secure_page
from service.web.page.search_page import FIELDS, chips, search_page
from service.web.parameters import query_parameters
from service.web.problems import NotAcceptable, not_acceptable
from service.web.services import services

_EXPORTS = (("xlsx", "엑셀"), ("csv", "CSV"), ("ndjson", "NDJSON"))
_NOT_IN_A_FEED = ("sort", "interval")

blueprint = Blueprint("page", __name__)
blueprint.after_request(secure_page)
blueprint.register_error_handler(GisaError, problem_pages.of_service)
blueprint.register_error_handler(Unauthorized, key_pages.unauthorized)
blueprint.register_error_handler(Forbidden, key_pages.forbidden)
blueprint.register_error_handler(NoRole, sign_on_pages.no_role)
blueprint.register_error_handler(SignOnFailed, sign_on_pages.failed)
blueprint.register_error_handler(ForeignOrigin, foreign_origin)
blueprint.register_error_handler(NotAcceptable, not_acceptable)
blueprint.register_error_handler(Exception, problem_pages.unexpected)


def register_page(app: Flask) -> None:
    """Register the page at `/` and everything under it."""
    app.add_url_rule("/assets/<digest>/<name>", "assets", assets.asset)
    app.register_blueprint(blueprint)


blueprint.add_url_rule("/articles/<article_id:id>", view_func=article_views.article)
blueprint.add_url_rule("/articles/<article_id:id>/compare/<article_id:other>", view_func=article_views.compare)
blueprint.add_url_rule("/analysis", view_func=analysis_views.analysis)
blueprint.add_url_rule("/paste", view_func=paste_views.paste)
blueprint.add_url_rule("/paste", view_func=paste_views.pasted, methods=["POST"])

blueprint.add_url_rule("/sign-on", view_func=sign_on_views.sign_on)
blueprint.add_url_rule("/sign-on/callback", view_func=sign_on_views.signed_on)
blueprint.add_url_rule("/sign-out", view_func=sign_on_views.sign_out, methods=["POST"])
blueprint.add_url_rule("/signed-out", view_func=sign_on_views.signed_out)


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
        exports=[(label, str(address.at("/v1/export").having(format=form))) for form, label in _EXPORTS],
        shared=("q", *analysis_views.SHARED),
        feed=str(_feed_of(address)),
    )


def _feed_of(address: Address) -> Address:
    return address.at("/v1/feeds/search.atom").without(*_NOT_IN_A_FEED)


def _as_parameters(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
