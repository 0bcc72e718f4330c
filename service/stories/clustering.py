"""Keeping stories whole: what comes in joins its copies, what goes may leave them in parts.

A story is a connected part of the graph whose edges join copies. The edges hang on the texts alone and the identity
of a story on the ids of its articles alone, so the order in which articles come, change and go leaves no trace.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Protocol

from service.stories.likeness import is_copy
from service.stories.precedence import identity_of
from service.stories.signature import Signature

MOST_OF_A_BAND = 64
"""Articles looked at that share one band: so many copies of one text are as good as all of them."""
_NEAREST = 8


class Shelf(Protocol):
    """Where signatures and stories are kept; an article is named by its id."""

    def kept(self, article_id: str) -> tuple[Signature, str] | None:
        """Return the signature and the story of an article."""
        ...

    def sharing(self, signature: Signature) -> Mapping[str, str]:
        """Return id to story of articles that share a band, at most 64 for each; those that share most come first."""
        ...

    def signatures(self, ids: Collection[str]) -> dict[str, Signature]:
        """Return the signatures of these articles."""
        ...

    def members(self, story: str) -> Collection[str]:
        """Return the ids of all articles of a story."""
        ...

    def add(self, article_id: str, signature: Signature, story: str) -> None:
        """Keep a new article with its story."""
        ...

    def remove(self, article_id: str) -> None:
        """Forget an article."""
        ...

    def move(self, ids: Collection[str], story: str) -> None:
        """Give articles another story."""
        ...


def put(shelf: Shelf, article_id: str, signature: Signature) -> None:
    """Add an article, or give one another text, and bring its story and those of its copies up to date."""
    kept = shelf.kept(article_id)
    if kept and kept[0] == signature:
        return
    if kept:
        _leave(shelf, article_id, *kept)
    _join(shelf, article_id, signature)


def discard(shelf: Shelf, article_id: str) -> None:
    """Take an article out where it is there, and bring its story up to date."""
    if kept := shelf.kept(article_id):
        _leave(shelf, article_id, *kept)


def _join(shelf: Shelf, article_id: str, signature: Signature) -> None:
    # Joins the stories of its copies, which become one.
    joined = _stories_of_copies(shelf, signature)
    story = min([identity_of(article_id), *joined])
    shelf.add(article_id, signature, story)
    for other in joined:
        if other != story:
            shelf.move(shelf.members(other), story)


def _leave(shelf: Shelf, article_id: str, signature: Signature, story: str) -> None:
    # Its story falls into parts where it alone held them together.
    shelf.remove(article_id)
    # Its copies are of its story; among those that share a band there may be articles of others.
    near = [other for other, theirs in shelf.sharing(signature).items() if theirs == story]
    if not _held_together(shelf, near, signature):
        _part(shelf, story)
    elif story == identity_of(article_id):
        rest = shelf.members(story)
        shelf.move(rest, min(map(identity_of, rest)))  # one in so many is the least: seldom where they are many


def _stories_of_copies(shelf: Shelf, signature: Signature) -> list[str]:
    near: dict[str, list[str]] = {}
    for other, story in shelf.sharing(signature).items():
        near.setdefault(story, []).append(other)
    found: list[str] = []
    looked_at, more = 0, 1
    while near:
        # One copy is enough to join its story, and the nearest ones come first: the others need not be read.
        part = {story: others[looked_at : looked_at + more] for story, others in near.items()}
        kept = shelf.signatures(list(chain.from_iterable(part.values())))
        copied = {story for story, others in part.items() if any(is_copy(signature, kept[other]) for other in others)}
        found += copied
        looked_at, more = looked_at + more, more * 4
        near = {story: others for story, others in near.items() if story not in copied and len(others) > looked_at}
    return found


def _held_together(shelf: Shelf, near: Sequence[str], signature: Signature) -> bool:
    """Return whether the copies of a text that has gone are copies of each other, at one remove or more."""
    if signature in shelf.signatures(near[:_NEAREST]).values():
        return True  # what has the same text is a copy of all that this one was a copy of
    kept = shelf.signatures(near[_NEAREST:]) | shelf.signatures(near[:_NEAREST])
    copies = {other: theirs for other, theirs in kept.items() if is_copy(signature, theirs)}
    return len(_parts(copies)) == 1


def _part(shelf: Shelf, story: str) -> None:
    for part in _parts(shelf.signatures(shelf.members(story))):
        identity = min(map(identity_of, part))
        if identity != story:
            shelf.move(part, identity)


def _parts(signatures: Mapping[str, Signature]) -> list[list[str]]:
    """Return the connected parts; of copies of one text nearly every one is reached from the first."""
    left = dict(signatures)
    parts = []
    while left:
        key, own = left.popitem()
        part, seen = [key], [own]
        while seen and left:
            one = seen.pop()
            found = [other for other, theirs in left.items() if is_copy(one, theirs)]
            part += found
            seen += [left.pop(other) for other in found]
        parts.append(part)
    return parts
