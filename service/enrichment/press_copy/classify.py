"""What a line is by itself: its kind and the metadata on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from service.domain.article import Caption
from service.enrichment.press_copy.bylines import (
    Byline,
    read_addresses,
    read_byline,
    read_column_author,
    split_tail_byline,
)
from service.enrichment.press_copy.captions import CaptionReading, ends_like_photo, read_caption, read_credit_line
from service.enrichment.press_copy.datelines import split_dateline
from service.enrichment.press_copy.furniture import (
    copyright_holder,
    is_attachment,
    is_comments_label,
    is_contact,
    is_copyright,
    is_end_mark,
    is_furniture,
    is_hashtags,
    is_inline_related,
    is_page_number,
    is_related_label,
    is_separator,
    read_edition,
)
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.labels import (
    is_summary_label,
    read_label,
    read_lone_label,
    read_masthead,
    read_section,
)
from service.enrichment.press_copy.lines import Line, barred, is_running_text, is_sentence
from service.enrichment.press_copy.stamp_lines import read_stamp_line
from service.enrichment.press_copy.stamps import read_stamps
from service.enrichment.press_copy.transcript import is_staff_line, read_radio_turn, read_signoff, read_turn
from service.enrichment.press_copy.vocabulary import words

_MARKS = re.compile(
    r"^(?P<marker>(?:[◇◆■□▲△▼▽●○▷▶◀◁★☆▣◈❍❑❏⯀◾•·※*ㆍ∙◦]\s?){1,3}|[-–—―]\s?(?=\D)|ㅇ\s|[①-⑳]\s?|\d{1,2}[.)]\s(?=\S)|[가나다라마바사]\.\s)(?P<rest>.*)$",
    re.DOTALL,
)
_BOXED = re.compile(
    r"^(?:<(?P<a>[^<>]{2,40})>|【(?P<b>[^【】]{2,40})】|\[(?P<c>[^\[\]]{2,40})\]|《(?P<d>[^《》]{2,40})》|〈(?P<e>[^〈〉]{2,40})〉|◀(?P<f>[^◀▶]{2,40})▶|＜(?P<g>[^＜＞]{2,40})＞)$"
)
_ANGLED = re.compile(r"^[<＜〈](?P<inner>[^<>＜＞〈〉]{10,300})[>＞〉]$")
_STOP = re.compile(r"[다요][.?!][\"'”’]?\s(?=.{12})")
_QUESTION = re.compile(
    r"^(?:[QA][.:)]?\s?\d{0,2}[.:)]|[QA]\.?\s|[문답]\s?[.:)]|[문답]\s\S|(?:질문|답변)\s?\d{0,2}\s?[.:)])"
)
_HEAD_BYLINE = re.compile(r"^(?P<names>[^|ㅣ│]{2,60})\s?[|ㅣ│]\s?(?P<rest>.{0,100})$")


def classify(line: Line) -> Item:
    """Return a line's kind as far as the line alone tells it."""
    item = Item(line, Kind.PLAIN, line.text)
    for rule in _RULES:
        found = rule(item)
        if found is not None:
            return found
    return item


def _marks(item: Item) -> Item | None:
    text = item.text
    if is_separator(text):
        return replace(item, kind=Kind.SEPARATOR)
    if is_hashtags(text):
        return replace(item, kind=Kind.HASHTAG)
    if is_end_mark(text) or is_attachment(text):
        return replace(item, kind=Kind.END)
    bare = text.strip("[]<>【】 ")
    if bare in words("press_release_marks") or (
        len(bare) <= 25 and bare.split(" ")[-1] in words("press_release_marks")
    ):
        return replace(item, kind=Kind.PRESS_RELEASE)
    return None


def _copyright(item: Item) -> Item | None:
    if not is_copyright(item.text):
        return None
    found = read_stamps(item.text)
    stamps = tuple(stamp for stamp in found.stamps if stamp.kind != "unlabelled") if found else ()
    return replace(item, kind=Kind.COPYRIGHT, outlet=copyright_holder(item.text), stamps=stamps)


def _label(item: Item) -> Item | None:
    label = read_label(item.line) or read_lone_label(item.text)
    if label is None or (label.group == "summary" and not label.value):
        return None
    found = read_stamps(item.text) if label.group in ("other", "page") else None
    stamps = tuple(stamp for stamp in found.stamps if stamp.kind != "unlabelled") if found else ()
    return replace(item, kind=Kind.LABEL, label=label, stamps=stamps)


def _credit(item: Item) -> Item | None:
    if item.text.startswith("출처") or read_lone_label(item.text) or read_credit_line(item.text) is None:
        return None
    return replace(item, kind=Kind.CREDIT)


def _related(item: Item) -> Item | None:
    if is_related_label(item.text):
        # `포토뉴스` heads a list of others, and over a headline it is the section.
        return replace(item, kind=Kind.RELATED, section=item.text if item.text in words("sections") else None)
    if is_comments_label(item.text):
        return replace(item, kind=Kind.COMMENTS)
    if is_summary_label(item.text):
        return replace(item, kind=Kind.SUMMARY)
    if is_inline_related(item.text):
        return replace(item, kind=Kind.FURNITURE)
    return None


def _speech(item: Item) -> Item | None:
    turn = read_turn(item.text)
    if turn:
        return replace(item, kind=Kind.SPEECH, speaker=turn.speaker, text=turn.words)
    speaker = read_radio_turn(item.text)
    if speaker:
        return replace(item, kind=Kind.LIST, speaker=speaker, marker=item.text[0])
    signed = read_signoff(item.text)
    if signed:
        return replace(item, kind=Kind.SIGNOFF, outlet=signed[0], byline=Byline(), label=None, text=signed[1])
    if is_staff_line(item.text):
        return replace(item, kind=Kind.FURNITURE)
    return None


