"""Lines of dates: the stamps, and the byline, dateline, outlet or page that stands beside them."""

from __future__ import annotations

import re
from dataclasses import replace

from service.enrichment.press_copy.bylines import read_byline
from service.enrichment.press_copy.datelines import split_dateline
from service.enrichment.press_copy.furniture import is_furniture
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.labels import read_outlet
from service.enrichment.press_copy.lines import barred, is_sentence, normalize
from service.enrichment.press_copy.stamps import read_stamps
from service.enrichment.press_copy.vocabulary import is_outlet, is_section, words

_PAGE_MARK = re.compile(
    r"(?:(?<![가-힣])제\s?|(?<![가-힣\dA-Z]))(?:([A-Z]?\d{1,3})\s?면(?![가-힣])|([A-Z]\d{1,2})(?![\dA-Za-z가-힣.:-]))"
)
_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,10}")
_COUNTER = re.compile(r"^(?:[\[(<【〈]\s?\d{1,3}\s?[\])>】〉]|\d{1,2}[.)]\s|[①-⑳])\s?")
"""The number of a clipping before its outlet and date."""


def read_stamp_line(item: Item) -> Item | None:
    """Return the item as a line of dates with what stands beside them, or None where it holds a sentence or no date."""
    text = barred(normalize(item.line.raw[:400]) if item.text[1:2] == " " else item.text)
    found = read_stamps(_COUNTER.sub("", text))
    if found is None or (is_sentence(item.text) and not (found.leads and len(found.rest) <= 40)):
        return None
    sure = any(stamp.kind != "unlabelled" for stamp in found.stamps)
    rest = found.rest.strip()
    if rest.replace(" ", "") in words("press_release_marks"):
        return replace(item, kind=Kind.PRESS_RELEASE, stamps=found.stamps)
    if any(word in words("clipping_titles") for word in rest.split()):
        return replace(item, kind=Kind.FURNITURE)
    known = _read_rest(item, rest, sure)
    if known is None:
        return None
    if sure or any(stamp.has_time for stamp in found.stamps):
        return replace(known, kind=Kind.STAMP, stamps=found.stamps)
    printed = tuple(replace(stamp, kind="print") for stamp in found.stamps)
    return replace(known, kind=Kind.STAMP, stamps=printed)


def _read_rest(item: Item, rest: str, sure: bool) -> Item | None:  # noqa: PLR0911  # one for each thing found there
    """Return the item with what stands beside the dates: byline, dateline, outlet, page; None for a sentence."""
    if not rest:
        return item
    split = split_dateline(rest) if rest[0] in "([【" else None
    if split and (not split[1] or is_furniture(split[1])):
        return replace(item, dateline=split[0])
    pieces = [piece.strip() for piece in rest.split("|") if piece.strip()]
    if len(pieces) > 1 and not read_byline(rest):
        return _read_pieces(item, pieces, sure)
    page = _PAGE_MARK.search(rest) if len(rest) <= 40 else None
    if page:
        before = re.sub(r"[\[\]()<>\s]+", " ", f"{rest[: page.start()]} {rest[page.end() :]}").strip()
        return _read_rest(replace(item, page=f"{page[1] or page[2]}면"), before, sure)
    byline = read_byline(rest)
    if byline and (byline.reporters or byline.loose):
        return replace(item, byline=byline, outlet=byline.outlet or item.outlet)
    if is_furniture(rest):
        return item
    tokens = rest.split()
    if item.page and len(tokens) <= 3 and any(map(is_outlet, tokens)):
        return replace(item, outlet=next(filter(is_outlet, tokens)))
    if all(is_section(token) or is_outlet(token) or is_furniture(token) for token in tokens):
        return replace(item, outlet=next((token for token in tokens if is_outlet(token)), item.outlet))
    if is_outlet(rest) or read_outlet(rest):
        return replace(item, outlet=read_outlet(rest) or rest)
    return item if sure and len(rest) <= 30 else None


def _read_pieces(item: Item, pieces: list[str], sure: bool) -> Item | None:
    for place, piece in enumerate(pieces):
        found = _read_rest(item, piece, sure)
        if found is None and not place and read_byline(pieces[1]) and _WORD.fullmatch(piece):
            found = replace(item, outlet=piece)  # nothing but the paper stands first in such a row
        if found is None:
            return None
        item = found
    return item
