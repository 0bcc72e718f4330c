"""Stories in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import islice

from service.stories import clustering
from service.stories.clustering import MOST_OF_A_BAND
from service.stories.signature import Signature


class Stories:
    """Articles by id, fed and taken out in any order, and the story of each."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}
        self._stories: dict[str, str] = {}
        self._members: dict[str, dict[str, None]] = {}
        self._bands: dict[int, dict[str, None]] = {}

    def put(self, article_id: str, signature: Signature) -> str:
        """Add or replace an article and return the identity of its story."""
        clustering.put(self, article_id, signature)
        return self._stories[article_id]

    def discard(self, article_id: str) -> None:
        """Take an article out where it is there."""
        clustering.discard(self, article_id)

    @property
    def stories(self) -> Mapping[str, str]:
        """Return the story of each article."""
        return self._stories

    def kept(self, article_id: str) -> tuple[Signature, str] | None:
        """Return the signature and the story of an article."""
        signature = self._signatures.get(article_id)
        return (signature, self._stories[article_id]) if signature else None

    def sharing(self, signature: Signature) -> Mapping[str, str]:
        """Return id to story of articles that share a band."""
        found = Counter(
            other for band in signature.bands for other in islice(self._bands.get(band, ()), MOST_OF_A_BAND)
        )
        return {other: self._stories[other] for other, _ in found.most_common()}

    def signatures(self, ids: Collection[str]) -> dict[str, Signature]:
        """Return the signatures of these articles."""
        return {article_id: self._signatures[article_id] for article_id in ids}

    def members(self, story: str) -> Collection[str]:
        """Return the ids of all articles of a story."""
        return list(self._members.get(story, ()))

    def add(self, article_id: str, signature: Signature, story: str) -> None:
        """Keep a new article with its story."""
        self._signatures[article_id] = signature
        self._stories[article_id] = story
        self._members.setdefault(story, {})[article_id] = None
        for band in signature.bands:
            self._bands.setdefault(band, {})[article_id] = None

    def remove(self, article_id: str) -> None:
        """Forget an article."""
        for band in self._signatures.pop(article_id).bands:
            del self._bands[band][article_id]
        del self._members[self._stories.pop(article_id)][article_id]

    def move(self, ids: Collection[str], story: str) -> None:
        """Give articles another story."""
        for article_id in ids:
            del self._members[self._stories[article_id]][article_id]
            self._stories[article_id] = story
            self._members.setdefault(story, {})[article_id] = None
