"""Numbers as the press writes them: `15000명`, `15,000명`, `1만5000명` and `1만5천명` are the same."""

from __future__ import annotations

import re

_UNITS = (("조", 10**12), ("억", 10**8), ("만", 10**4))
_YEARS = range(1_900, 2_101)
_LEAST = 1_000  # below, there is one way of writing
_MOST = 10**16
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?![\d,])")
_NUMBER = re.compile(r"(?:제)?(?P<number>\d[\d,]*(?:천)?(?:[조억만](?:\d[\d,]*(?:천)?)?)*)(?P<rest>[^\W\d_].*)?")
_PIECE = re.compile(r"(?P<figures>\d[\d,]*)(?P<thousands>천)?(?P<unit>[조억만])?")


def other_spellings(word: str) -> tuple[str, ...]:
    """Return the other ways of writing a word that begins with a whole number from 1,000 to 10^16, else none."""
    read = _NUMBER.fullmatch(word)
    if not read:
        return ()
    value = _value(read["number"])
    if value is None or not _LEAST <= value < _MOST:
        return ()
    if value in _YEARS and read["number"] == str(value) and (not read["rest"] or read["rest"].startswith("년")):
        return ()
    before, rest = word[: read.start("number")], read["rest"] or ""
    spellings = dict.fromkeys((str(value), f"{value:,}", _mixed(value, thousands=False), _mixed(value, thousands=True)))
    return tuple(f"{before}{spelling}{rest}" for spelling in spellings if spelling != read["number"])


def _value(number: str) -> int | None:
    total, last = 0, _MOST
    position = 0
    while position < len(number):
        piece = _PIECE.match(number, position)
        if not piece or not _GROUPED.fullmatch(piece["figures"]):
            return None
        unit = dict(_UNITS).get(piece["unit"] or "", 1)
        amount = int(piece["figures"].replace(",", "")) * (1_000 if piece["thousands"] else 1)
        if unit >= last:
            return None
        total, last, position = total + amount * unit, unit, piece.end()
    return total


def _mixed(value: int, *, thousands: bool) -> str:
    written = ""
    for name, unit in _UNITS:
        count, value = divmod(value, unit)
        written += f"{_figures(count, thousands=thousands)}{name}" if count else ""
    return written + (_figures(value, thousands=thousands) if value else "")


def _figures(count: int, *, thousands: bool) -> str:
    return f"{count // 1_000}천" if thousands and count % 1_000 == 0 else str(count)
