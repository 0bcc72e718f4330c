"""Broadcast transcripts: labels of turns, named speakers, and the reporter's sign-off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from service.enrichment.press_copy.bylines import is_role
from service.enrichment.press_copy.items import Speaker
from service.enrichment.press_copy.lines import is_sentence
from service.enrichment.press_copy.vocabulary import is_surname, pattern, words

_OPEN, _CLOSE = r"[\[<(【◀〈《]", r"[\])>】▶〉》]"
_SIGNOFF = re.compile(
    r"^(?:지금까지\s)?(?:[가-힣·]{2,12}에서\s)?(?P<outlet>[A-Za-z가-힣0-9]{2,12}?)\s?(?P<programme>뉴스|NEWS|News)?\s?(?P<name>[가-힣]{2,4})(?:\s?기자)?(?:이었|였)?(?:입|습)니다"
    r"[.]?(?P<staff>\s?[(\[<].{0,160}|\s?[/|].{0,160}|\s?[가-힣A-Z]{1,6}\s?[:：·].{0,160})?$"
)
_PERSON = (
    r"(?P<name>[가-힣]{2,5}|[가-힣]{1,2}[○OＯ〇*]{1,2}(?:\s?씨)?|[A-Z가-힣]\s?모?\s?씨|"
    r"[가-힣A-Za-z]{1,12}(?:\s[가-힣A-Za-z]{1,12}){1,2})"
)
_NAMED = re.compile(
    rf"^{_PERSON}\s?[/,|·(]\s?(?P<title>[^:：\"“)]{{1,40}}?)\)?\s?(?:[:：]\s?(?P<words>.*))?$", re.DOTALL
)
_QUOTED = re.compile(r"^(?P<name>[가-힣]{2,4})\s(?P<title>[^:\"“]{2,40}?)\s?:\s(?P<words>[\"“].*)$", re.DOTALL)
_ALTERED = re.compile(r"\s?[/(·,]?\s?음성\s?(?:변조|대역)\)?")
_SPREAD = re.compile(r"^[\[◀<【]\s?\S(?:\s\S){1,5}\s?[\]▶>】]")
_UNNAMED = re.compile(
    r"\[(?P<who>[가-힣A-Za-z0-9 ]{2,20}?)(?:\s?\([^()]{1,10}\))?\s?[:：]\s(?P<words>[^\[\]]{6,})\]", re.DOTALL
)
_RADIO = re.compile(r"^[◆◇▶▷■□●○]\s?(?P<name>[가-힣]{2,5}|[가-힣]{2,4}\s[가-힣]{2,8})\s?(?P<mark>>|:|：)\s?(?=\S)")
_BROADCASTER = re.compile(r"[A-Z]{2,5}|.{0,6}(?:방송|TV|뉴스|MBC|KBS|SBS|TBC|CBS|YTN|MBN|채널A)|채널A")


@dataclass(frozen=True, slots=True)
class Turn:
    """A transcript label: who speaks, and the words that stand on the same line."""

    speaker: Speaker
    words: str


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"^{_OPEN}\s?(?P<label>{pattern('transcript_labels')}|{_interview()})\s?{_CLOSE}\s?[:：]?\s?(?P<rest>.*)$",
        re.DOTALL,
    )


@cache
def _interview() -> str:
    """Return the labels of interviews as a pattern, with how one was held (`전화인터뷰`) and its number (`녹취2`)."""
    return rf"(?:{pattern('interview_manners')}\s?)?{pattern('interview_labels')}(?:\s?\d{{1,2}})?"


@cache
def _plain_interview() -> re.Pattern[str]:
    return re.compile(rf"^(?P<label>{pattern('interview_labels')})\s?[)\]:：▶]\s?(?P<rest>.+)$", re.DOTALL)


@cache
def _inner_label() -> re.Pattern[str]:
    return re.compile(rf"^{pattern('interview_labels')}\s?[:：/|]\s?")


@cache
def _reporter_label() -> re.Pattern[str]:
    return re.compile(
        rf"^{_OPEN}\s?(?P<name>[가-힣]{{2,4}})\s?/?\s?(?P<role>앵커|기자|리포터|아나운서|캐스터)(?:\s?[/:].{{0,20}})?\s?{_CLOSE}\s?(?P<rest>.*)$",
        re.DOTALL,
    )


def read_turn(text: str) -> Turn | None:
    """Return a transcript's label at the head of a line, or None."""
    text = _SPREAD.sub(lambda label: label.group().replace(" ", ""), text)
    match = _label().match(text) or _plain_interview().match(text)
    if match:
        rest = match["rest"].strip()
        if not re.fullmatch(_interview(), match["label"]):
            return Turn(Speaker(None), rest)
        named = _NAMED.match(rest[:400])
        if named and not rest.startswith(('"', "“")):
            quoted = re.search(r"[\"“]", named["title"])
            if not quoted and len(named["title"]) <= 40:
                return Turn(_speaker(named), (rest[named.start("words") :].strip() if named["words"] else ""))
        if 2 <= len(rest) <= 20 and not re.search(r"[.\"“?!]", rest):
            return Turn(_person(rest), "")
        return Turn(Speaker(None), rest) if not rest or rest[0] in '"“' else None
    staff = _reporter_label().match(text)
    if staff:
        return Turn(Speaker(None), staff["rest"].strip())
    return _boxed(text) or _unnamed(text)


