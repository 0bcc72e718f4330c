"""The form at the top of a press release: masthead, mark, dates, departments, contacts, embargo."""

from __future__ import annotations

import re

from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.vocabulary import groups, words

_TELEPHONE = re.compile(r"(?<!\d)(?:0\d{1,2}\)?[-. ]?)?\d{3,4}-\d{4}(?!\d)|\(\d{3,4}\)")
_EMBARGO = re.compile(r"보도(?:하여|해)\s?(?:주|달)|보도\s?(?:가능|요청)|엠바고|EMBARGO", re.IGNORECASE)
_MOST_LINES = 16
_HIGHEST_MARK = 4  # a masthead, a slogan and a number may stand above the mark


def release_head(items: list[Item]) -> int:
    """Return how many items at the top of a press release belong to its form, 0 in other copy."""
    mark = next((index for index, item in enumerate(items[:_HIGHEST_MARK]) if item.kind is Kind.PRESS_RELEASE), None)
    if mark is None:
        return 0
    end, together = mark + 1, True
    for index in range(mark + 1, min(len(items), mark + _MOST_LINES)):
        item = items[index]
        together = together and not item.line.blanks_before
        if _is_of_form(item) or (together and _names_contact(item)):
            end = index + 1
        elif not together or item.kind is Kind.TEXT:
            break  # the headline, or what the form is of
    return end


def _is_of_form(item: Item) -> bool:
    if item.kind is Kind.LABEL:
        return item.label is not None and item.label.group not in ("title", "body")
    return item.kind is Kind.STAMP or bool(_TELEPHONE.search(item.text) or _EMBARGO.search(item.text))


def _names_contact(item: Item) -> bool:
    first = item.text.split(" ")[0].strip("[]()<>□■○●:·")
    return first in words("contact_words") or any(first in entries for entries in groups("fields").values())
