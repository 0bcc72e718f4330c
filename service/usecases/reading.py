"""Single articles as they are read."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.shown import ShownArticle
from service.search.results import Duplicates
from service.usecases.licences.engine import LicensedEngine


@dataclass(frozen=True, slots=True)
class Read:
    """An article as it may be seen and the version it is stored at."""

    article: ShownArticle
    version: str


class Reading:
    """Reads of a licensed engine."""

    def __init__(self, engine: LicensedEngine) -> None:
        self._engine = engine

    def get(self, article_id: str) -> Read:
        """Return the article as it may be seen; NotFound where there is none."""
        stored = self._engine.get(article_id)
        assert isinstance(stored.article, ShownArticle)
        return Read(stored.article, stored.version)

    def duplicates(self, article_id: str, size: int) -> Duplicates:
        """Return the other articles of the same story, the first of them first; NotFound where there is none."""
        return self._engine.duplicates(article_id, size)
