"""What users ask for as requests to an engine: their words understood, their filters as they are."""

from __future__ import annotations

from index_mappings import shipped_synonyms
from service.domain.errors import FieldError, Message, ValidationFailed
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.request import SearchParameters, SearchRequest, Sort
from service.usecases.search import SynonymSource


class Queries:
    """Understands parameters by the dictionary of an engine and the synonyms of now."""

    def __init__(self, engine: Engine, synonyms: SynonymSource = shipped_synonyms) -> None:
        self._engine = engine
        self._synonyms = synonyms

    def request(self, parameters: SearchParameters) -> SearchRequest:
        """Return the request for the hits of a search in their order, without facets and cursor.

        Raises QuerySyntaxError, and ValidationFailed for a range whose end comes first.
        """
        check_range(parameters)
        self._engine.follow_dictionary()
        parsed = parse(parameters.q, parameters.match, parameters.fields, self._synonyms())
        return SearchRequest(
            query=parsed.tree,
            fields=parameters.fields,
            filters=parameters.filters,
            published_from=parameters.published_from,
            published_to=parameters.published_to,
            sort=parameters.sort or (Sort.RELEVANCE if parameters.q.strip() else Sort.NEWEST),
            group_by_story=parameters.group_by_story,
            highlight=parameters.highlight,
        )


def check_range(parameters: SearchParameters) -> None:
    """Raise ValidationFailed where `published_from` comes after `published_to`."""
    start, end = parameters.published_from, parameters.published_to
    if start and end and start > end:
        message = Message(
            "published_from이 published_to보다 늦습니다. 두 값을 바꾸세요.",
            "published_from is later than published_to. Swap the two.",
        )
        error = FieldError("reversed-range", message, parameter="published_from")
        raise ValidationFailed(message.ko, message.en, (error,))
