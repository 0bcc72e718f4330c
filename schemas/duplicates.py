"""The copies of an article, as JSON."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from schemas.article import ArticleWithoutBody, ShownRecord
from schemas.fields import StrictSchema, WholeNumber
from schemas.search import MAX_SIZE
from service.search.results import Duplicates

_DIGITS = 3


class DuplicatesParameters(StrictSchema):
    """How many copies are wanted."""

    size = WholeNumber(low=1, high=MAX_SIZE, load_default=MAX_SIZE, metadata={"description": "기사 수. 기본 100"})


class CopySchema(Schema):
    """Another article of the story; `similarity` is the share of both texts that is the same in the same order."""

    id = fields.String(required=True, attribute="article.id")
    similarity = fields.Float(required=True, metadata={"minimum": 0, "maximum": 1})
    article = ShownRecord(ArticleWithoutBody, required=True)


class DuplicatesAnswerSchema(Schema):
    """The other articles of a story, the first of them first; `total` counts those too that `size` leaves out."""

    story_id = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
    copies = fields.List(fields.Nested(CopySchema), required=True)


_ANSWER = DuplicatesAnswerSchema()


def dump_duplicates(duplicates: Duplicates) -> dict[str, Any]:
    """Return the copies of an article as JSON values, likeness to three digits."""
    dumped: dict[str, Any] = _ANSWER.dump(duplicates)
    for copy in dumped["copies"]:
        copy["similarity"] = round(copy["similarity"], _DIGITS)
    return dumped
