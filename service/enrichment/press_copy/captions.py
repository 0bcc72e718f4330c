"""Photo captions: the sentence, and the source it is credited to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from service.domain.article import Caption
from service.enrichment.press_copy.bylines import EMAIL, is_role, read_byline
from service.enrichment.press_copy.datelines import Dateline, split_dateline
from service.enrichment.press_copy.stamps import find_dates
from service.enrichment.press_copy.vocabulary import is_outlet, pattern

_MARK = re.compile(r"^(?:[▲△▼▽◀◁▶▷■●◆◇☞※•·\-]\s?){1,3}")
_WORD = re.compile(r"^(?:[\[<(]?\s?사진\s?\d{0,2}\s?[\])>]|사진\s?설명\s?[:：=]?|사진\s?\d{0,2}\s?[.:：|])\s?")
_COPYRIGHT = re.compile(r"\s?(?:[ⓒ©]|\([cC]\))\s?(?P<credit>[^ⓒ©]{1,60})")
_BRACKETED = re.compile(r"\s?/?\s?[\[(〈<【](?P<credit>[^\[\]()<>〈〉【】]{1,70})[\])〉>】]\s?\.?$")
_EQUALS = re.compile(
    r"\s?[/(\[<]?\s?(?:사진|그래픽|자료|이미지|영상|그림|포스터)?\s?(?:제공|출처|자료)?\s?(?<=[진픽료지상림터공처])\s?[=:：│|]\s?(?P<credit>[^=\[\]]{1,50}?)[)\]>]?$"
)
_GIVEN = re.compile(
    r"(?P<before>^|[.?!][\"'”’)]{0,2}|[가-힣)])\s?[/|ㅣ]?\s?(?:사진\s?=?\s?)?(?P<credit>[^.?!/=|ㅣ]{1,30}?)\s?제공\.?$"
)
_SLASH = re.compile(r"\s?/\s?(?P<credit>[^/.]{2,30})/?$")
_BODY_NAME = re.compile(
    r"[가-힣]{1,8}(?:[시군도구청]|공사|공단|재단|대학교|협회|센터|소방서|경찰서|교육청|박물관|미술관)"
)
_AFTER_STOP = re.compile(r"(?<!\d)[.?!][\"'”’)]{0,2}\s?(?P<credit>[^.?!\d\s][^.?!]{1,30})$")
_CREDIT_WORD = re.compile(r"제공|사진|자료|캡처|캡쳐|DB|출처|그래픽|촬영|갈무리|공동취재|연합뉴스|뉴시스|뉴스1")
_SOURCE_END = re.compile(rf"(?:{_CREDIT_WORD.pattern}|기자|특파원|취재단|협회|사진기자단)[)\]]?(?:\s\S+@\S+)?$")
_EVIDENCE = re.compile(r"[ⓒ©=:：│|/\[(<〈【]|제공|[.?!][\"'”’)]{0,2}\s?[^.?!\s]")
_NOISE = re.compile(r"[.,]?\s?(?:재판매\s?및\s?DB\s?(?:금지|금함)|무단\s?전재.*|재배포.*|\*재판매.*)")
_LABEL = re.compile(
    r"^[/\s]*(?:(?:사진|그래픽|자료|이미지|영상|그림)\s?(?:제공|출처)?|제공|출처)\s?[=:：│|]\s?|^사진\s(?=\S)"
)


_QUANTITY = re.compile(r"(?:총\s?)?\d{1,3}\s?(?:매|장|부|건|쪽|컷)|있음|없음|별첨|첨부|별도.{0,4}")
_TAIL_BAN = re.compile(r"\s?[*※]\s?(?:재판매|무단|재배포)[^.\])]{0,30}\.?$")


@cache
def _buttons() -> re.Pattern[str]:
    return re.compile(rf"\s?{pattern('picture_buttons')}$")


@cache
def _leading_button() -> re.Pattern[str]:
    return re.compile(rf"^{pattern('picture_buttons')}\s?(?=[▲△◀▶■])")


@dataclass(frozen=True, slots=True)
class CaptionReading:
    """A line read as a caption: `marked` by a caption's sign, `credited`, `dated` by a stamp at its end."""

    caption: Caption
    marked: bool
    credited: bool
    dated: bool
    dateline: Dateline | None


