"""The fixed list of searches; each is a body of `POST /v1/search`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SIX_FACETS = ["outlet", "section", "person", "organization", "place", "keyword"]


@dataclass(frozen=True, slots=True)
class Search:
    """One search by name; with `pages` its cursor is followed so far and a page is what is timed."""

    name: str
    parameters: dict[str, Any] = field(default_factory=dict)
    pages: int = 1


SEARCHES = (
    Search("one word", {"q": "정부"}),
    Search("two words", {"q": "경제 성장"}),
    Search("compound word", {"q": "국회의원"}),
    Search("phrase", {"q": '"관계자는 이날"'}),
    Search("OR", {"q": "서울 OR 부산 OR 대구"}),
    Search("exclusion", {"q": "정부 -국회"}),
    Search("any of five words", {"q": "지난해 수출 증가율 반도체 시장", "match": "any"}),
    Search("everything, newest first", {}),
    Search("word, oldest first", {"q": "정부", "sort": "oldest"}),
    Search("filters", {"q": "정부", "outlet": ["가람통신"], "published_from": "2024-01-01"}),
    Search("six facets and histogram", {"q": "정부", "facets": [*SIX_FACETS, "published"], "interval": "month"}),
    Search("everything with six facets", {"facets": [*SIX_FACETS, "published"], "interval": "month"}),
    Search("no highlights", {"q": "정부", "highlight": False}),
    Search("100 hits with highlights", {"q": "정부", "size": 100}),
    Search("deep paging, each page of 100", {"q": "정부", "size": 100, "highlight": False}, pages=15),
    Search("grouped by story", {"q": "정부", "group": "story"}),
)
