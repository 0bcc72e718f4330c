"""Dates as written, and the calendar day, month or year they stand for as seen from the day of publication (KST)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from service.domain.article import Article, DateMention
from service.domain.time import KST
from service.enrichment.texts import Texts

_NOT_A_SPAN = (
    r"(?!간|째|만에|동안|차|치|여|가량|정도|이상|이내|이하|씩|마다|분|당|짜리|호| ?동안| ?만에| ?가량| ?정도|~|∼|-|–)"
)
_MONTH = "1[0-2]|0?[1-9]"
_DAY = r"3[01]|[12]\d|0?[1-9]"
_MONTH = "1[0-2]|0?[1-9]"
_NUMBER = r"3[01]|[12]\d|0?[1-9]"
_ABSOLUTE = rf"(?P<year>(?:19|20)\d{{2}})년(?: ?(?P<month>{_MONTH})월(?: ?(?P<day>{_NUMBER})일)?)?"
_YEAR_WORD = (
    r"(?P<year_word>올해|지난해|작년|내년|재작년|내후년)"
    rf"(?: ?(?P<year_month>{_MONTH})월(?: ?(?P<year_day>{_NUMBER})일)?)?"
)
_MONTH_WORD = rf"(?P<month_word>지난 ?달|이달|이번 ?달|다음 ?달|내달)(?: ?(?P<month_day>{_NUMBER})일)?"
_NEAR = (
    rf"(?:(?P<lead>지난|오는) ?)?"
    rf"(?:(?P<near_month>{_MONTH})월(?: ?(?P<near_day>{_NUMBER})일)?|(?P<only_day>{_NUMBER})일)"
)
_WEEKDAY = (
    r"(?P<week>지지난 ?주|지난 ?주|이번 ?주|금주|다음 ?주|다다음 ?주|지난|오는|이번) ?(?P<weekday>[월화수목금토일])요일"
)
_DAY_WORD = r"(?P<day_word>어제|오늘|내일|그저께|모레)(?=[ ,은는의도])"
_PATTERN = re.compile(
    rf"(?<![\d.,~∼–/-])(?:{_ABSOLUTE}|{_YEAR_WORD}|{_MONTH_WORD}|{_WEEKDAY}|{_NEAR}|{_DAY_WORD}){_NOT_A_SPAN}(?![\d])"
)
_FIRST = re.compile(
    r"\d+|올해|지난|작년|내년|재작년|내후년|이달|이번|다음|내달|지지난|금주|다다음|오는|어제|오늘|내일|그저께|모레"
)
"""What every date begins with."""
_YEARS = {"올해": 0, "지난해": -1, "작년": -1, "재작년": -2, "내년": 1, "내후년": 2}
_MONTHS = {"지난달": -1, "이달": 0, "이번달": 0, "다음달": 1, "내달": 1}
_WEEKS = {"지지난주": -2, "지난주": -1, "이번주": 0, "이번": 0, "금주": 0, "다음주": 1, "다다음주": 2}
_WEEKDAYS = "월화수목금토일"
_DAYS = {"그저께": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2}


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date and where it stands in its text, end exclusive."""

    start: int
    end: int
    date: DateMention


def dates_step(article: Article, texts: Texts) -> Article:
    """Return the article with the dates of its texts, each text once; relative ones need `published_at`."""
    if "dates" in article.given:
        return article
    spans = (span for analysis in texts.in_reading_order() for span in find_dates(analysis.text, published_on(article)))
    return replace(article, dates=tuple({span.date.text: span.date for span in spans}.values()))


def published_on(article: Article) -> date | None:
    """Return the day of publication in Asia/Seoul, None where it is not known."""
    return article.published_at.astimezone(KST).date() if article.published_at else None


@lru_cache(maxsize=8)  # the dates and the mentions of an article ask for the same texts
def find_dates(text: str, published: date | None) -> tuple[DateSpan, ...]:
    """Return the dates of one text in order; those that only the day of publication tells are left out without it."""
    return tuple(_dates(text, published))


def _dates(text: str, published: date | None) -> Iterator[DateSpan]:
    for match in _matches(text):
        meant = _absolute(match) if match["year"] else _relative(match, published) if published else None
        if meant is not None:
            yield DateSpan(match.start(), match.end(), DateMention(match.group(), meant))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield where the pattern holds, trying it where a date may begin and nowhere else, for speed."""
    position = 0
    while (first := _FIRST.search(text, position)) is not None:
        match = _PATTERN.match(text, first.start())
        if match:
            yield match
            position = match.end()
        else:
            position = first.end() if first.group()[0].isdigit() else first.start() + 1


def _absolute(match: re.Match[str]) -> str | None:
    return _iso(int(match["year"]), match["month"], match["day"])


def _relative(match: re.Match[str], published: date) -> str | None:
    if match["year_word"]:
        return _iso(published.year + _YEARS[match["year_word"]], match["year_month"], match["year_day"])
    if match["month_word"]:
        year, month = _shifted(published, _MONTHS[match["month_word"].replace(" ", "")])
        return _iso(year, str(month), match["month_day"])
    if match["day_word"]:
        ordinal = published.toordinal() + _DAYS[match["day_word"]]
        return date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= date.max.toordinal() else None
    if match["weekday"]:
        return _weekday(match, published)
    if match["only_day"]:
        return _near_day(int(match["only_day"]), match["lead"], published)
    return _near_month(match, published)


def _weekday(match: re.Match[str], published: date) -> str | None:
    """Return the weekday of that week (from Monday), the last one before publication (`지난`) or the next (`오는`)."""
    day, week = _WEEKDAYS.index(match["weekday"]), match["week"].replace(" ", "")
    if week in _WEEKS:
        shift = day - published.weekday() + 7 * _WEEKS[week]
    elif week == "지난":
        shift = -((published.weekday() - day - 1) % 7 + 1)
    else:
        shift = (day - published.weekday() - 1) % 7 + 1
    ordinal = published.toordinal() + shift
    return date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= date.max.toordinal() else None


def _near_day(day: int, lead: str | None, published: date) -> str | None:
    """Return the nearest day of that number: before publication after `지난`, behind it after `오는`."""
    days = [found for shift in (-1, 0, 1) if (found := _day(*_shifted(published, shift), day)) is not None]
    if lead == "지난":
        days = [found for found in days if found <= published]
    elif lead == "오는":
        days = [found for found in days if found >= published]
    nearest = min(days, key=lambda found: abs(found.toordinal() - published.toordinal()), default=None)
    return nearest.isoformat() if nearest else None


def _near_month(match: re.Match[str], published: date) -> str | None:
    """Return the month of this year, of the last one after `지난`, of the next one after `오는` where that fits."""
    month, year = int(match["near_month"]), published.year
    if match["lead"] == "지난" and month > published.month:
        year -= 1
    elif match["lead"] == "오는" and month < published.month:
        year += 1
    return _iso(year, match["near_month"], match["near_day"])


def _shifted(day: date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # the month is shorter, or beyond the calendar


def _iso(year: int, month: str | None, day: str | None) -> str | None:
    if month is None:
        return f"{year:04d}" if 1 <= year <= 9999 else None
    found = _day(year, int(month), int(day) if day else 1)
    if found is None:
        return None
    return found.isoformat() if day else f"{found:%Y-%m}"
