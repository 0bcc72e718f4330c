"""The query as it is read: one form for every way of writing it, and where each character came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.korean.folding import fold, nfc

_DOUBLE_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"'))


@dataclass(frozen=True, slots=True)
class Source:
    """A query with composed syllables, ASCII forms and straight double quotation marks.

    `origin` holds for each character of `text` its code point offset in the query as given, whose length is `length`.
    """

    text: str
    origin: Sequence[int]
    length: int

    def position(self, offset: int) -> int:
        """Return the code point of the query as given that an offset into `text` stands for."""
        return self.origin[offset] if offset < len(self.origin) else self.length


def read(q: str) -> Source:
    """Return the query in the form in which the lexer reads it."""
    folded, kept = fold(q)
    text, origin = [], []
    for start, cluster in _clusters(folded):
        composed = nfc(cluster)
        text.append(composed)
        origin.extend([kept[start]] * len(composed))
    return Source("".join(text).translate(_DOUBLE_QUOTES), origin, len(q))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    # Composition never reaches over a character that can neither combine nor be a vowel or final of a syllable.
    start = 0
    for index, character in enumerate(text):
        if index > start and not _joins(character):
            yield start, text[start:index]
            start = index
    if text:
        yield start, text[start:]


def _joins(character: str) -> bool:
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character)[0] == "M"
