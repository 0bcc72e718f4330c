"""Sums of money as terms, so that a range over any currency is an exact query for a few hundred terms at most.

The order-preserving bits of a double are written in 16 hexadecimal digits, and every prefix of those is a term; a range
is covered by prefixes. It is how Lucene's numeric fields worked before points (NumericRangeQuery, precision step 4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_DIGITS = 16
_SIGN = 1 << 63
_ALL = (1 << 64) - 1


def amount_terms(currency: str, amount: float) -> list[str]:
    """Return the terms of one sum."""
    digits = f"{_ordered_bits(amount):016x}"
    return [f"{currency}:{digits[:length]}" for length in range(1, _DIGITS + 1)]


def range_terms(
    currency: str, low: float | None, high: float | None, include_low: bool, include_high: bool
) -> list[str]:
    """Return terms of which every sum within the bounds has one and no other sum has any."""
    first = 0 if low is None else _ordered_bits(low) + (0 if include_low else 1)
    last = _ALL if high is None else _ordered_bits(high) - (0 if include_high else 1)
    return [f"{currency}:{prefix}" for prefix in _cover(first, last)]


def _cover(first: int, last: int) -> Iterator[str]:
    digits = _DIGITS
    while first <= last:
        while first <= last and (first % 16 or digits == 1):
            yield f"{first:0{digits}x}"
            first += 1
        while first <= last and last % 16 != 15:
            yield f"{last:0{digits}x}"
            last -= 1
        if first > last:
            return
        first, last, digits = first >> 4, last >> 4, digits - 1


def _ordered_bits(amount: float) -> int:
    try:
        number = float(amount) + 0.0  # -0.0 is 0.0
    except OverflowError:
        number = float("inf") if amount > 0 else float("-inf")
    bits = int.from_bytes(struct.pack(">d", number))
    return bits ^ _ALL if bits & _SIGN else bits | _SIGN
