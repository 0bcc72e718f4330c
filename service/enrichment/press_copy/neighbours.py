"""What a line is found to be once the line above it is known: speakers, captions and rows under their label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from service.domain.article import Caption
from service.enrichment.press_copy.bylines import Byline, is_post
from service.enrichment.press_copy.captions import CaptionReading, read_caption
from service.enrichment.press_copy.items import Item, Kind, Label
from service.enrichment.press_copy.lines import is_sentence
from service.enrichment.press_copy.transcript import read_speaker_line
from service.enrichment.press_copy.vocabulary import group_of

_SHORTEST, _LONGEST = 6, 40
_PAGE_END = re.compile(r"[\s\-–(|]{1,3}\d{1,3}\s?(?:/\s?\d{1,3}\s?)?(?:쪽|페이지)?[\s\-–)]{0,3}$")
_COUNTED = re.compile(r"[가-힣A-Za-z]{2,12}(?:\s[가-힣A-Za-z]{2,12})?\s\d{1,3}\s?/\s?\d{1,3}")
"""The page of a printed clipping: its service's name and `1 / 2`."""
_ROW_KINDS = frozenset({Kind.PLAIN, Kind.MARKED, Kind.LIST, Kind.BYLINE, Kind.PAGE})
_CAPTION_LINES = frozenset({Kind.PLAIN, Kind.MARKED, Kind.TEXT, Kind.LIST})


def settle(items: list[Item]) -> list[Item]:
    """Return the items with those mended that only the line above them explains."""
    settled: list[Item] = []
    for item in _running_heads(items):
        above = settled[-1] if settled else None
        settled.append(_labelled_caption(item) or (_under(above, item) if above else None) or item)
    return settled


def _running_heads(items: list[Item]) -> Iterator[Item]:
    """Yield the items, a plain line that comes again behind running text as the head of another page."""
    texts = 0
    seen: dict[str, int] = {}
    for item in items:
        texts += item.kind is Kind.TEXT or "다. " in item.text
        if (
            item.kind not in (Kind.PLAIN, Kind.PRESS_RELEASE)
            or not _SHORTEST <= len(item.text) <= _LONGEST
            or is_sentence(item.text)
        ):
            yield item
            continue
        if item.kind is Kind.PLAIN and _COUNTED.fullmatch(item.text):
            yield replace(item, kind=Kind.PAGE)
            continue
        key = _PAGE_END.sub("", item.text)
        repeated = seen.get(key, texts) < texts
        seen.setdefault(key, texts)
        yield replace(item, kind=Kind.PAGE) if repeated and item.kind is Kind.PLAIN else item


def _under(above: Item, item: Item) -> Item | None:
    if above.kind is Kind.SPEECH and not above.text:
        return _speaker(above, item)
    if item.kind is Kind.STAMP and above.kind in (Kind.PLAIN, Kind.FURNITURE, Kind.LABEL):
        return _stamped(above, item)
    if item.kind in (Kind.PLAIN, Kind.BYLINE) and above.byline and is_post(item.text):
        return _posted(above.byline, item)
    if above.kind is Kind.LABEL:
        return _captioned(above, item) or _row(item)
    if above.kind is Kind.CAPTION and above.label is not None:
        return _captioned(above, item)
    return None


def _labelled_caption(item: Item) -> Item | None:
    """Take the value of a caption's label for a caption."""
    if item.label is None or item.label.group != "caption" or not item.label.value:
        return None
    return _as_caption(item, item.label.value, item.label)


def _captioned(above: Item, item: Item) -> Item | None:
    """Take the lines under a caption's label for captions, up to the next blank line behind one."""
    if above.label is None or above.label.group != "caption" or item.kind not in _CAPTION_LINES:
        return None
    if above.kind is Kind.CAPTION and (item.line.blanks_before or item.marker != above.marker):
        return None
    return _as_caption(item, item.line.text, Label("caption", ""))


def _as_caption(item: Item, text: str, label: Label) -> Item:
    reading = read_caption(text) or CaptionReading(Caption(text), True, False, False, None)
    return replace(item, kind=Kind.CAPTION, caption=reading, text=reading.caption.text, label=label)


def _speaker(above: Item, item: Item) -> Item | None:
    """Read the name under a bare interview label; what is said follows on the next line."""
    speaker = read_speaker_line(item.text) if above.speaker and above.speaker.name is None else None
    if speaker is None or item.kind not in (Kind.PLAIN, Kind.BYLINE):
        return None
    return replace(item, kind=Kind.SPEECH, speaker=speaker, text="", byline=None)


def _stamped(above: Item, item: Item) -> Item | None:
    """Give a bare date the label that stands alone on the line above."""
    kind = group_of("stamp_labels").get(above.line.text.strip(" :：|").replace(" ", ""))
    if kind is None or any(stamp.kind not in ("unlabelled", "print") for stamp in item.stamps):
        return None
    return replace(item, stamps=tuple(replace(stamp, kind=kind) for stamp in item.stamps))


def _posted(byline: Byline, item: Item) -> Item | None:
    """Give the post on a line of its own to the one name above it."""
    if len(byline.reporters) != 1 or byline.reporters[0].role:
        return None
    author = replace(byline.reporters[0], role=item.text.strip("()/ "))
    return replace(item, kind=Kind.BYLINE, byline=Byline((author,)))


def _row(item: Item) -> Item | None:
    """Take a line of several tabbed cells under a labelled line for a row of the same table."""
    if item.kind not in _ROW_KINDS or "\t" not in item.line.raw:
        return None
    return replace(item, kind=Kind.LABEL, label=Label("other", item.line.text), byline=None, stamps=())
