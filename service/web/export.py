"""Every hit of a search as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO
from urllib.parse import quote

import structlog
from flask import Response, request
from flask.views import MethodView

from schemas.export import BROKEN_OFF, ExportFormat, cut_off, load_export
from schemas.problems import in_language
from service.domain.time import KST
from service.search.results import Hit
from service.usecases.export import Exported
from service.web import metrics
from service.web.blueprint import Blueprint
from service.web.documentation import export as documentation
from service.web.negotiation import language, request_id
from service.web.parameters import query_parameters
from service.web.request_body import NDJSON
from service.web.responses import REVALIDATE
from service.web.services import services
from service.web.tables import CsvRows, JsonLines, xlsx_file

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {ExportFormat.CSV: CSV, ExportFormat.XLSX: XLSX, ExportFormat.NDJSON: NDJSON}
_PIECE = 1 << 16
_NO_NAME = re.compile(r"[^\w.\- ]+")
_LONGEST_NAME = 40

blueprint = Blueprint("export", __name__, url_prefix="/v1/export", description="기사 내보내기")


@blueprint.route("")
class Export(MethodView):
    """The hits of a search, all of them."""

    @blueprint.describes(documentation.GET)
    def get(self) -> Response:
        """Return every hit of a search as a file."""
        asked = load_export(query_parameters())
        exported = services().export.run(asked.parameters)
        counted = replace(exported, hits=_counted(exported.hits))
        response = Response(_content(asked.format, counted), mimetype=_TYPES[asked.format])
        response.call_on_close(exported.hits.close)
        response.headers["Cache-Control"] = REVALIDATE
        response.headers["Content-Disposition"] = _attachment(asked.parameters.q, asked.format)
        response.headers["X-Total-Count"] = str(exported.total)
        response.headers["X-Row-Limit"] = str(exported.limit)
        response.vary.add("Accept-Language")
        return response


def _content(form: ExportFormat, exported: Exported) -> Iterator[bytes]:
    reader = language()
    note = in_language(cut_off(exported.total, exported.limit), reader) if exported.is_cut else None
    if form is ExportFormat.XLSX:
        # The directory of the archive comes last: it is written to disk before the first byte is sent.
        return iter(()) if request.method == "HEAD" else _read(xlsx_file(exported.hits, reader, note))
    rows = CsvRows() if form is ExportFormat.CSV else JsonLines()
    pieces = rows.pieces(exported.hits, reader, note)
    return _visibly_broken(pieces, request_id(), lambda: rows.note(in_language(BROKEN_OFF, reader)))


def _counted(hits: Iterator[Hit]) -> Generator[Hit]:
    for hit in hits:
        metrics.count_exported()
        yield hit


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _visibly_broken(pieces: Iterator[bytes], request_name: str, last_words: Callable[[], bytes]) -> Iterator[bytes]:
    """Yield the pieces; where they break off a line says so, and the connection is cut without the end of the body."""
    try:
        yield from pieces
    except Exception as error:
        structlog.get_logger("gisa.web").error("export failed", request_id=request_name, exc_info=error)
        yield last_words()
        raise


def _attachment(q: str, form: ExportFormat) -> str:
    """Return the `Content-Disposition` with a Korean name of the file (RFC 6266, RFC 8187) and one in ASCII."""
    time = f"{datetime.now(KST):%Y%m%d-%H%M}"
    words = " ".join(_NO_NAME.sub(" ", q).split())[:_LONGEST_NAME].strip(" .")
    name = "-".join(part for part in ("기사", words, time) if part)
    return f"attachment; filename=\"gisa-{time}.{form}\"; filename*=UTF-8''{quote(f'{name}.{form}', safe='')}"
