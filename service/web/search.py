"""Search, by query string and by JSON body."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.requests import NoParameters
from schemas.results import dump_search_answer
from schemas.search import load_search_document, load_search_query
from service.search.request import SearchParameters
from service.usecases.search import SearchAnswer
from service.web import metrics
from service.web.blueprint import Blueprint
from service.web.documentation import search as documentation
from service.web.negotiation import language
from service.web.parameters import load_parameters, query_parameters
from service.web.problems import errors_in_body
from service.web.request_body import read_json
from service.web.responses import json_response, next_link
from service.web.services import services

blueprint = Blueprint("search", __name__, url_prefix="/v1/search", description="기사 찾기")

_NONE = NoParameters()


@blueprint.route("")
class Search(MethodView):
    """Full-text and faceted search."""

    @blueprint.describes(documentation.GET)
    def get(self) -> Response:
        """Return a page of hits."""
        parameters = query_parameters()
        answer = _run(load_search_query(parameters))
        response = _answer(answer)
        if answer.results.next:
            response.headers["Link"] = next_link(parameters, answer.results.next)
        return response

    @blueprint.describes(documentation.POST)
    def post(self) -> Response:
        """Return a page of hits; for queries too long for an address."""
        load_parameters(_NONE)
        parameters = load_search_document(read_json())
        with errors_in_body():
            return _answer(_run(parameters))


def _run(parameters: SearchParameters) -> SearchAnswer:
    with metrics.search_seconds():
        return services().search.run(parameters)


def _answer(answer: SearchAnswer) -> Response:
    response = json_response(
        dump_search_answer(
            answer.results,
            answer.interpreted,
            answer.warnings,
            answer.took_ms,
            language(),
            answer.synonyms,
            answer.advice,
        )
    )
    response.vary.add("Accept-Language")
    return response
