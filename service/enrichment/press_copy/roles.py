"""What a line is within its article, once its neighbours have been asked."""

from __future__ import annotations

from enum import Enum, auto


class Role(Enum):
    """The part a line plays in its article; `METADATA` is chrome that tells something, `CHROME` tells nothing."""

    __hash__ = object.__hash__  # by identity: the hash of Enum takes a call of Python, many for each line

    TITLE = auto()
    DECK = auto()
    BODY = auto()
    SUBHEAD = auto()
    CAPTION = auto()
    OUTLET = auto()
    METADATA = auto()
    SPEAKER = auto()
    CHROME = auto()
