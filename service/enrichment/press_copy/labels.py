"""Labelled exports, section trails and outlet lines."""

from __future__ import annotations

import re
from functools import cache

from service.enrichment.press_copy.items import Label
from service.enrichment.press_copy.lines import Line, is_sentence, normalize
from service.enrichment.press_copy.vocabulary import group_of, groups, is_outlet, is_section, one_of, pattern, words

_TRAIL_MARK = r"(?:>|＞|〉|›|»|≫|/|ㅣ|\||｜|<|-)"
_TRAIL = re.compile(r"[^>＞〉›»≫|｜]{1,20}(?:\s?(?:>|＞|〉|›|»|≫|\||｜|ㅣ)\s?[^>＞〉›»≫|｜]{1,20}){1,5}")
_SUFFIX = re.compile(
    r"\s?(?:[-–—|｜ㅣ│<:]|::)\s(?P<name>[^-–—|｜ㅣ│<:]{2,24}?)(?:\s?::)?$|\s?::?\s?(?P<tight>[^:]{2,20})(?:\s?::)?$"
)
_PROGRAMME = re.compile(
    r"[가-힣A-Za-z0-9 ]{0,4}(?:뉴스|NEWS|News|와이드|데스크|투데이|광장|라인)[가-힣A-Za-z0-9 ]{0,6}"
)
_MASTHEAD = re.compile(
    r"^[\[<【《(]?(?P<outlet>[^\[\]<>【】《》()\s|]{2,16})[\]>】》)]?[\s|ㅣ│]{1,3}(?P<section>\S.{0,30})$"
)
_BUTTON = re.compile(r"\s?(?:닫기|열기|접기|펼치기|더보기|보기|[Bb]eta|[?!])$")
_NAMED_PROGRAMME = re.compile(r"[<《〈‘'「『][^<>《》〈〉]{2,20}[>》〉’'」』]?")
_PREFIX = re.compile(r"^(?P<name>[^-–—|｜ㅣ│<>:\[\]\"“‘']{2,16}?)\s?(?:\s[-–—]\s|[|｜ㅣ│]\s?|::\s?)(?=\S{2})")
_TAIL_TRAIL = re.compile(r"(?:\s<\s[^<]{1,20}){1,4}$")


@cache
def _field() -> re.Pattern[str]:
    entries = frozenset().union(*groups("fields").values())
    every = one_of(frozenset(" ".join(entry.replace(" ", "")) if entry[0] >= "가" else entry for entry in entries))
    mark = r"(?:[■□○●◇◆▶▷*※·ㅇ]\s?|-\s|\d{1,2}\.\s)?"
    return re.compile(
        rf"^{mark}(?:[\[<(【](?P<boxed>{every})[\])>】]\s*[:：]?|(?P<name>{every})\s*(?:[:：|ㅣ│]|\t+|\s{{3,}}))\s*(?P<value>.*)$"
    )


@cache
def _lone_field() -> re.Pattern[str]:
    return re.compile(
        rf"^[\[<(【]?(?P<name>{one_of(frozenset().union(*groups('fields').values()))})[\])>】]?\s?[:：]?$"
    )


def read_label(line: Line) -> Label | None:
    """Return the label of an export's line and its value, or None."""
    if (
        ":" not in line.text
        and "：" not in line.text
        and line.text[0] not in "[<(【"
        and not re.search(r"\t|\s{3}|[|ㅣ│]", line.raw)
    ):
        return None
    match = _field().match(line.raw.strip()[:20000])
    if match is None:
        return None
    name = (match["boxed"] or match["name"]).replace(" ", "")
    group = group_of("fields")[name]
    value = normalize(match["value"])
    if match["boxed"] and (
        (value and group not in {"body", "title"}) or name in ("사진", "인물", "기자", "면", "주소")
    ):
        return None
    if group in ("other", "page", "reporters") and is_sentence(value) and len(value) > 60:
        return None
    return Label(group, value, name)


