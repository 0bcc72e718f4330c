"""What users ask for as requests to an engine: their words understood, their filters as they are."""

from __future__ import annotations

from index_mappings import shipped_synonyms
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.request import SearchParameters, SearchRequest
from service.usecases.search import SynonymSource, request_of


class Queries:
    """Understands parameters by the dictionary of an engine and the synonyms of now."""

    def __init__(self, engine: Engine, synonyms: SynonymSource = shipped_synonyms) -> None:
        self._engine = engine
        self._synonyms = synonyms

    def request(self, parameters: SearchParameters) -> SearchRequest:
        """Return the request of a search; raises QuerySyntaxError, or ValidationFailed for a reversed range."""
        self._engine.follow_dictionary()
        parsed = parse(parameters.q, parameters.match, parameters.fields, self._synonyms())
        return request_of(parameters, parsed)
