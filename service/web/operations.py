"""What those who run the service ask: whether it lives, whether it is ready, its metrics and its documentation."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, current_app, render_template, request
from flask.views import MethodView
from flask_smorest import Api  # type: ignore[import-untyped] # the library carries no types

from schemas.results import dump_readiness
from service.domain.errors import GisaError, Message
from service.search.engine import Check
from service.web import metrics
from service.web.access import access, keys_trouble
from service.web.blueprint import Blueprint
from service.web.documentation import operations as documentation
from service.web.documentation.page import sections
from service.web.documentation.security import SESSION_NAME, secured, session_scheme
from service.web.negotiation import language
from service.web.problems import not_ready
from service.web.responses import json_response
from service.web.services import services
from service.web.session_cookies import session_cookie_name
from service.web.sign_on import offers_sign_on

blueprint = Blueprint("service", __name__, description="서비스 상태와 문서")

_NO_STORE = {"Cache-Control": "no-store"}
_REVALIDATE = "no-cache"


@blueprint.route("/livez")
class Live(MethodView):
    """Whether the process answers."""

    @blueprint.describes(documentation.LIVEZ)
    def get(self) -> Response:
        """Return 200."""
        return json_response({"live": True}, headers=_NO_STORE)


@blueprint.route("/readyz")
class Ready(MethodView):
    """Whether every part is ready."""

    @blueprint.describes(documentation.READYZ)
    def get(self) -> Response:
        """Return the state of each part, with 503 where one is not ready."""
        state = dump_readiness(_checks(), language())
        return json_response(state, headers=_NO_STORE) if state["ready"] else not_ready(state["checks"])


@blueprint.route("/metrics")
class Metrics(MethodView):
    """The metrics."""

    @blueprint.describes(documentation.METRICS)
    def get(self) -> Response:
        """Return every metric in the text format of Prometheus."""
        return Response(metrics.render(services()), content_type=metrics.CONTENT_TYPE, headers=_NO_STORE)


@blueprint.route("/openapi.json")
class OpenApi(MethodView):
    """The OpenAPI document."""

    @blueprint.describes(documentation.OPENAPI)
    def get(self) -> Response:
        """Return the OpenAPI document."""
        return _cached(json_response(_document()))


@blueprint.route("/docs")
class Docs(MethodView):
    """The OpenAPI document as a page."""

    @blueprint.describes(documentation.DOCS)
    def get(self) -> Response:
        """Return the page."""
        document = _document()
        address = request.host_url.rstrip("/")
        page = render_template("docs.html", document=document, sections=sections(document, address))
        return _cached(Response(page, mimetype="text/html"))


def _checks() -> tuple[Check, ...]:
    trouble = keys_trouble()
    keys = Check("keys", ready=trouble is None, message=trouble.message if trouble else None)
    try:
        return *services().engine().checks(), keys
    except GisaError as error:
        return Check("engine", ready=False, message=Message(error.message.ko, error.message.en)), keys


def _document() -> dict[str, Any]:
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    assert isinstance(api, Api)
    document: dict[str, Any] = api.spec.to_dict()
    is_open = keys_trouble() is None and access().is_open()
    rules, signs_on = current_app.url_map.iter_rules(), offers_sign_on()
    paths = secured(document["paths"], rules, is_open=is_open, with_session=signs_on)
    if not signs_on:
        return document | {"paths": paths}
    schemes = document["components"]["securitySchemes"] | {SESSION_NAME: session_scheme(session_cookie_name())}
    return document | {"paths": paths, "components": document["components"] | {"securitySchemes": schemes}}


def _cached(response: Response) -> Response:
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:16])
    response.headers["Cache-Control"] = _REVALIDATE
    response.make_conditional(request)
    return response
