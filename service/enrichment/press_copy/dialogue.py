"""Printed interviews: the two marks that questions and answers bear in turn."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import ends_sentence

_ASKS = re.compile(r"(?:[은는나까지요가]|[?.])[.?]?$")


def asks(text: str) -> bool:
    """Tell whether a line ends as printed questions do."""
    return _ASKS.search(text) is not None


def dialogue_marks(items: list[Item], start: int) -> frozenset[str]:
    """Return the marks that at least twice stand before a question and before the answer on the next line."""
    marked = [item for item in items[start:] if item.kind in (Kind.MARKED, Kind.TEXT, Kind.CAPTION)]
    pairs = Counter(
        (left.marker, right.marker)
        for left, right in pairwise(marked)
        if left.marker and right.marker and left.marker != right.marker and asks(left.text)
        if ends_sentence(right.line.text)
    )
    return frozenset(mark for pair, count in pairs.items() if count >= 2 for mark in pair)
