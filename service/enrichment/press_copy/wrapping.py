"""Hard-wrapped copy: lines broken inside sentences are put together again."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from service.enrichment.press_copy.captions import read_caption
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import Line, ends_sentence

_WIDE = re.compile(r"[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]")
_RUNNING = frozenset({Kind.PLAIN, Kind.TEXT, Kind.CAPTION, Kind.MARKED, Kind.LIST, Kind.SPEECH})


def _width(line: Line) -> int:
    """Return the columns a line takes, a wide character counting two."""
    text = line.text[:200]
    return len(text) + len(_WIDE.findall(text))


def _fullness(width: int) -> float:
    """Return the columns a line must fill to have been broken for want of room: all but a long word's."""
    return max(width * 0.66, width - 18)


def _breaks_inside(left: Item, right: Item, width: int) -> bool:
    """Tell whether the line end between two items falls inside a sentence."""
    return (
        left.kind in _RUNNING
        and right.kind in _RUNNING
        and right.line.blanks_before == 0
        and not right.marker
        and _width(left.line) >= _fullness(width)
        and not ends_sentence(left.line.text)
    )


def wrap_width(items: list[Item]) -> int | None:
    """Return the column at which a paste is hard-wrapped, or None where it is not."""
    widths = sorted(_width(item.line) for item in items if item.kind in _RUNNING)
    if len(widths) < 4:
        return None
    width = widths[int(len(widths) * 0.9)]
    if width > 160:
        return None
    pairs = list(pairwise(items))
    inside = sum(_breaks_inside(left, right, width) for left, right in pairs)
    following = sum(
        left.kind in _RUNNING and right.kind in _RUNNING and right.line.blanks_before == 0 and not right.marker
        for left, right in pairs
    )
    return width if inside >= 3 and inside >= following * 0.4 else None


def unwrap(items: list[Item]) -> list[Line]:
    """Return the lines of a paste with the pieces of each hard-wrapped paragraph joined by spaces."""
    width = wrap_width(items)
    if width is None:
        return [item.line for item in items]
    joined: list[Line] = []
    pieces: list[Line] = []
    previous: Item | None = None
    held: list[Line] = []
    for item in items:
        if previous is not None and _continues(previous, item, width, has_held=bool(held), started=len(pieces) > 1):
            pieces.append(item.line)
            previous = item
            continue
        if previous is not None and pieces and item.kind is Kind.PAGE and not ends_sentence(previous.line.text):
            held.append(item.line)
            continue
        _close(joined, pieces, held)
        pieces, held, previous = [item.line], [], item
    _close(joined, pieces, held)
    return joined


def _close(joined: list[Line], pieces: list[Line], held: list[Line]) -> None:
    """Add the pieces as one paragraph if they end like a sentence; headlines and decks under each other stay apart."""
    text = " ".join(piece.text for piece in pieces)
    reading = read_caption(text) if len(pieces) > 1 else None
    if len(pieces) > 1 and (ends_sentence(text) or (reading is not None and reading.marked and reading.credited)):
        joined.append(replace(pieces[0], text=text, raw=text))
    else:
        joined.extend(pieces)
    joined.extend(held)


def _continues(previous: Item, item: Item, width: int, *, has_held: bool, started: bool) -> bool:
    """Tell whether an item goes on with the paragraph of the one before it."""
    if item.kind not in _RUNNING or previous.kind not in _RUNNING or item.marker:
        return False
    unfinished = not ends_sentence(previous.line.text)
    if has_held:
        return unfinished and started
    if item.line.blanks_before or item.line.indent > previous.line.indent + 1 or _is_heading(previous):
        return False
    if unfinished:
        return _width(previous.line) >= _fullness(width)
    return _width(previous.line) >= width * 0.8


def _is_heading(item: Item) -> bool:
    return item.kind is Kind.MARKED and len(item.line.text) <= 30 and item.caption is None
