"""The terms that mark an article out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from service.search.tokens import FILLER, Tokens
from service.search.tree import TextField

_TERMS = 25
_CANDIDATES = 200  # most frequent terms of the article whose rarity is looked up
_SHORTEST = 2  # characters: a content morpheme of one syllable says too little


def term_counts(tokens: Tokens) -> dict[str, int]:
    """Return how often the article has each of its most frequent content terms."""
    counts: Counter[str] = Counter()
    for field in TextField:
        for text in tokens[field]:
            counts.update(term for term in text.content_terms if term != FILLER and len(term) >= _SHORTEST)
    return dict(counts.most_common(_CANDIDATES))


def telling_terms(counts: Mapping[str, int], frequencies: Mapping[str, int], documents: int) -> list[tuple[str, float]]:
    """Return the terms with the highest tf·idf and that weight, highest first; `frequencies` counts documents."""
    weights = [
        (term, (1 + math.log(count)) * math.log(1 + documents / frequencies[term]))
        for term, count in counts.items()
        if frequencies.get(term, 0) > 1  # a term of this article alone finds nothing
    ]
    return sorted(weights, key=lambda pair: (-pair[1], pair[0]))[:_TERMS]
