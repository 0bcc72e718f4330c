"""Tables that scrap services export: a row of labels, then one row for each article."""

from __future__ import annotations

from service.enrichment.press_copy.lines import normalize
from service.enrichment.press_copy.vocabulary import group_of


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
