"""How articles are laid out over indices: all of them in one, or one index for each year of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from service.search.times import calendar_day, kst_day

_OTHER = "other"
_FIRST_YEAR = 1980  # what is older would be an index of a few articles for each year


class Period(StrEnum):
    """What one index of articles holds: everything, or a year."""

    NONE = "none"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of the indices of articles and of the aliases in front of them.

    `articles` is the alias of all of them, for searching. By year each index has one more to itself, which a read or a
    write by id names: `articles-2024`, and `articles-other` for what has no date or one out of the ordinary.
    """

    articles: str
    period: Period = Period.NONE

    @property
    def is_yearly(self) -> bool:
        """Return whether there are several indices."""
        return self.period is Period.YEAR

    @property
    def first(self) -> str:
        """Return the alias of the index that is always there."""
        return self.other if self.is_yearly else self.articles

    @property
    def other(self) -> str:
        """Return the alias, in a layout by year, of what belongs to no year."""
        return f"{self.articles}-{_OTHER}"

    def alias_for(self, published_at: datetime | None, now: datetime) -> str:
        """Return the alias of the index that a new article belongs into by its date in Asia/Seoul."""
        if not self.is_yearly:
            return self.articles
        if published_at is None:
            return self.other
        year, this_year = (calendar_day(kst_day(time))[0] for time in (published_at, now))
        return f"{self.articles}-{year}" if _FIRST_YEAR <= year <= this_year else self.other

    def alias_of(self, index: str) -> str:
        """Return the alias that an index has to itself."""
        year = self._named(index)
        if not self.is_yearly:
            return self.articles
        return f"{self.articles}-{year[1]}" if year and year[1] else self.other

    def base_of(self, alias: str) -> str:
        """Return what the names of the indices behind an alias begin with."""
        return self.articles if alias == self.other else alias

    def aliases(self, alias: str) -> dict[str, dict[str, Any]]:
        """Return the aliases of the index in use behind one of them."""
        if not self.is_yearly:
            return {self.articles: {"is_write_index": True}}
        # Nothing is to be written through the alias of all: whoever took the indices for one would be refused.
        return {self.articles: {"is_write_index": False}, alias: {}}

    def ours(self, names: Iterable[str]) -> list[str]:
        """Return those that are names of indices of articles, those of a year together, in the order of numbers."""
        return sorted(filter(self._named, names), key=lambda name: (self.alias_of(name), name.rpartition("-")[2]))

    def _named(self, index: str) -> re.Match[str] | None:
        return re.fullmatch(rf"{re.escape(self.articles)}-(?:(\d{{4}})-)?v\d+-\d{{6}}", index)
