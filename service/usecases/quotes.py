"""Who said what."""

from __future__ import annotations

from dataclasses import replace

from service.search.engine import Engine
from service.search.quotes import QuoteRequest, QuoteResults, require_quotable
from service.search.request import SearchParameters, Sort
from service.usecases.queries import Queries


class Quotes:
    """Searches of an engine's quotes."""

    def __init__(self, engine: Engine, queries: Queries) -> None:
        self._engine = engine
        self._queries = queries

    def run(self, speaker: str | None, parameters: SearchParameters) -> QuoteResults:
        """Return a page of quotes; raises QuerySyntaxError, ValidationFailed or InvalidCursor."""
        request = self._queries.request(replace(parameters, sort=Sort.NEWEST))
        require_quotable(request.query)
        return self._engine.quotes(
            QuoteRequest(
                request.query,
                speaker,
                request.published_from,
                request.published_to,
                parameters.size,
                parameters.cursor,
            )
        )
