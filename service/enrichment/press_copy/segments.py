"""Several articles in one paste: where one ends and the next begins."""

from __future__ import annotations

import re
from itertools import accumulate, takewhile

from service.enrichment.press_copy.captions import ends_like_photo
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import is_sentence

_TAIL = frozenset({Kind.COPYRIGHT, Kind.END, Kind.SEPARATOR, Kind.COMMENTS})
_CLOSING = frozenset({Kind.COPYRIGHT, Kind.END, Kind.SEPARATOR})
_HEAD_EVIDENCE = frozenset({Kind.STAMP, Kind.BYLINE})
_HEAD_KINDS = (Kind.SECTION, Kind.OUTLET, Kind.STAMP, Kind.PAGE)
_OPENERS = (Kind.LABEL, Kind.SECTION, Kind.OUTLET, Kind.PRESS_RELEASE)
_HEADLINES = (Kind.PLAIN, Kind.MARKED)
_LOOK, _FAR = 8, 30
_SHORTEST = 25
"""The characters of running text that make a story rather than a portal's question."""
_NUMBER = re.compile(
    r"[\[(<【〈]\s?(?:기사\s?)?(?P<number>\d{1,2})\s?(?:/\s?\d{1,2}\s?)?[\])>】〉]|(?P<of>\d{1,2})\s?/\s?\d{1,2}"
)


