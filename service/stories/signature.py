"""The signature of a text: what is kept beside an article to find its copies and to compare it with them."""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from service.domain.article import Article
from service.stories.content import content_words, words

BANDS = 16
_ROWS = 3  # least values in one band: two texts that share a tenth of their pairs share a band once in sixty times
_BINS = BANDS * _ROWS
_SHORT = 60  # letters and digits
_FEW = 12  # pairs: below that one sentence in common would decide
_MOST = 256  # pairs kept of a text
_EXACT = 255  # the level of a text that is compared as a whole
_32_BITS = (1 << 32) - 1
_KEY_BITS = (1 << 48) - 1


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells copies of a text: pairs of neighbouring words as 32-bit numbers, and keys to find others by.

    `pairs` are in the order of the text, each once; an odd one has a digit in it. Of long texts only those are kept
    whose number is divisible by 2**`level` (after its last bit), which are the same ones in every text.
    `bands` are 48-bit keys; texts with many pairs in common share one of them, almost certainly.
    At level 255 a text is too short to be compared in parts: `pairs` then holds a digest of all of it.
    """

    bands: tuple[int, ...]
    level: int
    pairs: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """Return whether only the same text is a copy of this one."""
        return self.level == _EXACT

    def at_level(self, level: int) -> Sequence[int]:
        """Return those of the pairs that a text of this level, its own or a higher one, would have kept."""
        return self.pairs if level == self.level else _sampled(self.pairs, level)


def signature_of(article: Article) -> Signature | None:
    """Return the signature of an article's body, and of its title too where the body is short.

    None where the client gave the story itself.
    """
    if "story_id" in article.given:
        return None
    own = content_words(article.body)
    pairs = _pairs(own)
    if len(pairs) < _FEW or sum(map(len, own)) < _SHORT:
        return _whole(article.title, own)
    level, kept = 0, pairs
    while len(kept) > _MOST:
        level += 1
        kept = _sampled(kept, level)
    return Signature(_bands(pairs), level, tuple(kept))


def encode(signature: Signature) -> bytes:
    """Return the signature as bytes, about four for each pair."""
    head = struct.pack("<BB", signature.level, len(signature.bands))
    keys = b"".join(key.to_bytes(6, "little") for key in signature.bands)
    return head + keys + struct.pack(f"<{len(signature.pairs)}I", *signature.pairs)


def decode(data: bytes) -> Signature:
    """Return the signature that `encode` wrote."""
    level, count = data[0], data[1]
    end = 2 + 6 * count
    bands = tuple(int.from_bytes(data[start : start + 6], "little") for start in range(2, end, 6))
    return Signature(bands, level, struct.unpack(f"<{(len(data) - end) // 4}I", data[end:]))


def _pairs(own: Sequence[str]) -> list[int]:
    spelled = [(f"{word} ".encode(), not word.isalpha()) for word in own]
    numbers = [
        crc32(second, crc32(first)) & ~1 | (figures or more) for (first, figures), (second, more) in pairwise(spelled)
    ]
    return list(dict.fromkeys(numbers))


def _sampled(pairs: Sequence[int], level: int) -> list[int]:
    mask = (1 << level) - 1 << 1
    return [pair for pair in pairs if not pair & mask]


def _bands(pairs: Sequence[int]) -> tuple[int, ...]:
    """Return keys out of the least value in each of 48 bins (one-permutation MinHash: Li, Owen, Zhang 2012)."""
    least = array("q", [-1]) * _BINS
    for pair in pairs:
        # Multiplicative hashing (Knuth, TAOCP 6.4) puts the checksums into another, random order.
        value = (pair * 0x9E3779B1 + 0x7F4A7C15) & _32_BITS
        place = (value >> 8) % _BINS
        if least[place] < 0 or value < least[place]:
            least[place] = value
    for place in range(_BINS - 1, -_BINS, -1):
        # An empty bin takes over what the next one holds (Shrivastava, Li 2014).
        if least[place] < 0:
            least[place] = least[(place + 1) % _BINS]
    return tuple(_key(band, least[band * _ROWS : (band + 1) * _ROWS]) for band in range(BANDS))


def _key(band: int, values: Sequence[int]) -> int:
    key = band + 1
    for value in values:
        key = (key * 0x9E3779B97F4A7C15 + value) & ((1 << 64) - 1)
        key ^= key >> 29
    return key & _KEY_BITS


def _whole(title: str, own: Sequence[str]) -> Signature:
    content = "".join(own)
    if len(content) < _SHORT:
        content = f"{''.join(words(title))}\n{content}"
    digest = hashlib.blake2b(content.encode(), digest_size=14).digest()
    return Signature((int.from_bytes(digest[:6]),), _EXACT, struct.unpack("<2I", digest[6:]))
