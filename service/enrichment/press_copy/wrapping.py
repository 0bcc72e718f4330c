"""Hard-wrapped copy: lines broken inside sentences are put together again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from service.enrichment.press_copy.captions import read_caption
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import Line, ends_sentence

_WIDE = re.compile(r"[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]")
_RUNNING = frozenset({Kind.PLAIN, Kind.TEXT, Kind.CAPTION, Kind.MARKED, Kind.LIST, Kind.SPEECH})


_SYLLABLE = re.compile(r"[가나다라마바사]\.")
"""A marker that is as well the last syllable of a predicate broken over two lines."""
_LIST_MARKS = "□○-–·•◦ㅇ※*❍"
_HEADING = 30
_WIDE_BLANK = "\u3000"
_HEADLINE_GOES_ON = ("…", ",", "·")
_GOES_ON = re.compile(r"[가-힣](?:을|를|에서|의|와|과|으로|하는|하고|있는|위해)$")
"""A word with which no heading ends."""


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
        and (not right.marker or _SYLLABLE.fullmatch(right.marker) is not None)
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
    pieces: list[Item] = []
    held: list[Line] = []
    repeated = {text for text, count in Counter(item.line.text for item in items).items() if count > 1}
    for item in items:
        furniture = item.kind is Kind.PAGE or (item.kind not in _RUNNING and item.line.text in repeated)
        if pieces and _continues(pieces, item, width, has_held=bool(held)):
            pieces.append(item)
        elif pieces and furniture and not ends_sentence(pieces[-1].line.text):
            held.append(item.line)
        else:
            _close(joined, pieces, held)
            pieces, held = [item], []
    _close(joined, pieces, held)
    return joined


def _close(joined: list[Line], pieces: list[Item], held: list[Line]) -> None:
    """Add the pieces as one paragraph if they end like a sentence; headlines and decks under each other stay apart."""
    text = " ".join(piece.line.text for piece in pieces)
    reading = read_caption(text) if len(pieces) > 1 else None
    caption = reading is not None and reading.marked and reading.credited
    if len(pieces) > 1 and (ends_sentence(text) or caption or _hangs(pieces) or _is_broken_headline(pieces)):
        joined.append(replace(pieces[0].line, text=text, raw=text))
    else:
        joined.extend(piece.line for piece in pieces)
    joined.extend(held)


def _continues(pieces: list[Item], item: Item, width: int, *, has_held: bool) -> bool:
    """Tell whether an item goes on with the paragraph whose pieces stand above it."""
    first, previous = pieces[0], pieces[-1]
    unfinished = not ends_sentence(previous.line.text)
    syllable = _SYLLABLE.fullmatch(item.marker) is not None and unfinished and not item.line.blanks_before
    if item.kind not in _RUNNING or previous.kind not in _RUNNING or (item.marker and not syllable):
        return False
    if has_held:
        return unfinished and _width(previous.line) >= _fullness(width)
    if _is_broken_headline([previous, item]):
        return len(pieces) == 1
    if item.line.blanks_before or (previous is first and _is_heading(previous, width)):
        return False
    first_line = 0 if item.line.raw.startswith(_WIDE_BLANK) else 1
    if item.line.indent > previous.line.indent + first_line and not (previous is first and _hangs([first, item])):
        return False
    return _width(previous.line) >= (_fullness(width) if unfinished else width * 0.8)


def _hangs(pieces: list[Item]) -> bool:
    """Tell whether a list item's further lines stand under its words, right of its mark."""
    first = pieces[0]
    marked = bool(first.marker) and first.kind in (Kind.MARKED, Kind.LIST, Kind.CAPTION)
    return marked and all(piece.line.indent > first.line.indent for piece in pieces[1:])


def _is_broken_headline(pieces: list[Item]) -> bool:
    """Tell whether a headline goes on below: its first line stops at an ellipsis or a comma."""
    first, last = pieces[0], pieces[-1]
    plain = len(pieces) == 2 and first.kind is Kind.PLAIN and last.kind is Kind.PLAIN
    return (
        plain and first.line.text.endswith(_HEADLINE_GOES_ON) and not last.line.blanks_before and not last.line.indent
    )


def _is_heading(item: Item, width: int) -> bool:
    """Tell whether a marked line is a heading: a short one, unless it fills its column behind a list's mark."""
    if item.kind is not Kind.MARKED or len(item.line.text) > _HEADING or item.caption is not None:
        return False
    if _width(item.line) < _fullness(width):
        return True
    return item.marker[:1] not in _LIST_MARKS and _GOES_ON.search(item.line.text) is None
