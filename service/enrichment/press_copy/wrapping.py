"""Hard-wrapped copy: lines broken inside sentences are put together again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.enrichment.press_copy.captions import read_caption
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import Line, ends_sentence

_RUNNING = frozenset({Kind.PLAIN, Kind.TEXT, Kind.CAPTION, Kind.MARKED, Kind.LIST, Kind.SPEECH})
_SYLLABLE = re.compile(r"[가나다라마바사]\.")
"""A marker that is as well the last syllable of a predicate broken over two lines."""
_LIST_MARKS = "□○-–·•◦ㅇ※*❍"
_CAPTION_MARKS = "▲△▼▽◀◁▶"
_HEADING = 30
_LONGEST_CAPTION = 8  # lines
_NARROWEST, _WIDEST = 20, 160  # columns
_SLACK = 2  # columns that a column's lines differ by where a wide character did not fit
_NEAR = 6  # columns
_SHORT = 6  # items; too few to tell by themselves how they are wrapped
_CREDIT_END = 6  # characters that may be left of a credit on its caption's last line
_HEADLINE_GOES_ON = ("…", ",", "·")
_GOES_ON = re.compile(r"[가-힣](?:을|를|에서|의|와|과|으로|하는|하고|있는|위해)$")
"""A word with which no heading ends."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a paste is wrapped: the columns of its lines, and whether the first line of a paragraph is indented."""

    width: int
    indented: bool
    base: int

    def is_broken(self, left: Item, right: Item) -> bool:
        """Tell whether a line ends where it does for want of room: inside a sentence a fairly full one does."""
        used = _width(left.line)
        if used > self.width * 1.2:
            return False
        if not ends_sentence(left.line.text):
            return used >= max(self.width * 0.66, self.width - 18)
        word = right.line.text.split(" ", 1)[0]
        return used >= self.width * 0.8 and used + 1 + _columns(word) > self.width - _SLACK

    def opens(self, item: Item) -> bool:
        """Tell whether a line begins a paragraph by its indent."""
        return self.indented and item.line.indent > self.base


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text[:_WIDEST])


def _width(line: Line) -> int:
    """Return the columns a line takes with its indent, a wide character counting two."""
    return _columns(line.raw.rstrip() if line.indent else line.text)


def _follows(left: Item, right: Item) -> bool:
    """Tell whether one line of running text stands right under another."""
    return left.kind in _RUNNING and right.kind in _RUNNING and right.line.blanks_before == 0 and not _opens_item(right)


def _opens_item(item: Item) -> bool:
    return bool(item.marker) and _SYLLABLE.fullmatch(item.marker) is None


def read_column(items: Sequence[Item]) -> Column | None:
    """Return how a paste is hard-wrapped, or None where it is not."""
    width = _common_width(items)
    if width is None:
        return None
    pairs = [(left, right) for left, right in pairwise(items) if _follows(left, right)]
    column = Column(width, False, 0)
    inside = [pair for pair in pairs if not ends_sentence(pair[0].line.text) and column.is_broken(*pair)]
    if len(inside) < 3:
        return None
    base = Counter(right.line.indent for _, right in inside).most_common(1)[0][0]
    opening = sum(right.line.indent > base and ends_sentence(left.line.text) for left, right in pairwise(items))
    flush = [pair for pair in pairs if pair[1].line.indent <= base]
    if len(inside) < len(flush if opening >= 2 else pairs) * 0.4:
        return None
    return Column(width, opening >= 2, base)


def _common_width(items: Sequence[Item]) -> int | None:
    """Return the width near which most lines end, if none that is wider is running text and few are."""
    running = [(_width(item.line), item.kind is Kind.TEXT) for item in items if item.kind in _RUNNING]
    if len(running) < 4:
        return None
    told = max((width for width, is_text in running if is_text), default=0)
    counts = Counter(width for width, _ in running)
    near = {width: sum(counts[width - less] for less in range(_NEAR)) for width in counts}
    allowed = len(running) // 10 + 1
    wider = {width: sum(count for other, count in counts.items() if other > width + _SLACK) for width in counts}
    fitting = [width for width in counts if wider[width] <= allowed and told <= width + _NEAR]
    width = max(fitting, key=lambda found: (near[found], found), default=0)
    return width if _NARROWEST <= width <= _WIDEST and near[width] >= 2 else None


def unwrap(items: list[Item]) -> list[Line]:
    """Return the lines of a paste with the pieces of each hard-wrapped paragraph joined by spaces.

    Between rules each stretch is read by itself: a paste may hold a wrapped article and one that is not.
    """
    whole = read_column(items)
    rules = [index for index, item in enumerate(items) if item.kind is Kind.SEPARATOR]
    lines: list[Line] = []
    for start, end in pairwise([0, *rules, len(items)]):
        stretch = items[start:end]
        column = (read_column(stretch) if rules else whole) or (whole if len(stretch) < _SHORT else None)
        lines += _unwrapped(stretch, column) if column else [item.line for item in stretch]
    return lines


