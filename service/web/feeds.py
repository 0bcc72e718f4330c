"""The newest hits of a search as an Atom feed (RFC 4287)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from flask import Response, request
from flask.views import MethodView

from schemas.search import load_feed
from service.search.request import Sort
from service.web.atom import NEVER, Feed, atom_feed, changed_at
from service.web.blueprint import Blueprint
from service.web.documentation import feeds as documentation
from service.web.negotiation import language
from service.web.parameters import Parameters, query_parameters
from service.web.preconditions import is_known
from service.web.responses import REVALIDATE, address_with
from service.web.services import services

ATOM = "application/atom+xml"

blueprint = Blueprint("feeds", __name__, url_prefix="/v1/feeds", description="구독")


@blueprint.route("/search.atom")
class SearchFeed(MethodView):
    """The newest hits of a search."""

    @blueprint.describes(documentation.GET)
    def get(self) -> Response:
        """Return the feed."""
        parameters = query_parameters()
        asked = replace(load_feed(parameters), sort=Sort.NEWEST, facets=(), facet_search=None, highlight=False)
        results = services().search.run(asked).results
        articles = [hit.article for hit in results.hits]
        modified = max((changed_at(article) for article in articles), default=NEVER)
        root = request.host_url.rstrip("/")
        feed = Feed(
            name=_name(parameters),
            q=asked.q.strip(),
            language=language(),
            updated=modified,
            own=address_with(parameters, root=root),
            search=address_with(parameters, path="/v1/search", root=root),
            next=address_with(parameters, cursor=results.next, root=root) if results.next else None,
            root=root,
        )
        return _conditional(atom_feed(feed, articles), modified)


def _name(parameters: Parameters) -> str:
    # Without what tells pages apart, and in one order: the same search is the same feed.
    pairs = sorted((name, sorted(values)) for name, values in parameters.items() if name not in {"cursor", "size"})
    return hashlib.sha256(repr(pairs).encode()).hexdigest()[:32]


def _conditional(body: bytes, modified: datetime) -> Response:
    tag = hashlib.sha256(body).hexdigest()[:16]
    response = Response(status=304) if is_known(tag, modified) else Response(body, mimetype=ATOM)
    response.set_etag(tag)
    response.last_modified = modified
    response.headers["Cache-Control"] = REVALIDATE
    response.vary.update(("Accept-Language", "Accept-Encoding"))
    return response
