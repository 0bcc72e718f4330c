"""Press copy as it is pasted."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.requests import PressCopyParameters
from schemas.results import dump_press_copy
from service.enrichment.press_copy import decode, text_of_html
from service.usecases.press_copy import PressCopyDefaults
from service.web import metrics
from service.web.blueprint import Blueprint
from service.web.documentation import press_copy as documentation
from service.web.idempotency import answer_once, idempotency_key
from service.web.negotiation import language
from service.web.parameters import load_parameters
from service.web.request_body import HTML, PRESS_COPY_CHARSETS, TEXT, check_type, read_body
from service.web.responses import json_response
from service.web.services import services

blueprint = Blueprint("press-copy", __name__, url_prefix="/v1/press-copy", description="붙여 넣은 기사와 보도자료")

_PARAMETERS = PressCopyParameters()


@blueprint.route("")
class PressCopy(MethodView):
    """Raw press copy."""

    @blueprint.describes(documentation.POST)
    def post(self) -> Response:
        """Find the articles in press copy, and store them or only show them."""
        parameters = load_parameters(_PARAMETERS)
        dry_run, wait = parameters.pop("dry_run"), parameters.pop("refresh", None) is not None
        media_type, charset = check_type((TEXT, HTML), PRESS_COPY_CHARSETS)
        key, body = idempotency_key(), read_body()
        text = decode(body, charset)
        if media_type == HTML:
            text = text_of_html(text)
        defaults = PressCopyDefaults(**parameters)
        if dry_run:
            return json_response(dump_press_copy(services().press_copy.preview(text, defaults), language()))

        def answer() -> Response:
            entries = services().press_copy.store(text, defaults, wait=wait)
            for entry in entries:
                metrics.count_ingest(entry.change.value if entry.change else "failed")
            return json_response(dump_press_copy(entries, language()), 201)

        return answer_once(services().engine(), key, body, answer)
