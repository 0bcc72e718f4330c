"""How the page of the widget looks, out of its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from schemas.fields import Choice, Flag, StrictSchema, Text
from schemas.query_string import load_query_string
from schemas.search import load_search_query


class Theme(StrEnum):
    """Light, dark, or as the system of the reader is."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


class WidgetLanguage(StrEnum):
    """The language of the widget."""

    KOREAN = "ko"
    ENGLISH = "en"


class Links(StrEnum):
    """Where a title leads: to the article's page here, or to the original."""

    ARTICLE = "article"
    ORIGINAL = "original"


class FrameParameters(StrictSchema):
    """What the page of the widget takes besides a search."""

    heading = Text(load_default=None)
    theme = Choice(Theme, load_default=Theme.AUTO)
    lang = Choice(WidgetLanguage, load_default=WidgetLanguage.KOREAN)
    links = Choice(Links, load_default=Links.ARTICLE)
    list_only = Flag(load_default=False)


_FRAME = FrameParameters()


def load_frame(parameters: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return how the widget looks, and the parameters of its search.

    Raises ValidationFailed that names each parameter which is unknown or does not fit either of them.
    """
    own = {name: values for name, values in parameters.items() if name in _FRAME.load_fields}
    search = {name: list(values) for name, values in parameters.items() if name not in own}
    load_search_query(search)
    look: dict[str, Any] = load_query_string(_FRAME, own)
    return look, search
