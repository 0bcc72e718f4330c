"""A hash over articles in any order, by which two stores are known to hold the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

_BYTES = 32
_SPACE = 1 << (8 * _BYTES)


@dataclass(frozen=True, slots=True)
class Digest:
    """How many articles there are and a hash over all of them, in hexadecimal, whatever their order."""

    count: int
    hash: str


def digest_of(articles: Iterable[Iterable[bytes]]) -> Digest:
    """Return the digest of articles, each given as the parts that make it up; memory stays flat.

    The SHA-256 of each article are added up modulo 2^256: an article more or less, or another byte in one, gives
    another sum. It guards against damage and loss, not against somebody who forges an archive.
    """
    count = total = 0
    for parts in articles:
        own = hashlib.sha256()
        for part in parts:
            own.update(len(part).to_bytes(8, "big"))
            own.update(part)
        total = (total + int.from_bytes(own.digest(), "big")) % _SPACE
        count += 1
    return Digest(count, total.to_bytes(_BYTES, "big").hex())
