"""Paragraphs, quoted spans and sentences of a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "＂": "＂", "〝": "〞"}
_LONGEST_QUOTE = 1_000  # code points inside one pair of marks
_DEEPEST = 3
"""Pairs of the same marks inside each other; beyond that the marks are noise, and looking on would cost square time."""
_EITHER = {opening: re.compile(f"[{opening}{closing}]") for opening, closing in _PAIRS.items() if opening != closing}
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARK = re.compile("[“‘「『\"'＂〝]")
_STOP = re.compile(r"[.?!…]+[”’」』\"')\]]*(?=\s|$)")


class QuotedSpan(NamedTuple):
    """A pair of quotation marks: where the opening one stands and where the text behind the closing one begins."""

    start: int
    end: int


def paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of the body stands; blank lines part them."""
    start = 0
    for end, following in [*(gap.span() for gap in _BLANK_LINES.finditer(body)), (len(body), len(body))]:
        if body[start:end].strip():
            yield start, end
        start = following


def quoted(text: str, start: int, end: int) -> Iterator[QuotedSpan]:
    """Yield the outermost pairs of quotation marks between two offsets."""
    position = start
    while (mark := _MARK.search(text, position, end)) is not None:
        opening = mark.start()
        position = opening + 1
        if text[opening] == "'" and opening > start and text[opening - 1].isalnum():
            continue
        closing = _closing(text, opening, min(end, opening + _LONGEST_QUOTE))
        if closing != -1:
            yield QuotedSpan(opening, closing + 1)
            position = closing + 1


def _closing(text: str, opening: int, limit: int) -> int:
    mark = text[opening]
    pair = _EITHER.get(mark)
    if pair is None:
        return text.find(mark, opening + 1, limit)
    depth = 0
    for match in pair.finditer(text, opening, limit):
        depth += 1 if match.group() == mark else -1
        if depth == 0:
            return match.start()
        if depth > _DEEPEST:
            return -1
    return -1


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph; a stop inside quotation marks ends none."""
    spans = list(quoted(text, start, end))
    begin, at = start, 0
    for stop in _STOP.finditer(text, start, end):
        while at < len(spans) and spans[at].end <= stop.start():
            at += 1
        if at < len(spans) and spans[at].start <= stop.start() and stop.end() < end:
            continue
        if text[begin : stop.end()].strip():
            yield _stripped(text, begin, stop.end())
        begin = stop.end()
    if text[begin:end].strip():
        yield _stripped(text, begin, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
