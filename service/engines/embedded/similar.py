"""Articles that share the words that mark one article out."""

from __future__ import annotations

import math
from collections import Counter

import tantivy
from tantivy import Occur, Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.tokens import FILLER, Tokens
from service.search.tree import TextField

_TERMS = 25
_CANDIDATES = 200  # most frequent terms of the article whose rarity is looked up
_SHORTEST = 2  # characters: a content morpheme of one syllable says too little


def similar_query(searcher: tantivy.Searcher, key: str, tokens: Tokens) -> Query | None:
    """Return the query for other articles with this one's telling terms, weighted by tf·idf; None without any."""
    weights = _weights(searcher, tokens)
    if not weights:
        return None
    schema, field = fields.schema(), fields.content_field(None)
    clauses = [
        (Occur.Should, Query.boost_query(Query.term_query(schema, field, term), weight / weights[0][1]))
        for term, weight in weights
    ]
    return Query.boolean_query(
        [
            (Occur.Must, Query.boolean_query(clauses)),
            (Occur.MustNot, Query.term_query(schema, fields.KEY, key)),
        ]
    )


def _weights(searcher: tantivy.Searcher, tokens: Tokens) -> list[tuple[str, float]]:
    counts: Counter[str] = Counter()
    for field in TextField:
        for text in tokens[field]:
            counts.update(term for term in text.content_terms if term != FILLER and len(term) >= _SHORTEST)
    documents = searcher.num_docs
    weights = []
    for term, count in counts.most_common(_CANDIDATES):
        frequency = searcher.doc_freq(fields.content_field(None), term)
        # A term of this article alone finds nothing.
        if frequency > 1:
            weights.append((term, (1 + math.log(count)) * math.log(1 + documents / frequency)))
    return sorted(weights, key=lambda pair: (-pair[1], pair[0]))[:_TERMS]