def clean_credit(text: str) -> str | None:
    """Return the source of a credit without the words around it."""
    credit = _NOISE.sub("", EMAIL.sub("", text)).strip(" ./,=[]()<>")
    credit = _LABEL.sub("", credit).strip(" ./,=")
    credit = re.sub(r"\s?제공$", "", credit).strip(" ./,=")
    return None if credit in ("", "사진", "자료", "그래픽") or _QUANTITY.fullmatch(credit) else credit


@cache
def _photo_noun_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('photo_nouns')}|있는\s\S{{1,6}})[.)]?$")


def ends_like_photo(text: str) -> bool:
    """Tell whether a text ends as captions do, with a noun for the picture."""
    return _photo_noun_end().search(text[-24:]) is not None


def read_caption(text: str) -> CaptionReading | None:
    """Return a line as a caption, or None where nothing marks, credits or dates it as one."""
    if len(text) > 500:
        return None
    rest, marked = _without_marks(_once(text))
    split = split_dateline(rest)
    dateline, rest = split if split else (None, rest)
    rest, stamped = _without_stamp(_without_noise(rest))
    cut, credit = _find_credit(rest)
    dated = _trailing_date(rest[:cut])
    if dated is not None:
        tail = rest[dated[1] : cut].strip(" ./")
        if credit is None and tail and _looks_like_source(tail):
            credit = clean_credit(tail)
        cut = dated[0]
        before, given = _find_credit(rest[:cut].rstrip())
        if given:
            cut, credit = before, given if "ⓒ" not in rest else credit
    inner = _bracketed(rest[:cut].rstrip(" /")) if credit else None
    if inner and clean_credit(inner[1]):
        cut, credit = inner[0], clean_credit(inner[1])  # `(가온시 제공)/뉴스1`: the source stands before the agency
    stamped = stamped or dated is not None
    if credit is None and not stamped and not marked:
        return None
    body = rest[:cut].rstrip(" /([<") if cut < len(rest) else rest
    return CaptionReading(Caption(body.strip(), credit), marked, credit is not None, stamped, dateline)


def _once(text: str) -> str:
    """Return a caption that was pasted twice on its line once."""
    half, odd = divmod(len(text), 2)
    return text[:half] if not odd and half >= 8 and text[:half] == text[half:] else text


def _without_noise(text: str) -> str:
    """Return a caption without addresses, buttons and the ban on resale behind its credit."""
    text = EMAIL.sub("", text).rstrip() if EMAIL.search(text[-90:]) else text
    return _TAIL_BAN.sub("", _buttons().sub("", text)).rstrip()


def _without_stamp(text: str) -> tuple[str, bool]:
    """Return a caption without the date behind its bracketed credit, and whether one stood there."""
    stamp = _trailing_date(text)
    if stamp is None or text[stamp[1] :].strip(" .)]/") or text[: stamp[0]].rstrip()[-1:] not in (")", "]"):
        return text, False
    return text[: stamp[0]].rstrip(), True


def _without_marks(text: str) -> tuple[str, bool]:
    rest = _MARK.sub("", _leading_button().sub("", text))
    word = _WORD.match(rest)
    if word and word.end() < len(rest):
        return rest[word.end() :].strip(), True
    return rest.strip(), rest != text


