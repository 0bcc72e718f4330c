"""Cutting fragments around marks and writing them as HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from operator import attrgetter
from typing import NamedTuple

_LENGTH = 150  # characters of a fragment, about
_LEAD = 40  # characters before its first mark
_SLACK = 20  # characters within which a blank is looked for to cut at
_ELLIPSIS = "…"
_START = attrgetter("start")
_SPECIAL = re.compile("[&<>\"']")


class Mark(NamedTuple):
    """A span of the text that matches the leaf with this number."""

    start: int
    end: int
    leaf: int


class _Window(NamedTuple):
    text_number: int
    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def worth(self) -> tuple[int, int]:
        return len({mark.leaf for mark in self.marks}), len(self.marks)


def fragments(texts: Sequence[tuple[str, Sequence[Mark]]], most: int) -> tuple[str, ...]:
    """Return the fragments with the most of the query in them, in the order of the text; marks are sorted."""
    windows = [window for number, (text, marks) in enumerate(texts) for window in _windows(number, text, marks)]
    best = sorted(windows, key=lambda window: window.worth, reverse=True)[:most]
    return tuple(_written(*texts[window.text_number], window) for window in sorted(best))


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return text[start:end] as HTML: escaped first, then marked; marks that touch become one."""
    parts, position = [], start
    for mark_start, mark_end in _merged(marks):
        first, last = max(mark_start, start), min(mark_end, end)
        if first < last:
            parts += [_escaped(text[position:first]), "<mark>", _escaped(text[first:last]), "</mark>"]
            position = last
    return "".join([*parts, _escaped(text[position:end])])


def _windows(number: int, text: str, marks: Sequence[Mark]) -> Iterator[_Window]:
    place = end = 0
    while place < len(marks):
        first = marks[place]
        start = _cut_before(text, max(end, first.start - _LEAD), first.start)
        limit = max(first.end, start + _LENGTH)
        close = marks[place : bisect_left(marks, limit, place, key=_START)]
        inside = [mark for mark in close if mark.end <= limit]
        last = max(mark.end for mark in inside)
        end = _cut_after(text, min(len(text), limit), last)
        yield _Window(number, start, end, tuple(inside))
        place += 1
        while place < len(marks) and marks[place].start < end:
            place += 1


def _cut_before(text: str, start: int, most: int) -> int:
    if start == 0 or text[start - 1].isspace():
        return start
    for position in range(start, min(start + _SLACK, most)):
        if text[position].isspace():
            return position + 1
    return start


def _cut_after(text: str, end: int, least: int) -> int:
    if end >= len(text) or text[end].isspace():
        return end
    for position in range(end - 1, max(end - _SLACK, least) - 1, -1):
        if text[position].isspace():
            return position
    return end


def _written(text: str, marks: Sequence[Mark], window: _Window) -> str:
    start, end = window.start, window.end
    html = marked(text, start, end, marks).strip()
    before = _ELLIPSIS if text[:start].strip() else ""
    after = _ELLIPSIS if text[end:].strip() else ""
    return before + html + after


def _merged(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for mark in sorted(marks):
        if mark.start <= end:
            end = max(end, mark.end)
            continue
        if end > start:
            yield start, end
        start, end = mark.start, mark.end
    if end > start:
        yield start, end


def _escaped(text: str) -> str:
    # Most texts have nothing to escape, and looking once is faster than replacing five times.
    return escape(text, quote=True) if _SPECIAL.search(text) else text
