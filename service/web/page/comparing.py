"""Two articles side by side, sentence by sentence, with what differs marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from service.domain.article import Article

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][\"'”’)\]]*(?=\s|$)|(?=\n)|$)")
_WORD = re.compile(r"\S+\s*|\s+")
_ALIKE = 0.4  # sentences less alike than this are two, not one rewritten
_MOST_PAIRS = 40_000  # of words or sentences; aligning more would take seconds, and no article of a paper has them


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text and whether the other side lacks it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of each side; an empty side has none."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    is_same: bool


def compare(left: Article, right: Article) -> tuple[Row, ...]:
    """Return the sentences of both articles, title first, those that stand for each other in one row."""
    ours, theirs = sentences(left), sentences(right)
    titles = _rewritten(left.title, right.title)
    rows: list[Row] = [titles]
    for tag, i1, i2, j1, j2 in _aligned(ours, theirs):
        if tag == "equal":
            rows += [Row((Piece(text),), (Piece(text),), True) for text in ours[i1:i2]]
        else:
            rows += _changed(ours[i1:i2], theirs[j1:j2])
    return tuple(rows)


def sentences(article: Article) -> list[str]:
    """Return the sentences of the body in order."""
    return [found.group().strip() for found in _SENTENCE.finditer(article.body) if found.group().strip()]


def share_alike(rows: Sequence[Row]) -> int:
    """Return how many percent of the rows are the same on both sides."""
    return round(100 * sum(row.is_same for row in rows) / len(rows)) if rows else 100


def _changed(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Row]:
    for left, right in zip_longest(ours, theirs):
        if left is None:
            yield Row((), (Piece(right, True),), False)
        elif right is None:
            yield Row((Piece(left, True),), (), False)
        else:
            row = _rewritten(left, right)
            if row.is_same or _likeness(row) >= _ALIKE:
                yield row
            else:
                yield Row((Piece(left, True),), (), False)
                yield Row((), (Piece(right, True),), False)


def _rewritten(left: str, right: str) -> Row:
    ours, theirs = _WORD.findall(left), _WORD.findall(right)
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for tag, i1, i2, j1, j2 in _aligned(ours, theirs):
        differs = tag != "equal"
        if i1 < i2:
            lefts.append(Piece("".join(ours[i1:i2]), differs))
        if j1 < j2:
            rights.append(Piece("".join(theirs[j1:j2]), differs))
    return Row(tuple(lefts), tuple(rights), left == right)


def _aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if len(ours) * len(theirs) > _MOST_PAIRS and ours != theirs:
        return [("replace", 0, len(ours), 0, len(theirs))]
    return list(SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes())


def _likeness(row: Row) -> float:
    pieces = (*row.left, *row.right)
    return sum(len(piece.text.strip()) for piece in pieces if not piece.differs) / max(
        1, sum(len(piece.text.strip()) for piece in pieces)
    )
