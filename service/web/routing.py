"""How article ids stand in paths."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import BaseConverter

from schemas.fields import Identifier


class ArticleIdConverter(BaseConverter):
    """Any one segment of a path; whether it is an id is checked by the call, which can say what is wrong with it."""

    regex = "[^/]+"


def article_id_schema(_: ArticleIdConverter) -> dict[str, Any]:
    """Return the JSON Schema of an article id."""
    return {"type": "string", **Identifier().metadata}
