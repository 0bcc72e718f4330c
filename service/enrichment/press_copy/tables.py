"""Flattened tables: rows of cells, and cells each on a line of its own."""

from __future__ import annotations

import re

from service.enrichment.press_copy.captions import ends_like_photo
from service.enrichment.press_copy.items import Item, Kind

_NUMBER = re.compile(
    r"[-+△▲]?\d[\d,.]*(?:[조억만천]\s?\d[\d,.]*){0,3}(?:천만원|백만원|%|％|명|건|원|억|만|개|곳|회|위|p|%p|억원|만원|조|톤|대|배)?"
)
_FIGURES = 4
"""At least one cell of so many is a figure."""
_CELL_KINDS = frozenset(
    {Kind.PLAIN, Kind.FURNITURE, Kind.PAGE, Kind.SECTION, Kind.STAMP, Kind.OUTLET, Kind.MARKED, Kind.LABEL}
)


def cell_runs(items: list[Item], start: int) -> frozenset[int]:
    """Return the indexes of cells that stand one on a line: six and more short lines, a quarter of them figures."""
    found: set[int] = set()
    index = start
    while index < len(items):
        end = index
        while end < len(items) and items[end].kind in _CELL_KINDS and len(items[end].line.text) <= 14:
            end += 1
        run = items[index:end]
        figures = sum(_NUMBER.fullmatch(item.line.text) is not None for item in run)
        buttons = sum(item.kind is Kind.FURNITURE and _NUMBER.fullmatch(item.line.text) is None for item in run)
        if len(run) >= 6 and figures * _FIGURES >= len(run) and figures < len(run) and not buttons:
            found.update(range(index, end))
        index = max(end, index + 1)
    return frozenset(found)


def _numbers(item: Item) -> int:
    return sum(_NUMBER.fullmatch(token) is not None for token in item.text.split())


def is_row(items: list[Item], index: int) -> bool:
    """Tell whether a line is a row of a flattened table: like cells beside it, or figures in columns."""
    item = items[index]
    if item.kind is not Kind.PLAIN or ends_like_photo(item.text):
        return False
    cells = len(item.line.cells)
    near = [items[place] for place in (index - 1, index + 1) if 0 <= place < len(items)]
    if "단위" in item.text and any(len(other.line.cells) >= 3 or len(other.text.split()) >= 3 for other in near):
        return True
    if cells >= 2:
        return cells >= 3 or any(len(other.line.cells) >= 2 for other in near)
    if _numbers(item) >= 2 and len(item.text) <= 80:
        return any(_numbers(other) >= 2 for other in near)
    columns = len(item.text.split())
    return columns >= 3 and any(
        _numbers(other) >= 2 and len(other.text.split()) == columns and other.kind is Kind.PLAIN for other in near
    )
