"""Decks: the lines under a headline that go on with it."""

from __future__ import annotations

import re

from service.enrichment.press_copy.captions import ends_like_photo
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.labels import split_title
from service.enrichment.press_copy.roles import Role
from service.enrichment.press_copy.vocabulary import words

HEADLINE_SIGN = re.compile(r"…|\.\.|[“”‘’\"']|[·,!?]|\[[^\]]{1,10}\]")
_TAGS = re.compile(r"^(?:\s?\[[^\[\]]{1,12}\]\s?){1,3}")
CANDIDATES = frozenset({Kind.PLAIN, Kind.MARKED, Kind.LIST})
_BLOCK = 4
WINDOW = 60
"""How many lines above or below a line can still speak about it."""
_BELOW_DECKS = (Kind.CAPTION, Kind.CREDIT, Kind.FURNITURE)
DECK_MARKS = "-–—―·•▷▶◇◆■□●○△▲ㆍ※∙*◈❍◦"


def is_marked_caption(item: Item) -> bool:
    """Tell whether a line bears a caption's mark and ends as captions do."""
    return item.kind is Kind.MARKED and item.caption is not None and item.marker[:1] in "▲△▼◀◁▶"


def mark_decks(
    items: list[Item], candidates: list[int], title: int | None, summary: tuple[int, int], roles: list[Role]
) -> None:
    """Give the candidates that stand under the title or in the summary box the role of decks."""
    label = next((index for index, item in enumerate(items) if item.label and item.label.group == "title"), None)
    after = title if title is not None else label
    if after is None:
        return
    title_text = _untagged(items[after].line.text) if title is not None else ""
    for index in candidates:
        item = items[index]
        if summary[0] < index < summary[1] or (
            index > after and _untagged(item.line.text) != title_text and _is_deck(items, index, after, roles)
        ):
            roles[index] = Role.DECK


def _untagged(text: str) -> str:
    """Return a headline without its outlet and the tags before it (`[속보]`): portals repeat it so."""
    return _TAGS.sub("", split_title(text)[0])


def _is_deck(items: list[Item], index: int, title: int, roles: list[Role]) -> bool:
    text = items[index].text
    dated = index + 1 < len(items) and items[index + 1].kind is Kind.STAMP and " " not in text
    if len(text) < 5 or text.endswith(tuple(words("interface_endings"))) or dated:
        return False
    if (
        index == title + 1
        or (roles[index - 1] is Role.DECK and not items[index].line.blanks_before)
        or items[index].marker.startswith(tuple(DECK_MARKS[:6]))
    ):
        return True
    between = {
        other.kind
        for other, role in zip(items[title + 1 : index], roles[title + 1 :], strict=False)
        if role is not Role.DECK
    }
    if between <= {Kind.STAMP, Kind.BYLINE, Kind.OUTLET, Kind.SECTION, *CANDIDATES} and len(text) >= 8 and " " in text:
        return True
    return (len(text) >= 12 and " " in text and HEADLINE_SIGN.search(text) is not None) or _in_deck_block(items, index)


def _in_deck_block(items: list[Item], index: int) -> bool:
    """Tell whether a line stands in a block of two to four headline-like lines with nothing but the story below."""
    first = last = index
    while first and index - first < _BLOCK and deck_like(items[first - 1]) and not items[first].line.blanks_before:
        first -= 1
    below = items[last + 1 : last + 1 + WINDOW]
    while below and last - index < _BLOCK and deck_like(below[0]) and not below[0].line.blanks_before:
        last, below = last + 1, below[1:]
    pictures = all(other.kind in _BELOW_DECKS or is_marked_caption(other) for other in below)
    apart = items[first].line.blanks_before > 0 or (first > 0 and _is_interface(items[first - 1]))
    return 1 <= last - first < _BLOCK and deck_like(items[index]) and pictures and apart


def _is_interface(item: Item) -> bool:
    """Tell whether a line is a button of the page."""
    return item.kind is Kind.FURNITURE or item.text.endswith(tuple(words("interface_endings")))


def deck_like(item: Item) -> bool:
    """Tell whether a line has the length and the shape of a deck."""
    text = item.text
    if item.kind is not Kind.PLAIN or not 9 <= len(text) <= 70 or " " not in text or item.byline:
        return False
    return not ends_like_photo(text) and not text.endswith(tuple(words("interface_endings")))