def read_speaker_line(text: str) -> Speaker | None:
    """Return who is named on a line that holds a name, a stroke and a description (`홍길동 / 가온동 주민`)."""
    named = _NAMED.match(text) if len(text) <= 60 else None
    if named is None or named["words"] or not re.search(r"[/|,(]", text) or text.endswith((".", "?", "!")):
        return None
    return _speaker(named)


def _person(text: str) -> Speaker:
    name, _, title = text.partition(" ")
    return Speaker(name, title or None)


def _speaker(match: re.Match[str]) -> Speaker:
    title = _ALTERED.sub("", match["title"]).strip(" /()").partition("/")[0].strip()
    return Speaker(match["name"].strip(), title or None)


def _unnamed(text: str) -> Turn | None:
    """Read `[피해 주민 : 말.]`: somebody without a name who says a sentence."""
    match = _UNNAMED.fullmatch(text) if len(text) <= 1000 else None
    if match is None or not is_sentence(match["words"].strip(' "“”')):
        return None
    return Turn(Speaker(match["who"].strip()), match["words"].strip())


def _boxed(text: str) -> Turn | None:
    """Read `[이름/직함 : "말"]`, `[이름/직함]` and `◀ 이름 / 직함 ▶`."""
    if not text or text[0] not in "[◀<{" or len(text) > 1000:
        return None
    close = {"[": "]", "◀": "▶", "<": ">", "{": "}"}[text[0]]
    end = text.rfind(close)
    if end < 0:
        return None
    inner, after = text[1:end].strip(), text[end + 1 :].strip(" :：")
    inner = _inner_label().sub("", inner)
    quote = re.search(r"\s?[\"“]", inner)
    if quote and not re.search(r"[:：]", inner[: quote.start()]):
        inner = f"{inner[: quote.start()]} : {inner[quote.start() :].strip()}"
    named = _NAMED.match(inner)
    if named is None or "/" not in inner[: named.end("title") + 2]:
        named = _QUOTED.match(inner) if text[0] == "{" else None
    if named is None or is_role(named["title"].strip()) or named["name"] in words("regions") | words("sections"):
        return None
    said = (named["words"] or "").strip()
    if not said and not after and text[0] == "[" and re.search(r"\d", inner):
        return None
    return Turn(_speaker(named), " ".join(part for part in (said, after) if part))


def read_radio_turn(text: str) -> Speaker | None:
    """Return who speaks in a radio interview's line (`◆ 홍길동> 네`), whose marker stays in the text."""
    match = _RADIO.match(text)
    if match is None or (match["mark"] != ">" and not is_surname(match["name"])):
        return None
    name, _, title = match["name"].partition(" ")
    return Speaker(name, title or None)


def read_signoff(text: str) -> tuple[str, str] | None:
    """Return outlet and reporter of a sign-off line (`가온방송 홍길동입니다.`), or None."""
    match = _SIGNOFF.match(text) if len(text) <= 240 else None
    if match is None:
        return None
    known = _BROADCASTER.fullmatch(match["outlet"]) is not None
    if not known and not (match["programme"] and is_surname(match["name"])):
        return None
    return match["outlet"] if known else match["outlet"] + match["programme"], match["name"]


@cache
def _staff() -> re.Pattern[str]:
    role = pattern("credit_staff")
    return re.compile(
        rf"[(\[<]?\s?{role}\s?[:：=·/|\s]\s?[가-힣]{{2,4}}(?:[\s·,/|]{{1,3}}(?:{role}\s?[:：=·/|]?\s?)?[가-힣]{{2,4}}){{0,10}}\s?[)\]>]?"
    )


def is_staff_line(text: str) -> bool:
    """Tell whether a line credits the crew of a broadcast (`영상취재 홍길동, 그래픽 김철수`)."""
    return len(text) <= 120 and _staff().fullmatch(text) is not None
