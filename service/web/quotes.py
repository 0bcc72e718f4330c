"""Who said what."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.quotes import dump_quotes, load_quotes
from service.web.blueprint import Blueprint
from service.web.documentation import quotes as documentation
from service.web.parameters import query_parameters
from service.web.responses import json_response, next_link
from service.web.services import services

blueprint = Blueprint("quotes", __name__, url_prefix="/v1/quotes", description="발언 찾기")


@blueprint.route("")
class Quotes(MethodView):
    """Reported speech."""

    @blueprint.describes(documentation.GET)
    def get(self) -> Response:
        """Return a page of quotes."""
        parameters = query_parameters()
        asked = load_quotes(parameters)
        results = services().quotes.run(asked.speaker, asked.parameters)
        response = json_response(dump_quotes(results))
        if results.next:
            response.headers["Link"] = next_link(parameters, results.next)
        return response
