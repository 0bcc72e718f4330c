"""Single articles: put, post, patch, get, delete, and what is like them."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from schemas.article import apply_patch, check_patch, check_path_id, dump_article, load_article
from schemas.duplicates import DuplicatesParameters, dump_duplicates
from schemas.requests import NoParameters, WriteParameters
from schemas.results import dump_similar, status_of_change
from schemas.search import SimilarParameters
from schemas.strict_json import parse_json
from service.usecases.ingest import Saved
from service.web import metrics
from service.web.blueprint import Blueprint
from service.web.documentation import articles as documentation
from service.web.idempotency import answer_once, idempotency_key
from service.web.parameters import load_parameters
from service.web.preconditions import is_unchanged, write_precondition
from service.web.request_body import JSON, MERGE_PATCH, check_type, read_body, read_json
from service.web.responses import REVALIDATE, json_response, location_of, version_headers
from service.web.services import services
from service.web.view_counts import count_views

blueprint = Blueprint("articles", __name__, url_prefix="/v1/articles", description="기사 넣기, 고치기, 읽기, 지우기")

_WRITE = WriteParameters()
_NONE = NoParameters()
_SIMILAR = SimilarParameters()
_DUPLICATES = DuplicatesParameters()


@blueprint.route("")
class Articles(MethodView):
    """All articles."""

    @blueprint.describes(documentation.POST)
    def post(self) -> Response:
        """Store an article under an id that the service derives from what identifies it."""
        wait = _wait()
        check_type((JSON,))
        key, precondition, body = idempotency_key(), write_precondition(), read_body()

        def answer() -> Response:
            return _saved(services().ingest.put(load_article(parse_json(body)), precondition, wait=wait))

        return answer_once(services().engine(), key, body, answer)


@blueprint.route("/<article_id:id>")
class SingleArticle(MethodView):
    """One article."""

    @blueprint.describes(documentation.GET)
    def get(self, id: str) -> Response:
        """Return the article as its outlet's licence lets it be seen."""
        load_parameters(_NONE)
        read = services().reading.get(check_path_id(id))
        headers = version_headers(read.article, read.version)
        if is_unchanged(read.article, read.version):
            headers |= {"Cache-Control": REVALIDATE, "Vary": "Accept-Encoding"}
            return Response(status=304, headers=headers)
        count_views(read.article)
        return json_response(dump_article(read.article), headers=headers)

    @blueprint.describes(documentation.PUT)
    def put(self, id: str) -> Response:
        """Store the article under this id."""
        wait = _wait()
        article = load_article(read_json(), check_path_id(id))
        return _saved(services().ingest.put(article, write_precondition(), wait=wait))

    @blueprint.describes(documentation.PATCH)
    def patch(self, id: str) -> Response:
        """Lay a merge patch over what was given of the article."""
        wait = _wait()
        patch = check_patch(read_json((MERGE_PATCH, JSON)))
        saved = services().ingest.patch(
            check_path_id(id), lambda article: apply_patch(article, patch), write_precondition(), wait=wait
        )
        return _saved(saved, is_view=True)

    @blueprint.describes(documentation.DELETE)
    def delete(self, id: str) -> Response:
        """Remove the article."""
        wait = _wait()
        services().ingest.delete(check_path_id(id), write_precondition(), wait=wait)
        metrics.count_ingest("deleted")
        return Response(status=204)


@blueprint.route("/<article_id:id>/similar")
class SimilarArticles(MethodView):
    """What is like one article."""

    @blueprint.describes(documentation.SIMILAR)
    def get(self, id: str) -> Response:
        """Return articles that share the words which mark this one out."""
        size = load_parameters(_SIMILAR)["size"]
        return json_response(dump_similar(services().search.similar(check_path_id(id), size)))


@blueprint.route("/<article_id:id>/duplicates")
class DuplicateArticles(MethodView):
    """The copies of one article."""

    @blueprint.describes(documentation.DUPLICATES)
    def get(self, id: str) -> Response:
        """Return the other articles of the same story."""
        size = load_parameters(_DUPLICATES)["size"]
        return json_response(dump_duplicates(services().reading.duplicates(check_path_id(id), size)))


def _wait() -> bool:
    return "refresh" in load_parameters(_WRITE)


def _saved(saved: Saved, *, is_view: bool = False) -> Response:
    """Return the answer to a write; `is_view` where it shows a text that the request did not bring."""
    metrics.count_ingest(saved.change.value)
    status = status_of_change(saved.change)
    article = services().licensing.show(saved.article)
    if is_view:
        count_views(article)
    headers = version_headers(article, saved.version)
    if status == 201:
        headers["Location"] = location_of(article.id)
    return json_response(dump_article(article), status, headers)
