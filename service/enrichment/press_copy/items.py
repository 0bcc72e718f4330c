"""A line with what it was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from service.enrichment.press_copy.bylines import Byline
from service.enrichment.press_copy.captions import CaptionReading
from service.enrichment.press_copy.datelines import Dateline
from service.enrichment.press_copy.lines import Line
from service.enrichment.press_copy.stamps import Stamp


class Kind(Enum):
    """What a line is, before its neighbours are asked."""

    __hash__ = object.__hash__  # by identity: the hash of Enum takes a call of Python, many for each line

    PLAIN = auto()
    TEXT = auto()
    LIST = auto()
    MARKED = auto()
    CAPTION = auto()
    CREDIT = auto()
    STAMP = auto()
    BYLINE = auto()
    OUTLET = auto()
    SECTION = auto()
    LABEL = auto()
    COPYRIGHT = auto()
    FURNITURE = auto()
    RELATED = auto()
    COMMENTS = auto()
    SUMMARY = auto()
    SPEECH = auto()
    SIGNOFF = auto()
    HASHTAG = auto()
    SEPARATOR = auto()
    PAGE = auto()
    END = auto()
    PRESS_RELEASE = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled line of an export: the group of its label (`title`, `outlet`, `body`, `other`, …) and its value."""

    group: str
    value: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks from here on, as a transcript's label names them."""

    name: str | None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line, its kind, the running text left of it, and what its metadata say."""

    line: Line
    kind: Kind
    text: str
    marker: str = ""
    stamps: tuple[Stamp, ...] = ()
    byline: Byline | None = None
    dateline: Dateline | None = None
    caption: CaptionReading | None = None
    label: Label | None = None
    speaker: Speaker | None = None
    outlet: str | None = None
    section: str | None = None
    page: str | None = None