def _unwrapped(items: Sequence[Item], column: Column) -> list[Line]:
    repeated = {text for text, count in Counter(item.line.text for item in items).items() if count > 1}
    joined: list[Line] = []
    pieces: list[Item] = []
    held: list[Line] = []
    caption_end = 0
    for index, item in enumerate(items):
        furniture = item.kind is Kind.PAGE or (item.kind not in _RUNNING and item.line.text in repeated)
        if index < caption_end or (pieces and _continues(pieces, item, column, has_held=bool(held))):
            pieces.append(item)
        elif pieces and furniture and (column.indented or not ends_sentence(pieces[-1].line.text)):
            held.append(item.line)
        else:
            _close(joined, pieces, held)
            pieces, held = [item], []
            caption_end = _caption_end(items, index, column)
    _close(joined, pieces, held)
    return joined


def _caption_end(items: Sequence[Item], start: int, column: Column) -> int:
    """Return the index behind a marked caption's lines, known by the credit that ends them; 0 for another line."""
    if items[start].marker[:1] not in _CAPTION_MARKS or not items[start].marker:
        return 0
    text = items[start].line.text
    following = items[start + 1 : start + 2]
    if _is_credited(text) or not following or not column.is_broken(items[start], following[0]):
        return 0
    for index in range(start + 1, min(len(items), start + _LONGEST_CAPTION)):
        item = items[index]
        runs_on = item.kind in _RUNNING or item.kind is Kind.CREDIT or len(item.line.text) <= _CREDIT_END
        if not runs_on or item.line.blanks_before or _opens_item(item) or column.opens(item):
            return 0
        text = f"{text} {item.line.text}"
        last = index + 1 == len(items) or items[index + 1].line.blanks_before > 0 or _opens_item(items[index + 1])
        if _is_credited(text) and (last or not item.line.text.endswith(_HEADLINE_GOES_ON)):
            return index + 1
    return 0


def _is_credited(text: str) -> bool:
    reading = read_caption(text)
    return reading is not None and reading.marked and reading.credited


def _close(joined: list[Line], pieces: list[Item], held: list[Line]) -> None:
    """Add the pieces as one paragraph if they end like a sentence; headlines and decks under each other stay apart."""
    text = " ".join(piece.line.text for piece in pieces)
    several = len(pieces) > 1
    if several and (ends_sentence(text) or _hangs(pieces) or _is_broken_headline(pieces) or _is_credited(text)):
        joined.append(replace(pieces[0].line, text=text, raw=text))
    else:
        joined.extend(piece.line for piece in pieces)
    joined.extend(held)


def _continues(pieces: list[Item], item: Item, column: Column, *, has_held: bool) -> bool:
    """Tell whether an item goes on with the paragraph whose pieces stand above it."""
    first, previous = pieces[0], pieces[-1]
    unfinished = not ends_sentence(previous.line.text)
    syllable = bool(item.marker) and unfinished and not item.line.blanks_before and not _opens_item(item)
    if item.kind not in _RUNNING or previous.kind not in _RUNNING or (item.marker and not syllable):
        return False
    if has_held:
        goes_on = unfinished or (column.indented and not item.line.blanks_before)
        return goes_on and column.is_broken(previous, item) and not column.opens(item)
    if _is_broken_headline([previous, item]) or _is_broken_headline(pieces):
        return len(pieces) == 1
    hangs = previous is first and _hangs([first, item])
    if item.line.blanks_before or (column.opens(item) and not hangs) or (previous is first and _is_heading(previous)):
        return False
    if item.line.indent > previous.line.indent + 1 and not hangs:
        return False
    return column.is_broken(previous, item)


def _hangs(pieces: list[Item]) -> bool:
    """Tell whether a list item's further lines stand under its words, right of its mark."""
    first = pieces[0]
    marked = bool(first.marker) and first.kind in (Kind.MARKED, Kind.LIST, Kind.CAPTION)
    return marked and all(piece.line.indent > first.line.indent for piece in pieces[1:])


def _is_broken_headline(pieces: list[Item]) -> bool:
    """Tell whether a headline goes on below: its first line stops at an ellipsis or a comma."""
    first, last = pieces[0], pieces[-1]
    plain = len(pieces) == 2 and first.kind is Kind.PLAIN and last.kind is Kind.PLAIN
    goes_on = plain and first.line.text.endswith(_HEADLINE_GOES_ON) and len(first.line.text) <= _HEADING
    return goes_on and not last.line.blanks_before and last.line.indent <= first.line.indent


def _is_heading(item: Item) -> bool:
    """Tell whether a marked line is a heading: a short one that is no list's item and ends like a heading."""
    if item.kind is not Kind.MARKED or len(item.line.text) > _HEADING or item.caption is not None:
        return False
    return item.marker[:1] not in _LIST_MARKS and _GOES_ON.search(item.line.text) is None
