"""Forms of one text that mean the same: what is folded before analysis, and where each character came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_IGNORED = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f"
_IGNORED_PATTERN = re.compile(f"[{_IGNORED}]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
# Typed for the middle dot and a letter by its category: a dictionary takes it and what follows for one unknown word.
_ARAEA = {0x318D: 0xB7}
_READ_AS = _FULL_WIDTH | _ARAEA
_FOLDED_PATTERN = re.compile(f"[{_IGNORED}{''.join(map(chr, _READ_AS))}]")
_SHORT = 40  # characters: names, which come again and again


def nfc(text: str) -> str:
    """Return the text with composed syllables; the only normalisation applied to what is stored."""
    return unicodedata.normalize("NFC", text)


def strip_ignored(text: str) -> str:
    """Return the text without zero-width, bidirectional and soft-hyphen characters."""
    return _IGNORED_PATTERN.sub("", text)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """Return the text as the analyser reads it, and for each of its characters its code point offset in `text`.

    Full-width forms become ASCII, no-break and ideographic blanks become blanks, U+318D becomes the middle dot, and
    characters that cannot be seen are left out. Case is kept: the dictionary tells `US` from `us`.
    """
    if not _FOLDED_PATTERN.search(text):  # most texts: looking is far cheaper than translating
        return text, range(len(text))
    wide = text.translate(_READ_AS)
    if not _IGNORED_PATTERN.search(wide):
        return wide, range(len(wide))
    kept = [index for index, character in enumerate(wide) if not _IGNORED_PATTERN.match(character)]
    return "".join(wide[index] for index in kept), kept


def fold_value(text: str) -> str:
    """Return the form under which two spellings of one name compare equal: NFC, folded, lower case, single blanks."""
    return _folded_name(text) if len(text) <= _SHORT else _folded_value(text)


def _folded_value(text: str) -> str:
    folded, _ = fold(nfc(text))
    return " ".join(folded.split()).casefold()


_folded_name = lru_cache(maxsize=1 << 14)(_folded_value)
