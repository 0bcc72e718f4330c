"""What the articles of a search say together: trends, related terms, the network of names."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.analytics import (
    dump_network,
    dump_related_terms,
    dump_trends,
    load_network,
    load_related_terms,
    load_trends,
)
from service.web.blueprint import Blueprint
from service.web.documentation import analytics as documentation
from service.web.parameters import query_parameters
from service.web.responses import json_response
from service.web.services import services

blueprint = Blueprint("analytics", __name__, url_prefix="/v1", description="기사 살펴보기")


@blueprint.route("/trends")
class Trends(MethodView):
    """Counts over time."""

    @blueprint.describes(documentation.TRENDS)
    def get(self) -> Response:
        """Return the series of several queries side by side."""
        asked = load_trends(query_parameters())
        return json_response(dump_trends(services().trends.run(asked.queries, asked.parameters)))


@blueprint.route("/related-terms")
class RelatedTerms(MethodView):
    """Telling terms."""

    @blueprint.describes(documentation.RELATED_TERMS)
    def get(self) -> Response:
        """Return the terms that mark the hits out from the rest."""
        return json_response(dump_related_terms(services().related_terms.run(load_related_terms(query_parameters()))))


@blueprint.route("/network")
class Network(MethodView):
    """Names that stand together."""

    @blueprint.describes(documentation.NETWORK)
    def get(self) -> Response:
        """Return people and organisations and how many hits name two of them."""
        return json_response(dump_network(services().network.run(load_network(query_parameters()))))
