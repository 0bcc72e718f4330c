"""The copies of an article."""

from __future__ import annotations

from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.places import Places
from service.engines.elasticsearch.stored import stored_of
from service.engines.elasticsearch.stories import StoryIndex
from service.search.results import Copy, Duplicates
from service.stories.likeness import similarity
from service.stories.signature import signature_of


def duplicates(connection: Connection, places: Places, article_id: str, size: int) -> Duplicates:
    """Return the other articles of the same story; NotFound where there is no such article."""
    article = stored_of(places.holding(article_id)).article
    own, story = signature_of(article), article.story_id
    if own is None or story is None:
        return Duplicates(story, 0, ())
    index = StoryIndex(connection, places.all)
    others = [entry for entry in index.members(story, size + 1) if entry.id != article_id][:size]
    found = places.documents([entry.id for entry in others])
    copies = (
        Copy(stored_of(found[entry.id]).article, similarity(own, entry.signature))
        for entry in others
        if entry.id in found
    )
    return Duplicates(story, max(index.count(story) - 1, 0), tuple(copies))
