"""Words as they are written: what a prefix looks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from service.korean.folding import fold, fold_value

_WORD = re.compile(r"\S+")
_LONGEST_WORD = 255  # characters, cut as terms are
_USUAL = ".,?!:;\"'()[]<>·…‘’“”「」『』《》〈〉"  # outer punctuation of nearly every word that has any


class WrittenWord(NamedTuple):
    """A word without its outer punctuation, its folded form, and where it lies in the text."""

    folded: str
    start: int
    end: int


def folded_words(text: str) -> set[str]:
    """Return the folded forms of the words between blanks, outer punctuation stripped."""
    found, others = set[str](), set[str]()
    for word in fold_value(text).split(" "):
        (found if word.isalnum() else others).add(word)
    # Most words end in one of a few marks at most; what is left once these are off need not be looked at again.
    stripped = {word.strip(_USUAL) for word in others}
    for word in stripped:
        if word.isalnum():
            found.add(word)
        else:
            start, end = _inner(word)
            found.add(word[start:end])
    found.discard("")
    return {word[:_LONGEST_WORD] for word in found} if len(text) > _LONGEST_WORD else found


def written_words(text: str) -> Iterator[WrittenWord]:
    """Yield the words of `folded_words` with their places."""
    readable, origin = fold(text)
    for match in _WORD.finditer(readable):
        start, end = _inner(match.group())
        if start < end:
            start, end = start + match.start(), end + match.start()
            yield WrittenWord(fold_prefix(readable[start:end]), origin[start], origin[end - 1] + 1)


def fold_prefix(text: str) -> str:
    """Return a prefix as it is looked for among folded words."""
    return fold_value(text)[:_LONGEST_WORD]


def prefix_end(text: str, word: WrittenWord, prefix: str) -> int:
    """Return where the prefix ends within the word's text."""
    for end in range(word.start + 1, word.end + 1):
        if len(fold_value(text[word.start : end])) >= len(prefix):
            return end
    return word.end


def _inner(word: str) -> tuple[int, int]:
    start, end = 0, len(word)
    if word.isalnum():
        return start, end
    while start < end and _is_outer(word[start]):
        start += 1
    while start < end and _is_outer(word[end - 1]):
        end -= 1
    return start, end


@lru_cache(maxsize=1 << 14)
def _is_outer(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSZC"
