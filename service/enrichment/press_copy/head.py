"""The head of an article: headline, deck and outlet line, down to where the running text begins."""

from __future__ import annotations

import re
from collections import Counter

from service.enrichment.press_copy.captions import ends_like_photo
from service.enrichment.press_copy.decks import (
    CANDIDATES,
    DECK_MARKS,
    HEADLINE_SIGN,
    WINDOW,
    deck_like,
    is_marked_caption,
    mark_decks,
)
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.labels import split_title
from service.enrichment.press_copy.lines import ends_sentence, is_sentence
from service.enrichment.press_copy.releases import release_head
from service.enrichment.press_copy.roles import Role
from service.enrichment.press_copy.vocabulary import words

_LISTED = re.compile(r"[▲△▷▶●○◆◇■□•]\s?[가-힣]")
_PLAUSIBLE = 2.5
"""The score of a line long enough and in words, as headlines are."""
_OWN_ROLE = {
    Kind.CAPTION: Role.CAPTION,
    Kind.OUTLET: Role.OUTLET,
    Kind.FURNITURE: Role.CHROME,
    Kind.HASHTAG: Role.CHROME,
    Kind.CREDIT: Role.CHROME,
}


def body_start(items: list[Item]) -> int:
    """Return the index of the first item of running text; their number where there is none."""
    skip = max(_summary_span(items)[1], release_head(items))
    titled = max((index for index, item in enumerate(items) if item.label and item.label.group == "title"), default=-1)
    for index, item in enumerate(items):
        if index < skip:
            continue
        if item.kind is Kind.LABEL and item.label and item.label.group == "body":
            return index
        if item.kind is Kind.SPEECH or (item.kind is Kind.LIST and item.speaker):
            return index
        if item.kind is Kind.TEXT and index > titled and not is_dateline_caption(items, index):
            return _back_to_table(items, index) or _back_to_subhead(items, index)
        if item.kind is Kind.MARKED and is_sentence(item.text) and not is_marked_caption(item):
            return _back_to_subhead(items, index)
        if item.kind is Kind.MARKED and len(_LISTED.findall(item.text)) >= 2:
            return index  # a list on one line: `◇승진 ▲국장 … ▲과장 …`
    return len(items)


def _back_to_subhead(items: list[Item], index: int) -> int:
    """Begin with the sub-head and the list items right before the first sentence, if a headline stands above them."""
    start = index
    while (
        start
        and items[start - 1].kind in (Kind.MARKED, Kind.LIST)
        and items[start - 1].marker[:1] not in DECK_MARKS[:6]
    ):
        start -= 1
    has_title = any(item.kind in CANDIDATES and item.kind is not Kind.LIST for item in items[:start])
    under_title = start < index and items[start].line.blanks_before == 0 and items[index].line.blanks_before > 0
    return start if has_title and not under_title else index


def _back_to_table(items: list[Item], index: int) -> int | None:
    """Begin with the table above the first sentence: two rows or more of three cells each, under a headline."""
    if any(item.kind is Kind.PRESS_RELEASE for item in items[:index]):
        return None
    rows = [place for place in range(max(0, index - WINDOW), index) if _is_table_row(items[place])]
    if len(rows) < 2 or not any(deck_like(item) for item in items[: rows[0]]):
        return None
    titled = "단위" in items[rows[0] - 1].text and rows[0] > 1
    return rows[0] - titled


def _is_table_row(item: Item) -> bool:
    return item.kind is Kind.PLAIN and "\t" in item.line.raw and len(item.line.cells) >= 3


def _summary_span(items: list[Item]) -> tuple[int, int]:
    """Return the index of a summary box's label and the index behind its lines; (-1, 0) without one."""
    label = next((index for index, item in enumerate(items) if item.kind is Kind.SUMMARY), None)
    if label is None or any(item.kind is Kind.TEXT for item in items[:label]):
        return -1, 0
    end = label + 1
    while end < len(items) and items[end].kind in (*CANDIDATES, Kind.TEXT) and items[end].dateline is None:
        if end > label + 1 and items[end].line.blanks_before:
            break
        if end - label > 6 or len(items[end].text) > 200:
            break
        end += 1
    return label, end


def is_dateline_caption(items: list[Item], index: int) -> bool:
    """Tell whether a text with a dateline is a photo's: under a caption's title, or before the story's own."""
    item = items[index]
    if item.dateline is None or not (item.dateline.place or item.dateline.outlet) or len(item.text) > 300:
        return False
    titled = index > 0 and items[index - 1].kind is Kind.PLAIN and not ends_sentence(items[index - 1].text)
    above = items[max(0, index - WINDOW) : index]
    plain_above = sum(other.kind in CANDIDATES for other in above)
    story_follows = any(other.kind is Kind.TEXT and other.dateline for other in items[index + 1 : index + 8])
    body_above = any(other.kind is Kind.TEXT for other in above)
    pictured = item.text.endswith("있다.") or ends_like_photo(item.text)
    if body_above:
        return titled or pictured
    return pictured and titled and story_follows and plain_above >= 2


