"""What the views work with: the use cases over one engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from index_mappings import shipped_synonyms
from service.domain.keys import Audience
from service.search.engine import Engine
from service.usecases.enrichment_pool import ALONE, EnrichmentPool
from service.usecases.export import Export
from service.usecases.ingest import Ingest
from service.usecases.licences.counting import ViewCounter
from service.usecases.licences.engine import LicensedEngine
from service.usecases.licences.licences import Licences, Licensing
from service.usecases.licences.outlets import Outlets
from service.usecases.network import NameNetwork
from service.usecases.press_copy import PressCopyIngest
from service.usecases.queries import Queries
from service.usecases.quotes import Quotes
from service.usecases.reading import Reading
from service.usecases.related_terms import RelatedTerms
from service.usecases.search import Search, SynonymSource
from service.usecases.suggest import Suggest
from service.usecases.trends import TrendCounts

_EXTENSION = "gisa"


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases; `engine` opens the engine where it is not open yet and may raise EngineUnavailable.

    Whatever reads is built over an engine that shows `audience`, who is asking, what the licences allow it to see.
    `views` counts what is shown whole of licensed outlets.
    `pool` is what enriches the articles of a bulk; `data_dir` is where the service keeps its files.
    """

    engine: Callable[[], Engine]
    licences: Licences
    audience: Callable[[], Audience]
    views: ViewCounter
    synonyms: SynonymSource = shipped_synonyms
    pool: EnrichmentPool = ALONE
    export_rows: int = 100_000
    data_dir: Path | None = None

    @property
    def ingest(self) -> Ingest:
        """Return the way in."""
        return Ingest(self.engine(), pool=self.pool)

    @property
    def licensing(self) -> Licensing:
        """Return what who is asking may see."""
        return self.licences.for_audience(self.audience())

    @property
    def outlets(self) -> Outlets:
        """Return the outlets and their licences."""
        return Outlets(self.engine().records)

    @property
    def reading(self) -> Reading:
        """Return the single articles that are read."""
        return Reading(self._licensed)

    @property
    def _licensed(self) -> LicensedEngine:
        return LicensedEngine(self.engine(), self.licensing)

    @property
    def press_copy(self) -> PressCopyIngest:
        """Return the way in of press copy."""
        return PressCopyIngest(self.ingest)

    @property
    def search(self) -> Search:
        """Return the way out."""
        return Search(self._licensed, self.synonyms)

    @property
    def trends(self) -> TrendCounts:
        """Return the counts over time."""
        return TrendCounts(self._licensed, self._queries)

    @property
    def related_terms(self) -> RelatedTerms:
        """Return the finder of telling terms."""
        return RelatedTerms(self._licensed, self._queries)

    @property
    def network(self) -> NameNetwork:
        """Return the counts of names."""
        return NameNetwork(self._licensed, self._queries)

    @property
    def quotes(self) -> Quotes:
        """Return the search of quotes."""
        return Quotes(self._licensed, self._queries)

    @property
    def export(self) -> Export:
        """Return the stream of all hits."""
        return Export(self._licensed, self._queries, self.export_rows)

    @property
    def _queries(self) -> Queries:
        return Queries(self._licensed, self.synonyms)

    @property
    def suggest(self) -> Suggest:
        """Return what is suggested to whom types."""
        return Suggest(self._licensed)

    def install(self, extensions: dict[str, object]) -> None:
        """Make these the services of an app, given its `extensions`."""
        extensions[_EXTENSION] = self


def services() -> Services:
    """Return the services of the current app."""
    installed = current_app.extensions[_EXTENSION]
    assert isinstance(installed, Services)
    return installed
