"""Which rules a written word may call up, by itself or for a word beside it: most words call up none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from service.enrichment.entities.words import Line

POST: Final = 1 << 0
DESCRIPTION: Final = 1 << 1
"""May stand before the name of the person that it describes."""
HONORED: Final = 1 << 2
"""Holds 씨."""
MARK: Final = 1 << 3
"""Begins as what marks the word before it as a name."""
FAMILY: Final = 1 << 4
SYLLABLE: Final = 1 << 5
"""A family name that stands before names written syllable by syllable."""
BYLINE: Final = 1 << 6
BODY: Final = 1 << 7
"""May name an organisation."""
HEAD: Final = 1 << 8
"""May tell that the next word names an organisation."""
PLACE: Final = 1 << 9
NO_PLACE: Final = 1 << 10
VISIT: Final = 1 << 11
"""May tell that the word before it names a place."""

KindRule = Callable[[str, frozenset[str]], int]
"""Tells of a word which of its rules it may call up; the second value are authorities as in `Line.local`."""
_MOST_WORDS = 1 << 15
_MOST_LOCALS = 16


class WordKinds:
    """The kinds of the words of lines, each word looked at once: the bits above, put together by rules."""

    def __init__(self, *rules: KindRule) -> None:
        self._rules = rules
        self._held: dict[frozenset[str], _Held] = {}

    def __call__(self, line: Line) -> Sequence[int]:
        """Return the kind of each word of the line and, behind the last, a 0."""
        held = self._held.get(line.local)
        if held is None or len(held) > _MOST_WORDS:
            if len(self._held) >= _MOST_LOCALS:
                self._held = {}
            held = self._held[line.local] = _Held(self._rules, line.local)
        kinds = [held[word[0]] for word in line.words]
        kinds.append(0)
        return kinds


class _Held(dict[str, int]):
    def __init__(self, rules: Sequence[KindRule], local: frozenset[str]) -> None:
        self._rules = rules
        self._local = local

    def __missing__(self, word: str) -> int:
        kind = 0
        for rule in self._rules:
            kind |= rule(word, self._local)
        self[word] = kind
        return kind
