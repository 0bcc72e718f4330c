"""Hits as files of rows: CSV and NDJSON piece by piece, XLSX through a file on disk."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

import orjson

from schemas.export import COLUMNS, dump_hit, heads, row
from schemas.problems import Language
from service.search.results import Hit

_PIECE = 1 << 16  # characters gathered before they are sent
_BOM = "\ufeff"
_MOST_OF_CELL = 32_767  # characters: what Excel can hold
_CUT = "…"
_SHEET = {"ko": "기사", "en": "Articles"}
_NOTE = {"ko": "안내", "en": "Note"}


class CsvRows:
    """Rows of CSV (RFC 4180), the first one its heads; UTF-8 with a byte order mark, as Excel would have it."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer)

    def pieces(self, hits: Iterable[Hit], language: Language, note: str | None) -> Iterator[bytes]:
        """Yield the file; `note` is a last row of one cell."""
        self._buffer.write(_BOM)
        self._writer.writerow(heads(language))
        yield self._taken()
        for hit in hits:
            self._writer.writerow(row(hit))
            if self._buffer.tell() > _PIECE:
                yield self._taken()
        if note:
            yield self._taken() + self.note(note)
        elif self._buffer.tell():
            yield self._taken()

    def note(self, text: str) -> bytes:
        """Return a row of one cell that is no hit."""
        self._writer.writerow([f"※ {text}"])
        return self._taken()

    def _taken(self) -> bytes:
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text.encode()


class JsonLines:
    """A hit in each line, as a search gives it."""

    def pieces(self, hits: Iterable[Hit], _: Language, note: str | None) -> Iterator[bytes]:
        """Yield the file; `note` is a last line with nothing but a `note`."""
        gathered = bytearray()
        for hit in hits:
            gathered += _line(dump_hit(hit))
            if len(gathered) > _PIECE:
                yield bytes(gathered)
                gathered.clear()
        if note:
            gathered += self.note(note)
        yield bytes(gathered)

    def note(self, text: str) -> bytes:
        """Return a line that is no hit."""
        return _line({"note": text})


def xlsx_file(hits: Iterable[Hit], language: Language, note: str | None) -> IO[bytes]:
    """Return the workbook as an open file that vanishes when it is closed; `note` is a last row and a sheet."""
    # A fifteenth of every start, and most processes never write a workbook.
    import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 -- the library carries no types

    file = tempfile.TemporaryFile()  # noqa: SIM115 # the reader closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet(_SHEET[language])
        bold = workbook.add_format({"bold": True})
        for number, (head, column) in enumerate(zip(heads(language), COLUMNS, strict=True)):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, head, bold)
        sheet.freeze_panes(1, 1)
        line = 0
        for line, hit in enumerate(hits, start=1):
            _write_row(sheet, line, row(hit))
        if note:
            sheet.write_string(line + 1, 0, f"※ {note}")
            workbook.add_worksheet(_NOTE[language]).write_string(0, 0, note)
    file.seek(0)
    return file


def _write_row(sheet: Any, line: int, cells: Iterable[str]) -> None:
    for number, cell in enumerate(cells):
        if cell:
            fits = cell if len(cell) <= _MOST_OF_CELL else cell[: _MOST_OF_CELL - 1] + _CUT
            sheet.write_string(line, number, fits)


def _line(document: Any) -> bytes:
    return orjson.dumps(document) + b"\n"
