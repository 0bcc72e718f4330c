"""The place of an article among the stories."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Membership:
    """The story of an article, and the article of it that was first, which this one is then a copy of."""

    story_id: str
    duplicate_of: str | None