def _byline(item: Item) -> Item | None:
    text = barred(item.text)
    byline = read_byline(text) or _buttoned_byline(text)
    if byline:
        return replace(item, kind=Kind.BYLINE if byline.sure else Kind.PLAIN, byline=byline, outlet=byline.outlet)
    byline = read_addresses(text)
    if byline:
        return replace(item, kind=Kind.BYLINE, byline=byline)
    split = split_dateline(text) if len(text) <= 80 else None
    if split and not split[1] and (split[0].outlet is None or split[0].byline.reporters):
        return replace(item, kind=Kind.BYLINE, dateline=split[0])
    piped = _HEAD_BYLINE.match(text) if len(text) <= 160 else None
    names = read_byline(piped["names"]) if piped else None
    if piped and names and names.reporters and is_furniture(piped["rest"]):
        return replace(item, kind=Kind.BYLINE, byline=names)
    return None


def _buttoned_byline(text: str) -> Byline | None:
    """Return the byline before the one or two buttons that end a line (`홍길동 기자 구독`)."""
    tokens = text.split()
    for buttons in (1, 2):
        if len(tokens) > buttons + 1 and all(token in words("furniture_tokens") for token in tokens[-buttons:]):
            byline = read_byline(" ".join(tokens[:-buttons]))
            if byline and byline.sure and byline.reporters:
                return byline
    return None


def _contact(item: Item) -> Item | None:
    return replace(item, kind=Kind.FURNITURE) if is_contact(item.text) else None


def _place_line(item: Item) -> Item | None:
    edition = read_edition(item.text)
    if edition:
        return replace(item, kind=Kind.PAGE, outlet=edition[0], page=edition[1])
    if is_page_number(item.text):
        return replace(item, kind=Kind.PAGE)
    outlet, section = read_masthead(item.text)
    if outlet and section:
        return replace(item, kind=Kind.OUTLET, outlet=outlet, section=section)
    section = read_section(item.text)
    if section:
        return replace(item, kind=Kind.SECTION, section=section)
    if is_furniture(item.text):
        return replace(item, kind=Kind.FURNITURE)
    return replace(item, kind=Kind.OUTLET, outlet=outlet) if outlet else None


def _dateline(item: Item) -> Item | None:
    split = split_dateline(item.text)
    if split is None or not split[1]:
        return None
    dateline, rest = split
    if not (dateline.place or dateline.byline.reporters) and not is_running_text(rest):
        return None
    caption = read_caption(item.text)
    if caption and (caption.credited or caption.dated):
        return replace(item, kind=Kind.CAPTION, caption=caption, dateline=dateline, text=caption.caption.text)
    return replace(item, kind=Kind.TEXT, dateline=dateline, text=rest)


def _caption(item: Item) -> Item | None:
    angled = _ANGLED.match(item.text)
    if angled and (is_sentence(angled["inner"]) or ends_like_photo(angled["inner"])):
        inner = read_caption(angled["inner"]) or CaptionReading(Caption(angled["inner"]), True, False, False, None)
        return replace(item, kind=Kind.CAPTION, caption=inner, text=inner.caption.text)
    caption = read_caption(item.text)
    if caption is None or len(caption.caption.text) < 4:
        return None
    strong = caption.credited or caption.dated
    marker = item.text[0]
    if strong and not _is_tail_byline(item, caption.caption.text, caption.caption.credit):
        return replace(item, kind=Kind.CAPTION, caption=caption, text=caption.caption.text)
    portrait = read_column_author(caption.caption.text) is not None
    pictured = portrait or is_sentence(item.text) or ends_like_photo(item.text)
    if caption.marked and marker in "▲△▼◀◁▶" and pictured:
        return replace(item, kind=Kind.MARKED, caption=caption, marker=marker, text=caption.caption.text)
    if caption.marked and (item.text.startswith(("[사진", "<사진", "(사진", "사진"))):
        return replace(item, kind=Kind.CAPTION, caption=caption, text=caption.caption.text)
    return None


def _is_tail_byline(item: Item, text: str, credit: str | None) -> bool:
    """Tell a byline behind the last sentence from a photographer's name behind a caption."""
    if credit is None or text.endswith("있다.") or ends_like_photo(text) or read_byline(credit) is None:
        return False
    told = _STOP.search(text) is not None or text.endswith(tuple(words("reporting_ends")))
    return "@" in item.text or (told and split_tail_byline(item.text) is not None)


def _marked(item: Item) -> Item | None:
    boxed = _BOXED.match(item.text)
    if boxed:
        inner = next(group for group in boxed.groups() if group is not None)
        return replace(item, kind=Kind.MARKED, marker=item.text[0], text=inner.strip())
    if _QUESTION.match(item.text):
        return replace(item, kind=Kind.LIST, marker=item.text[0])
    match = _MARKS.match(item.text)
    if match and match["rest"]:
        return replace(item, kind=Kind.MARKED, marker=match["marker"].strip(), text=match["rest"].strip())
    return None


def _author(item: Item) -> Item | None:
    author = read_column_author(item.text)
    return replace(item, kind=Kind.BYLINE, byline=Byline((author,))) if author else None


def _text(item: Item) -> Item | None:
    running = is_running_text(item.text) or split_tail_byline(item.text) is not None
    return replace(item, kind=Kind.TEXT) if running else None


_RULES: tuple[Callable[[Item], Item | None], ...] = (
    _marks,
    _copyright,
    _related,
    read_stamp_line,
    _credit,
    _label,
    _speech,
    _byline,
    _contact,
    _place_line,
    _dateline,
    _caption,
    _marked,
    _author,
    _text,
)
