"""Several articles in one paste: where one ends and the next begins."""

from __future__ import annotations

from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import is_sentence

_TAIL = frozenset({Kind.COPYRIGHT, Kind.END, Kind.SEPARATOR, Kind.COMMENTS})
_HEAD_EVIDENCE = frozenset({Kind.STAMP, Kind.BYLINE})
_LOOK, _FAR = 8, 30
_SHORTEST = 25
"""The characters of running text that make a story rather than a portal's question."""


def split_articles(items: list[Item]) -> list[list[Item]]:
    """Return the items of each article; separators stay with the article before."""
    starts = [0]
    body_seen, tail_at, first_label = False, -1, ""
    for index, item in enumerate(items):
        repeated = item.label is not None and item.label.name == first_label and body_seen
        first_label = first_label or (item.label.name if item.label else "")
        body_seen = body_seen or _is_body(item)
        if index <= starts[-1]:
            continue
        if repeated:
            starts.append(index)
            body_seen, tail_at = _is_body(item), -1
        elif body_seen and _is_tail(item):
            tail_at = index
        elif body_seen and tail_at >= 0 and _begins_article(items, index, tail_at):
            starts.append(_first_of_head(items, index, tail_at))
            body_seen, tail_at, first_label = False, -1, ""
        elif body_seen and _begins_untailed(items, index):
            starts.append(_first_of_head(items, index, starts[-1]))
            body_seen, tail_at, first_label = False, -1, item.label.name if item.label else ""
    return [items[start:end] for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


def _is_body(item: Item) -> bool:
    if item.kind is Kind.MARKED:
        return item.caption is None and is_sentence(item.text)
    spoken = item.kind is Kind.LIST and item.speaker is not None
    return spoken or item.kind in (Kind.TEXT, Kind.SPEECH) or (item.label is not None and item.label.group == "body")


def _is_tail(item: Item) -> bool:
    if item.kind in _TAIL or (item.kind is Kind.BYLINE and item.byline is not None):
        return True
    return item.kind is Kind.STAMP and any(stamp.kind == "sent" for stamp in item.stamps)


def _begins_article(items: list[Item], index: int, tail_at: int) -> bool:
    """Tell whether a headline stands here: a stamp, byline or dateline soon behind it, and running text after that."""
    item = items[index]
    if item.kind is Kind.TEXT and item.dateline is not None and items[tail_at].kind is not Kind.BYLINE:
        return True
    ruled_off = items[tail_at].kind is Kind.SEPARATOR
    if ruled_off and (item.kind is Kind.SPEECH or (item.kind is Kind.LIST and item.speaker)):
        return True
    opens = item.kind in (Kind.LABEL, Kind.SECTION, Kind.OUTLET, Kind.PRESS_RELEASE) and ruled_off
    if not opens and (item.kind not in (Kind.PLAIN, Kind.MARKED) or len(item.text) < 8):
        return False
    evidence = opens
    for distance, follower in enumerate(items[index + 1 : index + 1 + _FAR], 1):
        if follower.kind in (Kind.COMMENTS, Kind.COPYRIGHT, Kind.RELATED, Kind.SEPARATOR, Kind.END) and not evidence:
            return False
        near = distance <= _LOOK
        evidence = evidence or (near and (follower.kind in _HEAD_EVIDENCE or follower.dateline is not None))
        if _is_body(follower):
            apart = ruled_off or item.line.blanks_before >= 2
            told = sum(
                len(other.text) for other in items[index + distance : index + distance + _LOOK] if _is_body(other)
            )
            return (evidence and told >= _SHORTEST) or (near and apart and len(follower.text) >= 30)
    return False


def _begins_untailed(items: list[Item], index: int) -> bool:
    """Tell whether a new head follows an article that has no tail: an export's labels, or a headline over its stamp."""
    item = items[index]
    following = items[index + 1 : index + 1 + _FAR]
    if not any(map(_is_body, following)):
        return False
    if item.kind is Kind.LABEL and items[index - 1].kind is not Kind.LABEL:
        return all(other.kind in (Kind.LABEL, Kind.STAMP) for other in following[:3])
    if item.kind is not Kind.PLAIN or len(item.text) < 10 or not item.line.blanks_before:
        return False
    return bool(following) and following[0].kind is Kind.STAMP and _enters(following[0])


def _enters(item: Item) -> bool:
    return any(stamp.kind in ("published", "approved", "sent") for stamp in item.stamps)


def _first_of_head(items: list[Item], index: int, tail_at: int) -> int:
    """Return where the head before a headline begins: section, outlet and stamps behind the last tail line."""
    start = index
    while start - 1 > tail_at and items[start - 1].kind in (Kind.SECTION, Kind.OUTLET, Kind.STAMP, Kind.PAGE):
        start -= 1
    return start
