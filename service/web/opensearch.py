"""The description by which browsers add the search (OpenSearch 1.1), and its suggestions in their format."""

from __future__ import annotations

from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from flask import Blueprint, Flask, Response, request

from schemas.requests import NoParameters
from schemas.suggest import load_suggest_query
from service.web.feeds import ATOM
from service.web.page import assets
from service.web.parameters import load_parameters, query_parameters
from service.web.responses import json_response
from service.web.services import services

DESCRIPTION = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_TERMS = "{searchTerms}"
_A_DAY = "public, max-age=86400"
_FIELDS = {
    "title": "제목",
    "person": "인물",
    "organization": "기관",
    "place": "장소",
    "keyword": "키워드",
    "outlet": "언론사",
    "reporter": "기자",
}
"""What is suggested, as the query language names its field."""
_NONE = NoParameters()

blueprint = Blueprint("opensearch", __name__)


def register_opensearch(app: Flask) -> None:
    """Register the description and the suggestions."""
    app.register_blueprint(blueprint)


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Return the OpenSearch description document; its addresses are those of this request's host."""
    load_parameters(_NONE)
    root = request.host_url.rstrip("/")
    made = ElementTree.Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    for name, text in (
        ("ShortName", "Gisa 언론 보도"),  # 16 characters at most
        ("Description", "시청을 다룬 언론 보도를 찾습니다."),
        ("Language", "ko"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        ElementTree.SubElement(made, name).text = text
    icon = {"width": "16", "height": "16", "type": "image/svg+xml"}
    ElementTree.SubElement(made, "Image", icon).text = f"{root}{assets.address('icon.svg')}"
    for media_type, relation, path in (
        ("text/html", "results", f"/?q={_TERMS}"),
        (SUGGESTIONS, "suggestions", f"/opensearch/suggestions?q={_TERMS}"),
        (ATOM, "results", f"/v1/feeds/search.atom?q={_TERMS}"),
        (DESCRIPTION, "self", "/opensearch.xml"),
    ):
        address = {"type": media_type, "rel": relation, "method": "get", "template": f"{root}{path}"}
        ElementTree.SubElement(made, "Url", address)
    text = ElementTree.tostring(made, encoding="utf-8", xml_declaration=True)
    response = Response(text, mimetype=DESCRIPTION)
    response.headers["Cache-Control"] = _A_DAY
    return response


@blueprint.get("/opensearch/suggestions")
def suggestions() -> Response:
    """Return what was typed, what it may become, what kind each is, and the address of its search."""
    wanted = load_suggest_query(query_parameters())
    found = services().suggest.run(wanted["q"], wanted["size"], wanted["type"])
    root = request.host_url.rstrip("/")
    body = [
        wanted["q"],
        [each.text for each in found],
        [f"{_FIELDS[each.type]} · {each.count:,}건" for each in found],
        [f"{root}/?{urlencode({'q': _query(each.text, each.type)}, quote_via=quote)}" for each in found],
    ]
    return json_response(body, media_type=SUGGESTIONS)


def _query(text: str, kind: str) -> str:
    return f'{_FIELDS[kind]}:"{text.replace(chr(34), " ").strip()}"'
