"""Tables that scrap services export: a row of labels, then one row for each article."""

from __future__ import annotations

import re

from service.enrichment.press_copy.lines import normalize
from service.enrichment.press_copy.vocabulary import group_of

_BARS = re.compile(r"[|ㅣ│]")
_WIDEST = 300
_BOXED = re.compile(r"^\s?[\[<【](?P<label>[가-힣A-Z/ ]{1,12}\d?)[\]>】][ \t]+(?=\S)")
_EXPORTED = 4
"""Different labels that make a paste an export; an article may have one or two lines that look like them."""


def _header(row: str) -> list[str] | None:
    """Return the labels of a heading row, or None where the row is none."""
    cells = [normalize(cell) for cell in row.split("\t")] if row.count("\t") >= 2 else []
    groups = [group_of("fields").get(cell.replace(" ", "")) for cell in cells]
    known = [
        group or group_of("stamp_labels").get(cell.replace(" ", "")) for group, cell in zip(groups, cells, strict=True)
    ]
    if "title" not in groups or len(cells) < 3 or sum(group is not None for group in known) * 3 < len(cells) * 2:
        return None
    return cells


def _labelled_pieces(line: str) -> list[str]:
    """Return the pieces of a line that is nothing but labelled values with bars between; none for another line."""
    pieces = _BARS.split(line) if len(line) <= _WIDEST else []
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    names = [normalize(piece.partition(":")[0]).replace(" ", "") for piece in pieces if ":" in piece]
    known = all(map(_is_field, names))
    return pieces if len(pieces) >= 2 and len(names) == len(pieces) and known else []


def _open_boxes(lines: list[str]) -> list[str]:
    """Return the lines with `[언론사] 가온신문` as `언론사 : 가온신문`, where several of them make an export."""
    boxed = {index: match for index, line in enumerate(lines) if (match := _BOXED.match(line[:_WIDEST]))}
    boxed = {index: match for index, match in boxed.items() if _is_field(match["label"])}
    if len({match["label"] for match in boxed.values()}) < _EXPORTED:
        return lines
    return [
        f"{boxed[index]['label']} : {line[boxed[index].end() :]}" if index in boxed else line
        for index, line in enumerate(lines)
    ]


def _is_field(label: str) -> bool:
    name = normalize(label).replace(" ", "")
    return name in group_of("fields") or name in group_of("stamp_labels")


def expand_labels(text: str) -> str:
    """Return the text with each labelled value on a line of its own, where bars join several on one."""
    lines = _open_boxes(text.split("\n"))
    return "\n".join(piece for line in lines for piece in ((":" in line and _labelled_pieces(line)) or [line]))


def expand_rows(text: str) -> str:
    """Return the text with each row under a heading row as labelled lines, one line a cell."""
    if "\t" not in text:
        return text
    header: list[str] | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        header = _header(line) or header
        cells = line.rstrip("\r").split("\t")
        if header is None or _header(line) or not 2 < len(cells) <= len(header):
            lines.append(line)
        else:
            lines += [f"{label} : {cell}" for label, cell in zip(header, cells, strict=False)]
    return "\n".join(lines)
