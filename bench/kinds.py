"""The kinds of searches that every contender answers in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SIX_FACETS = ("outlet", "section", "person", "organization", "place", "keyword")
FACET_SIZE = 10
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """One search, told apart by what it holds; words are ANDed, and each is one morpheme, so that all mean the same.

    `page` is the page that is asked for, by cursor where there are cursors. `counted` asks for six facets and a
    histogram of months in Asia/Seoul.
    """

    name: str
    words: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    prefix: str | None = None
    without: str | None = None
    outlet: str | None = None
    section: str | None = None
    since: str | None = None
    counted: bool = False
    newest: bool = False
    grouped: bool = False
    page: int = 1

    @property
    def is_highlighted(self) -> bool:
        """Return whether there is anything to be marked."""
        return bool(self.words or self.phrase or self.prefix)


BROAD = "broad word, six facets, histogram"
KINDS = (
    Kind("one word", words=("정부",)),
    Kind("two words", words=("경제", "성장")),
    Kind("phrase", phrase=("경제", "성장")),
    Kind("rare word", words=("라오스",)),
    Kind("prefix", prefix="대통"),
    Kind("filters only", outlet="가람통신", section="경제", since="2024-01-01", newest=True),
    Kind("exclusion", words=("정부",), without="국회"),
    Kind(BROAD, words=("정부",), counted=True),
    Kind("newest page", newest=True),
    Kind("page 50 by cursor", words=("정부",), page=50),
    Kind("grouped by story", words=("정부",), grouped=True),
)


def gisa_parameters(kind: Kind) -> dict[str, Any]:
    """Return the search as the parameters of `/v1/search`."""
    parts = [*kind.words]
    parts += [f'"{" ".join(kind.phrase)}"'] if kind.phrase else []
    parts += [f"{kind.prefix}*"] if kind.prefix else []
    parts += [f"-{kind.without}"] if kind.without else []
    found: dict[str, Any] = {"q": " ".join(parts)} if parts else {}
    found |= {name: value for name, value in (("outlet", kind.outlet), ("section", kind.section)) if value}
    found |= {"published_from": kind.since} if kind.since else {}
    found |= {"facets": ",".join((*SIX_FACETS, "published")), "interval": "month"} if kind.counted else {}
    found |= {"group": "story"} if kind.grouped else {}
    return found | {"size": PAGE_SIZE, "sort": "newest" if kind.newest else "relevance"}