def split_articles(items: list[Item]) -> list[list[Item]]:
    """Return the items of each article; separators stay with the article before."""
    starts = [0]
    stamps = list(accumulate((item.kind is Kind.STAMP for item in items), initial=0))
    body_seen, headed, titled, tail_at, first_label = False, False, False, -1, ""
    for index, item in enumerate(items):
        repeated = item.label is not None and item.label.name == first_label and (body_seen or titled)
        titled = (titled or _is_title(item)) and not repeated
        first_label = first_label or (item.label.name if item.label else "")
        body_seen = body_seen or _is_body(item)
        headed = headed or (item.kind is Kind.STAMP and index > starts[-1])
        if index <= starts[-1]:
            continue
        if repeated:
            starts.append(_first_of_head(items, index, max(tail_at, starts[-1])))
        elif (body_seen and _is_tail(item)) or (headed and (_rules_off(item) or item.kind is Kind.END)):
            tail_at = index
            continue
        elif tail_at >= 0 and _begins_article(items, index, tail_at, dated=stamps[index] > stamps[tail_at + 1]):
            starts.append(_first_of_head(items, index, tail_at))
            first_label = ""
        elif stamps[index] > stamps[starts[-1]] and _repeats_masthead(items, starts[-1], index):
            starts.append(index)
        elif body_seen and _begins_untailed(items, index):
            starts.append(_first_of_head(items, index, starts[-1]))
            first_label = item.label.name if item.label else ""
        else:
            continue
        body_seen, headed, tail_at = _is_body(item), item.kind is Kind.STAMP, -1
    return [items[start:end] for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


def _is_title(item: Item) -> bool:
    return item.label is not None and item.label.group == "title" and bool(item.label.value)


def _is_body(item: Item) -> bool:
    if item.kind is Kind.MARKED:
        return item.caption is None and is_sentence(item.text)
    spoken = item.kind is Kind.LIST and item.speaker is not None
    return spoken or item.kind in (Kind.TEXT, Kind.SPEECH) or (item.label is not None and item.label.group == "body")


def _rules_off(item: Item) -> bool:
    """Tell whether a line parts articles by itself: a rule, or the number of the next one (`(2/3)`, `【2】`)."""
    if item.kind is Kind.SEPARATOR:
        return True
    number = _NUMBER.fullmatch(item.line.text) if len(item.line.text) <= 10 else None
    return number is not None and int(number["number"] or number["of"]) >= 2


def _is_tail(item: Item) -> bool:
    if item.kind in _TAIL or (item.kind is Kind.BYLINE and item.byline is not None) or _rules_off(item):
        return True
    return item.kind is Kind.STAMP and any(stamp.kind == "sent" for stamp in item.stamps)


def _begins_article(items: list[Item], index: int, tail_at: int, *, dated: bool) -> bool:
    """Tell whether a headline stands here: a stamp, byline or dateline soon behind it, and a story after that.

    `dated` says whether a stamp stands between the tail and here.
    """
    item = items[index]
    if item.kind is Kind.TEXT and item.dateline is not None and items[tail_at].kind is not Kind.BYLINE:
        return True
    ruled_off = _rules_off(items[tail_at]) or items[tail_at].kind is Kind.END
    if ruled_off and (item.kind is Kind.SPEECH or (item.kind is Kind.LIST and item.speaker)):
        return True
    opens = item.kind in _OPENERS and ruled_off
    if not opens and (item.kind not in _HEADLINES or len(item.text) < 8):
        return False
    return _story_follows(items, index, ruled_off=ruled_off, evidence=opens or dated)


def _story_follows(items: list[Item], index: int, *, ruled_off: bool, evidence: bool) -> bool:
    """Tell whether a head and its story follow; behind a rule a dated head over a picture or nothing is one, too."""
    dated = False
    for distance, follower in enumerate(items[index + 1 : index + 1 + _FAR], 1):
        near = distance <= _LOOK
        if follower.kind in (*_TAIL, Kind.RELATED):
            if not evidence:
                return False
            if follower.kind is Kind.SEPARATOR:
                break
        dated = dated or (near and follower.kind is Kind.STAMP)
        if follower.kind is Kind.CAPTION and ruled_off and dated:
            return True
        evidence = evidence or (near and (follower.kind in _HEAD_EVIDENCE or follower.dateline is not None))
        if _is_body(follower):
            apart = ruled_off or items[index].line.blanks_before >= 2
            story = items[index + distance : index + distance + _LOOK]
            told = sum(len(other.text) for other in story if _is_body(other))
            return (evidence and told >= _SHORTEST) or (near and apart and len(follower.text) >= 30)
    return ruled_off and dated


def _begins_untailed(items: list[Item], index: int) -> bool:
    """Tell whether a new head follows an article that has no tail: an export's labels, or a headline over its stamp."""
    item = items[index]
    following = items[index + 1 : index + 1 + _FAR]
    story = takewhile(lambda other: other.kind not in _CLOSING, following)
    if not any(map(_is_body, story)):
        return False
    if item.kind is Kind.LABEL and items[index - 1].kind is not Kind.LABEL:
        return all(other.kind in (Kind.LABEL, Kind.STAMP) for other in following[:3])
    if item.kind is Kind.OUTLET and item.line.blanks_before:
        headline = following[0].kind in _HEADLINES and len(following[0].text) >= 8
        return headline and any(other.kind is Kind.STAMP for other in following[1:4])
    if item.kind is not Kind.PLAIN or len(item.text) < 10:
        return False
    return _dated_head(items, index) or _prefixed_head(items, index)


def _repeats_masthead(items: list[Item], start: int, index: int) -> bool:
    """Tell whether the outlet's line of this article comes again over another headline and its stamp, as flashes do."""
    item = items[index]
    if item.kind is not Kind.OUTLET or items[start].line.text != item.line.text:
        return False
    following = items[index + 1 : index + 4]
    dated = any(other.kind is Kind.STAMP and _enters(other) for other in following[1:])
    return dated and following[0].kind in _HEADLINES and len(following[0].text) >= 8


def _dated_head(items: list[Item], index: int) -> bool:
    """Tell whether a headline stands here over its stamp, with nothing but decks and bylines between."""
    if any(item.kind is Kind.RELATED for item in items[max(0, index - _LOOK) : index]):
        return False
    for other in items[index + 1 : index + 5]:
        if other.kind is Kind.STAMP:
            return _enters(other)
        if other.kind not in (*_HEADLINES, *_HEAD_EVIDENCE, Kind.SECTION, Kind.OUTLET) or is_sentence(other.text):
            return False
    return False


def _prefixed_head(items: list[Item], index: int) -> bool:
    """Tell whether a headline stands here over a story with its own reporter's prefix, as the story before has one."""
    item, story = items[index], items[index + 1 : index + 4]
    if not item.line.blanks_before or len(story) < 3 or any(other.kind is not Kind.TEXT for other in story):
        return False
    prefix = story[0].dateline
    named = prefix is not None and bool(prefix.byline.reporters) and len(item.text) >= 15
    pictured = story[0].text.endswith("있다.") or ends_like_photo(story[0].text)
    return named and not pictured


def _enters(item: Item) -> bool:
    timed = any(stamp.kind == "unlabelled" and stamp.has_time for stamp in item.stamps)
    return timed or any(stamp.kind in ("published", "approved", "sent") for stamp in item.stamps)


def _first_of_head(items: list[Item], index: int, tail_at: int) -> int:
    """Return where the head before a headline begins: section, outlet and stamps behind the last tail line."""
    start = index
    while start - 1 > tail_at and items[start - 1].kind in _HEAD_KINDS:
        start -= 1
    return start
