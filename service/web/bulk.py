"""Many articles in one request, streamed both ways."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextvars import copy_context
from threading import Thread
from typing import Any

import structlog
from flask import Response, request
from flask.views import MethodView

from schemas.problems import Language
from schemas.requests import WriteParameters
from schemas.results import dump_line, dump_summary
from service.domain.errors import GisaError
from service.usecases.bulk import LineResult, Summary, ingest_lines
from service.web import metrics
from service.web.articles import blueprint
from service.web.documentation import bulk as documentation
from service.web.idempotency import idempotency_key
from service.web.lines import read_lines
from service.web.negotiation import language
from service.web.parameters import load_parameters
from service.web.request_body import NDJSON, check_type, inflated_pieces
from service.web.services import services
from service.web.spool import Abandoned, Spool

_WRITE = WriteParameters()


@blueprint.route("/bulk")
class Bulk(MethodView):
    """Articles as NDJSON."""

    @blueprint.describes(documentation.POST)
    def post(self) -> Response:
        """Store the article of each line and answer with a line for each."""
        wait = "refresh" in load_parameters(_WRITE)
        idempotency_key()
        check_type((NDJSON,))
        spool = Spool()
        lines = _until_abandoned(read_lines(inflated_pieces()), spool)
        results = ingest_lines(services().ingest, lines, wait=wait)
        # A thread of its own, as a client that sends everything before it reads would else wait for us as we for it;
        # with the context of this one, so that its lines in the log bear the id of the request.
        writer = Thread(target=copy_context().run, args=(_write, spool, results, language()), daemon=True)
        writer.start()
        response = Response(spool.read(), mimetype=NDJSON, headers={"Cache-Control": "no-store"})
        response.call_on_close(spool.abandon)
        return response


@blueprint.after_request  # type: ignore[untyped-decorator] # flask-smorest carries no types
def name_methods_of_bulk(response: Response) -> Response:
    """Return the response; OPTIONS speaks of this call, not also of an article that is called `bulk`."""
    if request.method == "OPTIONS" and request.endpoint == f"{blueprint.name}.{Bulk.__name__}":
        response.headers["Allow"] = "OPTIONS, POST"
    return response


def _until_abandoned(lines: Iterable[bytes | GisaError], spool: Spool) -> Iterator[bytes | GisaError]:
    for line in lines:
        if spool.abandoned:
            raise Abandoned
        yield line


def _write(spool: Spool, results: Iterable[LineResult | Summary], reader: Language) -> None:
    log = structlog.get_logger("gisa.web")
    try:
        for result in results:
            spool.write(_line(_dump(result, reader)))
    except Abandoned:
        log.info("bulk abandoned by its client")
    except Exception as error:  # the reader is told, so that its client sees the answer break off
        log.error("bulk failed", exc_info=error)
        spool.end(failed=True)
    else:
        spool.end()


def _dump(result: LineResult | Summary, reader: Language) -> dict[str, Any]:
    if isinstance(result, Summary):
        return dump_summary(result)
    metrics.count_ingest(result.change.value if result.change else "failed", result.error)
    return dump_line(result.line, result.id, result.change, result.error, reader)


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
