"""What a recogniser yields."""

from __future__ import annotations

from typing import Literal, NamedTuple

EntityType = Literal["person", "organization", "place"]


class Span(NamedTuple):
    """A name in a text: code points, end exclusive; `name` is the name as written, without particles.

    A person may be named by the family name alone (`윤` in `윤 시장은`, `尹` in `尹시장`).
    """

    start: int
    end: int
    type: EntityType
    name: str
