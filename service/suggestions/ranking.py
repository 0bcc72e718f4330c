"""Suggestions in their order: by how often and how recently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.korean.folding import fold_value
from service.search.completion import Completed, Title
from service.search.times import microseconds
from service.search.tree import FilterField, TextField, Value

_HALF_LIFE = 365 * 24 * 3600 * 1_000_000  # microseconds: articles of a year before the newest count half
_MOST_HALVINGS = 10.0  # also for values without a time
_OF_TITLES = 5  # of so many suggestions one is kept for a title


class SuggestionType(StrEnum):
    """What is suggested; all but titles are values of the filter of the same name."""

    TITLE = "title"
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    KEYWORD = "keyword"
    OUTLET = "outlet"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be suggested: `count` articles among those looked at, the newest of them at `newest` (microseconds)."""

    text: str
    type: SuggestionType
    count: int
    newest: int

    @property
    def value(self) -> Value:
        """Return the query for the articles that have it."""
        if self.type is SuggestionType.TITLE:
            return Value(TextField.TITLE, self.text)
        return Value(FilterField(self.type), self.text)

    @property
    def folded(self) -> str:
        """Return the form under which it is the same as another."""
        return fold_value(self.text)


def of_values(completed: Iterable[Completed]) -> list[Candidate]:
    """Return the values as candidates, those that fold to the same one as one: spelled as it is most often."""
    same: defaultdict[tuple[FilterField, str], list[Completed]] = defaultdict(list)
    for value in completed:
        same[value.field, fold_value(value.text)].append(value)
    return [
        Candidate(
            text=min(spellings, key=lambda spelling: (-spelling.count, spelling.text)).text,
            type=SuggestionType(field),
            count=sum(spelling.count for spelling in spellings),
            newest=max(spelling.newest for spelling in spellings),
        )
        for (field, _), spellings in same.items()
    ]


def of_titles(titles: Iterable[Title]) -> list[Candidate]:
    """Return the titles as candidates, each once, spelled as in the newest article."""
    same: defaultdict[str, list[Title]] = defaultdict(list)
    for title in titles:
        same[fold_value(title.text)].append(title)
    return [
        Candidate(
            text=copies[0].text,
            type=SuggestionType.TITLE,
            count=len(copies),
            newest=max(_time(copy) for copy in copies),
        )
        for copies in same.values()
    ]


def _time(title: Title) -> int:
    # As near as the engines tell the times of values, so that what stands in one article has one time.
    return int(float(microseconds(title.published_at))) if title.published_at else 0


def ranked(candidates: Sequence[Candidate], size: int) -> list[Candidate]:
    """Return the candidates by their articles, of which those of a year before count half; ties by text.

    A keyword that is the name of a person, body or place as well stands once, as that. One in five is kept for a title,
    where there is one, as a title has few articles.
    """
    named = {each.folded for each in candidates if each.type not in (SuggestionType.KEYWORD, SuggestionType.TITLE)}
    distinct = [each for each in candidates if each.type is not SuggestionType.KEYWORD or each.folded not in named]
    latest = max((each.newest for each in distinct), default=0)

    def order(each: Candidate) -> tuple[float, int, str, str]:
        halvings = min((latest - each.newest) / _HALF_LIFE, _MOST_HALVINGS)
        return -each.count * 0.5**halvings, -each.newest, each.folded, each.type

    ordered = sorted(distinct, key=order)
    titles = [each for each in ordered if each.type is SuggestionType.TITLE]
    kept = titles[: size // _OF_TITLES]
    others = [each for each in ordered if each not in kept][: size - len(kept)]
    return sorted([*others, *kept], key=order)
