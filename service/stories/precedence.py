"""Which article of a story was first."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from service.domain.article import Article
from service.korean.folding import fold_value

_ORIGIN = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNDATED = 1 << 60
_NO_WIRE = 1 << 61


def precedence_of(article: Article) -> int:
    """Return a number that is lower the earlier an article was published, below all others for a wire service.

    An undated one comes after those with a date; of two with the same number the lower id is first.
    """
    time = (article.published_at - _ORIGIN) // _MICROSECOND if article.published_at else _UNDATED
    return time if is_wire(article.outlet) else time + _NO_WIRE


def is_wire(outlet: str | None) -> bool:
    """Return whether an outlet is a wire service, from which others copy: those of Korea by name, others by ending."""
    if not outlet:
        return False
    names, endings = _wires()
    folded = fold_value(outlet)
    return folded in names or folded.endswith(endings)


def identity_of(article_id: str) -> str:
    """Return the 32 hexadecimal digits of an article; those of its story are the least of all its articles."""
    return hashlib.blake2b(article_id.encode(), digest_size=16).hexdigest()


@cache
def _wires() -> tuple[frozenset[str], tuple[str, ...]]:
    data = json.loads(files(__package__).joinpath("data/wires.json").read_text(encoding="utf-8"))
    return frozenset(map(fold_value, data["names"])), tuple(data["endings"])
