"""Date stamps: what a line of dates says about publication and update."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise

from service.domain.time import KST
from service.enrichment.press_copy.vocabulary import group_of, groups, one_of

_TIME = (
    r"(?:(?:\s?[/|]\s?(?:배포|제공|보도))?[\sT,|]{0,3}[(\[]?(?P<half>오전|오후|AM|PM|am|pm)?\s?(?P<hour>\d{1,2})\s?"
    r"(?::\s?(?P<minute>\d{2})|시\s?(?:(?P<minute2>\d{1,2})\s?분)?)(?::(?P<second>\d{2})|\s?(?P<second2>\d{1,2})초)?"
    r"(?:\.\d{1,6})?(?:\s?(?P<half2>AM|PM|am|pm))?[)\]]?(?:\+09:00|Z)?)?"
)
_WEEKDAY = r"(?:\s?[(\[]?[월화수목금토일](?:요일)?[)\]]|\s?[월화수목금토일]요일)?"
_DATE = re.compile(
    r"(?<!\d)(?<!\d\.)(?P<year>(?:19|20)\d{2}|\d{2}(?=[.\-/]\s?\d{2}[.\-/]\s?\d{2}(?!\d)))\s?(?:[-./]|년)\s?"
    r"(?P<month>\d{1,2})\s?(?:[-./]|월)\s?(?P<day>\d{1,2})(?!\d)(?:\s?일자?|\.)?" + _WEEKDAY + _TIME
)
_COMPACT = re.compile(
    r"(?<![\d.\-])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)"
    r"(?:[ T]?(?P<hour>[0-2]\d):?(?P<minute>[0-5]\d):?(?P<second>[0-5]\d)?)?(?!\d)"
)
_EDGE = " :：|·,/ㅣ│-–="
_DIGITS = re.compile(r"\d{2}.{0,40}\d")
_LONE_WEEKDAY = re.compile(r"^\s?\(?[월화수목금토일](?:요일)?\)?\s?$")
_EMPTY_BRACKETS = re.compile(r"[\[(<]\s*[\])>]")
RANK = {"published": 0, "unlabelled": 1, "embargo": 1, "approved": 2, "sent": 3, "print": 4}
"""The order of trust among the dates of an article; an unlabelled time stands beside a published one."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One date of a stamp line: its kind (`published`, `approved`, `sent`, `print`, `updated`, `unlabelled`)."""

    kind: str
    at: datetime
    has_time: bool


@dataclass(frozen=True, slots=True)
class StampLine:
    """The dates of a line and what is left of the line without them and their labels."""

    stamps: tuple[Stamp, ...]
    rest: str
    leads: bool
    """Whether the line begins with the label of its first date."""


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    every = one_of(frozenset().union(*groups("stamp_labels").values()))
    before = re.compile(
        rf"(?:(?<![가-힣])|(?<=신문|일보|뉴스|경제))(?P<label>{every})\s?(?:일시|시간)?\s?[:：=|ㅣ]?\s?[\[(]?$"
    )
    after = re.compile(rf"^\s?[\])]?\s?(?P<label>{every})(?![가-힣])")
    return before, after


def _moment(match: re.Match[str]) -> tuple[datetime, bool] | None:
    part = match.groupdict()
    year = int(part["year"])
    hour = int(part["hour"] or 0)
    half = (part.get("half") or part.get("half2") or "").lower()
    if half in ("오후", "pm") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    try:
        moment = datetime(
            year if year > 99 else 2000 + year,
            int(part["month"]),
            int(part["day"]),
            hour,
            int(part["minute"] or part.get("minute2") or 0),
            int(part["second"] or part.get("second2") or 0),
            tzinfo=KST,
        )
    except ValueError:
        return None
    return moment, part["hour"] is not None


def find_dates(text: str) -> list[tuple[int, int, datetime, bool]]:
    """Return the dates in a text: start, end, moment in KST, and whether a time of day is written."""
    found: list[tuple[int, int, datetime, bool]] = []
    for expression in (_DATE, _COMPACT):
        for match in expression.finditer(text):
            moment = _moment(match)
            if moment and not any(start < match.end() and match.start() < end for start, end, *_ in found):
                found.append((match.start(), match.end(), *moment))
    return sorted(found, key=lambda date: date[0])


def read_stamps(text: str) -> StampLine | None:
    """Return the dates of a line with their labels, or None where it has none."""
    dates = find_dates(text) if len(text) <= 300 and _DIGITS.search(text) else []
    if not dates:
        return None
    before, after = _labels()
    gaps = [text[: dates[0][0]]]
    gaps += [text[left[1] : right[0]] for left, right in pairwise(dates)]
    gaps.append(text[dates[-1][1] :])
    leading = before.search(gaps[0])
    labels_lead = leading is not None or (not after.search(gaps[-1]) and any(map(before.search, gaps[:-1])))
    leads = leading is not None and not gaps[0][: leading.start()].strip(_EDGE + "▶■□○")
    stamps, leftovers = [], list(gaps)
    for index, (_, _, moment, has_time) in enumerate(dates):
        place = index if labels_lead else index + 1
        match = before.search(leftovers[place]) if labels_lead else after.search(leftovers[place])
        kind = "unlabelled"
        if match:
            kind = group_of("stamp_labels")[match["label"].replace(" ", "")]
            leftovers[place] = leftovers[place][: match.start()] + " " + leftovers[place][match.end() :]
        stamps.append(Stamp(kind, moment, has_time))
    leftovers = [_LONE_WEEKDAY.sub("", leftover) for leftover in leftovers]
    rest = " | ".join(piece for piece in (leftover.strip(_EDGE) for leftover in leftovers) if piece)
    return StampLine(tuple(stamps), _EMPTY_BRACKETS.sub("", rest).strip(_EDGE), leads)


def published(stamps: Iterable[Stamp]) -> datetime | None:
    """Return the date of publication: entered or issued before approved, sent, and the print edition."""
    dated = [stamp for stamp in stamps if stamp.kind in RANK]
    if not dated:
        return None
    return min(dated, key=lambda stamp: (RANK[stamp.kind], not stamp.has_time)).at


def updated(stamps: Iterable[Stamp]) -> datetime | None:
    """Return the date of the last update."""
    return max((stamp.at for stamp in stamps if stamp.kind == "updated"), default=None)