def _trailing_date(text: str) -> tuple[int, int] | None:
    """Return the span of a date stamp behind the last sentence, if one stands there."""
    offset = max(0, len(text) - 80)
    for start, end, *_ in find_dates(text[offset:]):
        before = text[: offset + start].rstrip(" /([")
        behind = text[offset + end :].strip(" .)]/")
        if before.endswith((".", "!", "?", "”", '"', ")", "습", "경", "도")) and (
            not behind or _looks_like_source(behind)
        ):
            return offset + start, offset + end
    return None


def _looks_like_source(text: str) -> bool:
    if len(text) > 40:
        return False
    byline = read_byline(text)
    return (
        _CREDIT_WORD.search(text) is not None
        or is_outlet(text)
        or any(is_role(word) for word in text.split()[-1:])
        or (byline is not None and byline.sure)
    )


def _find_credit(text: str) -> tuple[int, str | None]:
    """Return where the credit begins and its source; the end of the text and None without one."""
    offset = max(0, len(text) - 110)
    tail = text[offset:]
    if not _EVIDENCE.search(tail):
        return len(text), None
    copyright_mark = _COPYRIGHT.search(tail)
    cuts = [found for found in (rule(tail) for rule in _RULES) if found]
    if copyright_mark:
        credit = clean_credit(copyright_mark["credit"])
        starts = [copyright_mark.start(), *(start for start, _ in cuts)]
        return offset + _source_start(tail, min(starts)), credit
    if not cuts:
        return len(text), None
    start, found = cuts[0]
    return offset + start, clean_credit(found)


def _source_start(tail: str, start: int) -> int:
    """Move the cut back over a source that runs up to the mark (`/가온뉴스 ⓒ …`)."""
    slash = re.search(r"\s?/\s?[^/.]{2,20}$", tail[:start])
    return slash.start() if slash else start


def _bracketed(tail: str) -> tuple[int, str] | None:
    match = _BRACKETED.search(tail)
    if match and (_CREDIT_WORD.search(match["credit"]) or is_outlet(match["credit"].strip())):
        return match.start(), match["credit"]
    return None


def _equals(tail: str) -> tuple[int, str] | None:
    match = _EQUALS.search(tail)
    return (match.start(), match["credit"]) if match else None


def _given(tail: str) -> tuple[int, str] | None:
    match = _GIVEN.search(tail)
    if match is None:
        return None
    stop = re.match(r"[.?!]", match["before"])
    if stop or not match["before"] or re.search(r"[/|ㅣ]", tail[match.start() : match.start("credit")]):
        return match.end("before"), match["credit"]
    return None


def _slashed(tail: str) -> tuple[int, str] | None:
    match = _SLASH.search(tail)
    if match is None:
        return None
    credit, before = match["credit"].strip(), tail[: match.start()].rstrip()
    if any(is_outlet(re.sub(r"^\d{1,2}\.\s?", "", part.strip())) for part in before.split("/")):
        return None
    ended = before.endswith(".") or ends_like_photo(before) or _bracketed(before) is not None
    short = len(credit) <= 14 and (ended or (_BODY_NAME.fullmatch(credit) is not None and len(before) >= 8))
    return (match.start(), credit) if short or _looks_like_source(credit) else None


def _after_stop(tail: str) -> tuple[int, str] | None:
    match = _AFTER_STOP.search(tail)
    credit = match["credit"].strip() if match else ""
    if match and _looks_like_source(credit) and (_SOURCE_END.search(credit) or not _CREDIT_WORD.search(credit)):
        return match.start("credit"), match["credit"]
    return None


_RULES = (_bracketed, _equals, _given, _slashed, _after_stop)


def read_credit_line(text: str) -> str | None:
    """Return the source of a line that is nothing but a credit (`사진=가온시`, `ⓒ가온시`, `가온시 제공`)."""
    if len(text) > 50:
        return None
    cut, credit = _find_credit(text)
    if not credit or cut:
        return None
    headline = not re.search(r"[=:：│|ⓒ©]|^[\[(<〈【]", text) and (len(credit) > 14 or re.search(r"[,\d\"“‘']", credit))
    return None if headline else credit
