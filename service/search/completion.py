"""Values as they are completed while somebody types: the terms of the index and what an engine is asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from service.domain.article import Article
from service.korean.folding import fold_value
from service.korean.jamo import INITIALS, syllable_of
from service.search.tree import FilterField
from service.search.values import filter_values

COMPLETED = (
    FilterField.PERSON,
    FilterField.ORGANIZATION,
    FilterField.PLACE,
    FilterField.KEYWORD,
    FilterField.OUTLET,
    FilterField.REPORTER,
)
"""The fields whose values are suggested."""
SEPARATOR = "\x1f"
"""Parts the words of a term from its field and its value; no value holds it, as control characters are refused."""

LONGEST_COMPLETED = 60
"""Code points: a longer value is no name that anybody would have completed."""

_LATIN, _OTHERS = "latin", "others"
GROUPS = (*INITIALS, _LATIN, _OTHERS)
"""The terms are kept in groups by what they begin with, as engines look through all of those that are kept together."""

_MOST_WORDS = 8  # beginnings of one value


@dataclass(frozen=True, slots=True)
class Completion:
    """A question for values one of whose words begins like this.

    `group` is that of the first character. `pattern` is a regular expression over the whole term, in what the engines'
    languages have in common: letters, figures, blanks, classes of them, groups, `|`, `?`, `.` and `.*`. Articles are
    counted among the `among` newest ones with such a value or, with `of_all`, among the newest of the archive, which is
    quicker for what most articles have. Without a pattern every term of the group is one.

    `prefixes` are literal: where there are any, every term of the pattern begins with one of them, so that an engine
    can look these up in the place of going through all terms.
    """

    group: str
    pattern: str | None
    among: int
    of_all: bool = False
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """A value as it is spelled, the number of the articles looked at that have it, and the newest of their times.

    `newest` is in microseconds as `times` counts them, to within ten, and 0 where none of the articles has a time.
    """

    field: FilterField
    text: str
    count: int
    newest: int


@dataclass(frozen=True, slots=True)
class Title:
    """The title of an article and when it was published."""

    text: str
    published_at: datetime | None


def completion_terms(article: Article) -> dict[str, list[str]]:
    """Return the terms under which the values of an article are completed, each once, by group."""
    found: dict[str, list[str]] = {}
    for field in COMPLETED:
        for value in filter_values(article, field):
            for group, term in _terms(field, value):
                found.setdefault(group, []).append(term)
    return found


def group_of(text: str) -> str:
    """Return the group of terms that begin as a text does: one of GROUPS."""
    character = text[0]
    syllable = syllable_of(character)
    if syllable:
        return syllable.initial
    if character in INITIALS:
        return character
    return _LATIN if character.isascii() and character.isalpha() else _OTHERS


def read_term(term: str) -> tuple[FilterField, str]:
    """Return the field and the value of a term."""
    _, field, value = term.split(SEPARATOR, 2)
    return FilterField(field), value


def words_of(text: str) -> list[str]:
    """Return the runs of letters and figures of a text, folded."""
    return "".join(character if _is_inner(character) else " " for character in fold_value(text)).split()


def completed_of(counted: Sequence[tuple[str, int, int]], limit: int) -> tuple[Completed, ...]:
    """Return the values out of (term, articles, newest time) for the most frequent terms.

    Where these are `limit` terms there may be more: those as rare as the last are left out then, as which of them were
    told is a matter of chance, unless all are as rare.
    """
    least = min((count for _, count, _ in counted), default=0) if len(counted) >= limit else 0
    kept = [each for each in counted if each[1] > least] or counted
    return tuple(Completed(*read_term(term), count, newest) for term, count, newest in kept)


@lru_cache(maxsize=1 << 14)
def _terms(field: FilterField, value: str) -> tuple[tuple[str, str], ...]:
    # Names come again and again. Dissimilar values have dissimilar terms, as each ends in its value.
    beginnings = dict.fromkeys(_beginnings(value))
    return tuple((group_of(each), f"{each}{SEPARATOR}{field}{SEPARATOR}{value}") for each in beginnings)


def _beginnings(value: str) -> Iterator[str]:
    if len(value) > LONGEST_COMPLETED:
        return
    words = words_of(value)
    for start in range(min(len(words), _MOST_WORDS)):
        yield " ".join(words[start:])


@lru_cache(maxsize=1 << 14)
def _is_inner(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"
