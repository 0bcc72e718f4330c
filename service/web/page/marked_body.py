"""The body of an article cut into spans, so that names, places, dates and sums can be clicked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urlencode

from service.domain.article import Article, Mention, Money

KINDS = {
    "person": "인물",
    "organization": "기관",
    "place": "장소",
    "date": "날짜",
    "time": "시각",
    "money": "금액",
    "quantity": "수량",
}
"""The types of mentions that are marked, in Korean."""
_NAMED = ("person", "organization", "place")
_BETWEEN_PARAGRAPHS = "\n\n"
_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text; `kind` is the type of the mention it is, None for plain text; `href` searches for it."""

    text: str
    kind: str | None = None
    title: str | None = None
    href: str | None = None


Paragraph = tuple[Span, ...]


def paragraphs(article: Article) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the body, each as its spans in order."""
    sums = {money.text: money for money in article.money}
    mentions = sorted((each for each in article.mentions if each.type in KINDS), key=_START)
    found, start = [], 0
    for text in article.body.split(_BETWEEN_PARAGRAPHS):
        end = start + len(text)
        begun = mentions[bisect_left(mentions, start, key=_START) : bisect_left(mentions, end, key=_START)]
        inside = [each for each in begun if each.end <= end]
        if text.strip():
            found.append(tuple(_spans(article.body, start, end, inside, sums)))
        start = end + len(_BETWEEN_PARAGRAPHS)
    return tuple(found)


def search_for(name: str, value: str) -> str:
    """Return the search for the articles with this value of a filter."""
    return f"/?{urlencode({name: value})}"


def search_sum(money: Money) -> str:
    """Return the search for the articles that name this sum."""
    currency = "" if money.currency == "KRW" else money.currency
    return f"/?{urlencode({'q': f'금액:={money.amount}{currency}'})}"


def _spans(body: str, start: int, end: int, mentions: list[Mention], sums: dict[str, Money]) -> Iterator[Span]:
    position = start
    for mention in mentions:
        if mention.start < position:  # within the one before
            continue
        if position < mention.start:
            yield Span(body[position : mention.start])
        yield _mentioned(body[mention.start : mention.end], mention, sums)
        position = mention.end
    if position < end:
        yield Span(body[position:end])


def _mentioned(text: str, mention: Mention, sums: dict[str, Money]) -> Span:
    title = KINDS[mention.type] + (f": {mention.name}" if mention.name != text else "")
    href = None
    if mention.type in _NAMED:
        href = search_for(mention.type, mention.name)
    elif mention.type == "date":
        href = f"/?{urlencode({'q': f'날짜:{mention.name}'})}"
    elif mention.type == "money" and text in sums and isinstance(sums[text].amount, int):
        href = search_sum(sums[text])
    return Span(text, mention.type, title, href)
