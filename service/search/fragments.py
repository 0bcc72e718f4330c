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
_BLANK, _WRITTEN = re.compile(r"\s"), re.compile(r"\S")


class Mark(NamedTuple):
    """A span of the text that matches the leaf with this number."""

    start: int
    end: int
    leaf: int


class _Window(NamedTuple):
    text_number: int
    start: int
    end: int
    marks: Sequence[Mark]


def _worth(window: _Window) -> tuple[int, int]:
    return len({mark.leaf for mark in window.marks}), len(window.marks)


def fragments(texts: Sequence[tuple[str, Sequence[Mark]]], most: int) -> tuple[str, ...]:
    """Return the fragments with the most of the query in them, in the order of the text; marks are sorted."""
    windows = [window for number, (text, marks) in enumerate(texts) for window in _windows(number, text, marks)]
    if len(windows) > most:
        windows = sorted(sorted(windows, key=_worth, reverse=True)[:most])
    return tuple(_written(texts[window.text_number][0], window) for window in windows)


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return text[start:end] as HTML: escaped first, then marked; marks are sorted, and those that touch become one."""
    # Most texts have nothing to escape, and looking once is faster than looking at every part.
    written = escape if _SPECIAL.search(text, start, end) else str
    parts, position = [], start
    for mark_start, mark_end in _merged(marks):
        first = mark_start if mark_start > start else start
        last = mark_end if mark_end < end else end
        if first < last:
            parts.append(f"{written(text[position:first])}<mark>{written(text[first:last])}</mark>")
            position = last
    parts.append(written(text[position:end]))
    return "".join(parts)


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
        yield _Window(number, start, end, inside)
        place += 1
        while place < len(marks) and marks[place].start < end:
            place += 1


def _cut_before(text: str, start: int, most: int) -> int:
    if start == 0 or text[start - 1].isspace():
        return start
    blank = _BLANK.search(text, start, min(start + _SLACK, most))
    return blank.end() if blank else start


def _cut_after(text: str, end: int, least: int) -> int:
    if end >= len(text) or text[end].isspace():
        return end
    for position in range(end - 1, max(end - _SLACK, least) - 1, -1):
        if text[position].isspace():
            return position
    return end


def _written(text: str, window: _Window) -> str:
    start, end = window.start, window.end
    html = marked(text, start, end, window.marks).strip()
    before = _ELLIPSIS if _WRITTEN.search(text, 0, start) else ""
    after = _ELLIPSIS if _WRITTEN.search(text, end) else ""
    return before + html + after


def _merged(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    start = end = -1
    for mark_start, mark_end, _ in marks:
        if mark_start <= end:
            end = max(end, mark_end)
            continue
        if end > start:
            merged.append((start, end))
        start, end = mark_start, mark_end
    if end > start:
        merged.append((start, end))
    return merged
