"""What each audience may see of each outlet's articles, as it is now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from service.domain.article import Article
from service.domain.keys import Audience
from service.domain.outlets import Display
from service.domain.shown import ShownArticle, shown
from service.domain.time import KST
from service.search.records import Records, View
from service.usecases.licences.outlets import RECORD, read_table
from service.usecases.licences.table import OutletTable

_EVERY = 0.5  # seconds between two looks at the version of the table


def today() -> date:
    """Return the present day in Asia/Seoul."""
    return datetime.now(KST).date()


@dataclass(frozen=True, slots=True)
class Unlicensed:
    """The cautious default: what is seen of an outlet without a licence in force, and how long a snippet is."""

    display: Mapping[Audience, Display]
    snippet_characters: int


@dataclass(frozen=True, slots=True)
class Licensing:
    """What one audience may see on one day."""

    table: OutletTable
    audience: Audience
    unlicensed: Unlicensed
    day: date

    def display_of(self, outlet: str | None) -> Display:
        """Return what the licence of the outlet allows, or the cautious default where none is in force."""
        found = self.table.find(outlet)
        licence = found.licences.get(self.audience) if found else None
        if licence is not None and licence.is_in_force(self.day):
            return licence.display
        return self.unlicensed.display[self.audience]

    def show(self, article: Article) -> ShownArticle:
        """Return the article as it may be seen."""
        return shown(article, self.display_of(article.outlet), self.unlicensed.snippet_characters)

    def views_of(self, articles: Iterable[ShownArticle]) -> Iterator[View]:
        """Yield what is to be counted when the audience has been shown these articles.

        That is one view for each that it may see whole and whose outlet has a licence, for whichever audience.
        """
        for article in articles:
            outlet = self.table.find(article.outlet)
            if article.display is Display.FULL and outlet is not None and outlet.licences:
                yield View(f"{self.day:%Y-%m}", outlet.name, self.audience.value, article.id)


class Licences:
    """The table of outlets as it was half a second ago at the latest, whichever process changed it."""

    def __init__(self, records: Callable[[], Records], unlicensed: Unlicensed) -> None:
        self._records = records
        self._unlicensed = unlicensed
        self._lock = Lock()
        self._next = 0.0
        self._known = False
        self._version: str | None = None
        self._table = OutletTable()

    def for_audience(self, audience: Audience) -> Licensing:
        """Return what the audience may see; EngineUnavailable where the licences are not known."""
        return Licensing(self._current(), audience, self._unlicensed, today())

    def everybody(self, table: OutletTable) -> tuple[Licensing, ...]:
        """Return what each audience may see by this table."""
        return tuple(Licensing(table, audience, self._unlicensed, today()) for audience in Audience)

    def forget(self) -> None:
        """Look again at once: this process has changed the table."""
        with self._lock:
            self._next = 0.0

    def _current(self) -> OutletTable:
        with self._lock:
            if time.monotonic() >= self._next:
                self._look()
                self._next = time.monotonic() + _EVERY
            return self._table

    def _look(self) -> None:
        version = self._records().version(RECORD)
        if not self._known or version != self._version:
            # The table read may be newer than the version: then it is only read once more than it had to be.
            self._table, self._version, self._known = read_table(self._records()), version, True
