"""The OpenAPI side of the app: flask-smorest with our own errors and without its pages."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from flask_smorest import Api  # type: ignore[import-untyped] # the library carries no types
from werkzeug.exceptions import HTTPException

from schemas.problems import Problem
from service import __version__
from service.web import (
    analytics,
    articles,
    bulk,
    export,
    feeds,
    operations,
    outlets,
    press_copy,
    quotes,
    search,
    suggest,
)
from service.web.documentation.operation import OPENAPI_VERSION
from service.web.documentation.security import SCHEME, SCHEME_NAME
from service.web.problems import http_error
from service.web.routing import ArticleIdConverter, article_id_schema

_DESCRIPTION = (
    "기사(Gisa)는 시청을 다룬 언론 보도를 모아 찾는 서비스입니다. 기사를 JSON이나 붙여 넣은 글로 받아 "
    "인물·기관·장소·금액·인용을 가려내고, 한국어 형태소로 찾습니다.\n\n"
    "키는 Authorization: Bearer 머리글로 보냅니다. 키가 하나도 없는 서비스는 127.0.0.1에서 키 없이 열려 있습니다.\n\n"
    "모든 글은 UTF-8이며 NFC로, 본문의 줄 끝은 LF로 저장합니다. 시각은 RFC 3339이고 시간대가 없으면 Asia/Seoul입니다. "
    "모르는 매개변수와 항목, 범위를 벗어난 값, 빈 문자열은 422입니다. 선택 항목의 null은 없는 것과 같습니다.\n\n"
    "오류는 application/problem+json(RFC 9457)이며 무엇을 하면 되는지 한국어로, Accept-Language: en이면 영어로 "
    "말합니다. X-Request-ID를 보내면 그대로 돌려줍니다. 본문은 Content-Encoding: gzip 또는 zstd로 압축해 보낼 수 있고, "
    "응답은 Accept-Encoding에 따라 gzip, br, zstd로 압축합니다."
)


class GisaApi(Api):  # type: ignore[misc] # flask-smorest carries no types
    """flask-smorest whose errors are problem+json; each call describes its own responses."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Return the problem that an error of HTTP is."""
        return http_error(error)

    def _register_responses(self) -> None:
        # The calls describe their problems themselves, as problem+json; the prepared responses would say plain JSON.
        return

    def _register_pagination_header(self) -> None:
        # Pages are turned by a cursor and a Link header, not by the numbers of flask-smorest.
        return


def register_api(app: Flask) -> None:
    """Register every call and the OpenAPI document that describes them."""
    app.url_map.converters["article_id"] = ArticleIdConverter
    app.config.update(API_TITLE="Gisa API", API_VERSION=__version__, OPENAPI_VERSION=OPENAPI_VERSION)
    info: dict[str, Any] = {"description": _DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
    api = GisaApi(app, spec_kwargs={"info": info, "servers": [{"url": "/"}]})
    api.spec.components.security_scheme(SCHEME_NAME, SCHEME)
    api.register_converter(ArticleIdConverter, article_id_schema)
    for part in (articles, press_copy, search, suggest, quotes, analytics, export, feeds, outlets, operations):
        api.register_blueprint(part.blueprint)


BULK = bulk.Bulk
"""The bulk call adds itself to the blueprint of the articles when its module is imported."""
