"""Suggestions as one types."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.suggest import dump_suggestions, load_suggest_query
from service.web.blueprint import Blueprint
from service.web.documentation import suggest as documentation
from service.web.parameters import query_parameters
from service.web.responses import json_response
from service.web.services import services

blueprint = Blueprint("suggest", __name__, url_prefix="/v1/suggest", description="검색어 제안")


@blueprint.route("")
class Suggest(MethodView):
    """What may be being typed."""

    @blueprint.describes(documentation.GET)
    def get(self) -> Response:
        """Return titles, names and keywords that go on like this."""
        wanted = load_suggest_query(query_parameters())
        return json_response(dump_suggestions(services().suggest.run(wanted["q"], wanted["size"], wanted["type"])))
