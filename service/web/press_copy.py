"""Press copy as it is pasted."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.requests import PressCopyParameters
from schemas.results import dump_press_copy
from service.domain.article import Article
from service.domain.outlets import Display
from service.domain.shown import ShownArticle, shown
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
            entries = services().press_copy.preview(text, defaults)
            return json_response(dump_press_copy(entries, language(), _as_pasted))

        def answer() -> Response:
            entries = services().press_copy.store(text, defaults, wait=wait)
            for entry in entries:
                metrics.count_ingest(entry.change.value if entry.change else "failed")
            return json_response(dump_press_copy(entries, language(), services().licensing.show), 201)

        return answer_once(services().engine(), key, body, answer)


def _as_pasted(article: Article) -> ShownArticle:
    # Nothing of the archive is in it: it is the caller's own text that comes back.
    return shown(article, Display.FULL, 0)