def read_lone_label(text: str) -> Label | None:
    """Return the label of a line that is nothing else, its value standing on the next line."""
    match = _lone_field().match(text) if len(text) <= 24 else None
    if match is None:
        return None
    name = match["name"].replace(" ", "")
    if name in words("transcript_labels") and text[0] in "[<(【":
        return None
    return Label(group_of("fields")[name], "", name)


def is_summary_label(text: str) -> bool:
    """Tell whether a line heads a summary box."""
    bare = _BUTTON.sub("", text.strip(" [](){}<>【】▶■◆:?"))
    return bare in words("summary_labels")


def read_section(text: str) -> str | None:
    """Return the section trail of a line without its home mark, or None."""
    if len(text) > 60 or is_sentence(text):
        return None
    home = re.match(rf"{pattern('home_marks')}(?:\s?{_TRAIL_MARK}\s?|\s)", text)
    rest = text[home.end() :].strip() if home else text
    bare = rest.strip("[]<>")
    if bare in words("sections") or bare.removesuffix("일반").strip() in words("sections"):
        return bare
    if len(rest.split()) <= 3 and all(map(is_section, rest.split())) and rest:
        return rest
    parts = [part.strip() for part in re.split(r"[>＞〉›»≫|｜ㅣ]", rest)]
    if home and (
        home.group().strip() not in words("home_marks") or all(word in words("sections") for word in rest.split())
    ):
        return rest or None
    short = all(1 <= len(part) <= 14 and not re.search(r"[\"“”…!?@\d]{1}", part) for part in parts)
    if (
        _TRAIL.fullmatch(rest)
        and short
        and (
            ">" in rest
            or "＞" in rest
            or "〉" in rest
            or "›" in rest
            or any(part in words("sections") for part in parts)
        )
    ):
        return rest
    return None


def read_outlet(text: str) -> str | None:
    """Return the outlet of a line that names it alone or with its programme (`가온방송 뉴스데스크`)."""
    bare = text.strip("[]<>【】《》()■●◆▶□○ ")
    if bare in words("portals"):
        return None
    first, _, rest = bare.partition(" ")
    if is_outlet(first) and len(bare) <= 24 and (_PROGRAMME.fullmatch(rest) or _NAMED_PROGRAMME.fullmatch(rest)):
        return first
    if is_outlet(bare) or (len(bare) <= 16 and is_outlet(bare.replace(" ", ""))):
        return bare
    return None


def read_masthead(text: str) -> tuple[str | None, str | None]:
    """Return the outlet of a line that names it, and the section behind it (`[가온방송] 사회`, `가온신문 | 지역`)."""
    outlet = read_outlet(text)
    match = None if outlet else _MASTHEAD.match(text)
    if match and is_outlet(match["outlet"]) and match["outlet"] not in words("portals"):
        section = read_section(match["section"])
        return (match["outlet"], section) if section else (None, None)
    return outlet, None


def split_title(text: str) -> tuple[str, str | None]:
    """Return a headline without its outlet suffix, and the outlet that was written there."""
    led = _PREFIX.match(text)
    outlet = led["name"] if led and is_outlet(led["name"].replace(" ", "")) else None
    if led and (outlet or led["name"] in words("portals")):
        text = text[led.end() :]
    for _ in range(3):
        match = _SUFFIX.search(text[-60:])
        name = (match["name"] or match["tight"] or "").strip(" :") if match else ""
        if not match or not (
            is_outlet(name.replace(" ", "")) or name in words("portals") or name in ("기사본문", "뉴스")
        ):
            break
        if name not in words("portals") and name not in ("기사본문", "뉴스"):
            outlet = outlet or name
        text = text[: len(text) - len(text[-60:]) + match.start()].rstrip(" :-|")
        text = _TAIL_TRAIL.sub("", text)
    return text, outlet