def head_roles(items: list[Item]) -> list[Role]:
    """Return the roles of a head's items."""
    roles = [_OWN_ROLE.get(item.kind, Role.METADATA) for item in items]
    candidates = [
        index for index, item in enumerate(items) if item.kind in CANDIDATES and not _is_caption_title(items, index)
    ]
    titles = {item.text for index, item in enumerate(items) if _is_caption_title(items, index)}
    candidates = [index for index in candidates if items[index].text not in titles]
    candidates = candidates or [index for index, item in enumerate(items) if item.kind in CANDIDATES]
    candidates = [
        index for index in candidates if not is_marked_caption(items[index]) and not _is_bare_byline(items, index)
    ]
    labelled = any(item.label and item.label.group == "title" for item in items)
    first, behind = _summary_span(items)
    boxed = range(first + 1, behind)
    uncredited = {
        index for index in candidates[1 - labelled :] if index not in boxed and _stands_over_credit(items, index)
    }
    repeated = {items[index].text for index in uncredited}
    candidates = [index for index in candidates if items[index].text not in repeated]
    form = release_head(items)
    for index, item in enumerate(items):
        if index < form and item.kind is Kind.TEXT:
            roles[index] = Role.CHROME
        elif is_marked_caption(item) or index in uncredited:
            roles[index] = Role.CAPTION
        elif item.kind in CANDIDATES:
            roles[index] = Role.METADATA if _is_bare_byline(items, index) else Role.CHROME
        elif item.kind is Kind.TEXT:
            roles[index] = Role.CAPTION if item.dateline else Role.DECK
    candidates = candidates[:WINDOW]
    summary = _summary_span(items)
    title = None if labelled else _title(items, candidates, summary)
    if title is not None:
        roles[title] = Role.TITLE
    mark_decks(items, candidates, title, summary, roles)
    if title is not None and form and _goes_on(items, title):
        roles[title + 1] = Role.TITLE
    _mark_outlet(items, candidates, title, roles)
    return roles


def _goes_on(items: list[Item], title: int) -> bool:
    """Tell whether a press release's headline fills two lines: right under both stands the deck, marked as one."""
    if title + 2 >= len(items):
        return False
    second, deck = items[title + 1 : title + 3]
    plain = second.kind is Kind.PLAIN and not second.marker and not second.line.blanks_before
    return plain and not deck.line.blanks_before and deck.marker.startswith(tuple(DECK_MARKS))


def _stands_over_credit(items: list[Item], index: int) -> bool:
    """Tell whether the next line is nothing but a photo's credit."""
    follower = items[index + 1] if index + 1 < len(items) else None
    return follower is not None and follower.kind is Kind.CREDIT and not follower.line.blanks_before


def _is_bare_byline(items: list[Item], index: int) -> bool:
    """Tell whether a name alone stands beside a date, as bylines do."""
    near = items[max(0, index - 1) : index] + items[index + 1 : index + 2]
    return items[index].byline is not None and any(other.kind in (Kind.STAMP, Kind.BYLINE) for other in near)


def _is_caption_title(items: list[Item], index: int) -> bool:
    if index + 1 >= len(items) or items[index].kind is not Kind.PLAIN:
        return False
    follower = items[index + 1]
    if follower.kind is Kind.TEXT and follower.dateline is not None:
        return True
    return follower.kind is Kind.CAPTION and follower.dateline is not None and follower.line.text[0] == "("


def _title(items: list[Item], candidates: list[int], summary: tuple[int, int]) -> int | None:
    seen = Counter(split_title(items[index].line.text)[0] for index in candidates)
    released = max(_release_table_end(items), release_head(items))
    best, best_score, rank = None, 0.0, 0
    for index in candidates:
        score = _title_score(items, index)
        rank, score = rank + (score >= _PLAUSIBLE), score - 0.6 * rank
        score += 1.0 if len(items[index].text) >= 8 and seen[split_title(items[index].line.text)[0]] > 1 else 0.0
        score -= 3.0 if summary[0] < index < summary[1] or index < released else 0.0
        if score > best_score:
            best, best_score = index, score
    return _first_of_block(items, candidates, best)


def _first_of_block(items: list[Item], candidates: list[int], best: int | None) -> int | None:
    """Go up from the best headline to the first of the lines right above it that could be one: decks stand below."""
    while best is not None and best - 1 in candidates and not items[best].line.blanks_before:
        above = items[best - 1]
        if above.marker or above.kind is not Kind.PLAIN or _title_score(items, best - 1) < _PLAUSIBLE:
            break
        best -= 1
    return best


def _title_score(items: list[Item], index: int) -> float:
    item = items[index]
    text = item.line.text
    score = 1.0 + (2.0 if 10 <= len(text) <= 80 else 0.0) + (0.5 if HEADLINE_SIGN.search(text) else 0.0)
    if " " not in text:
        score -= 1.5
    if item.kind is not Kind.PLAIN and item.marker.startswith(tuple(DECK_MARKS)):
        score -= 2.0
    if text.endswith(tuple(words("interface_endings"))):
        score -= 2.5
    if index + 1 < len(items) and items[index + 1].kind in (Kind.STAMP, Kind.BYLINE):
        score += 0.5
    if index + 1 < len(items) and items[index + 1].marker.startswith(tuple(DECK_MARKS)) and not item.marker:
        score += 1.0
    return score


def _release_table_end(items: list[Item]) -> int:
    """Return the index of the last labelled line of a press release's table, 0 in other copy."""
    if not any(item.kind is Kind.PRESS_RELEASE for item in items):
        return 0
    return max((index for index, item in enumerate(items) if item.kind is Kind.LABEL), default=0)


def _mark_outlet(items: list[Item], candidates: list[int], title: int | None, roles: list[Role]) -> None:
    if any(item.kind in (Kind.OUTLET, Kind.PRESS_RELEASE) for item in items):
        return
    for index in candidates:
        text = items[index].text
        if (
            roles[index] is Role.CHROME
            and " " not in text
            and 2 <= len(text) <= 15
            and (title is None or index < title)
        ):
            roles[index] = Role.OUTLET
            return
