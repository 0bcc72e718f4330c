"""Articles that share the words that mark one article out."""

from __future__ import annotations

import tantivy
from tantivy import Occur, Query

from service.engines.embedded import index_schema as fields
from service.search.telling_terms import telling_terms, term_counts
from service.search.tokens import Tokens


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
    counts = term_counts(tokens)
    frequencies = {term: searcher.doc_freq(fields.content_field(None), term) for term in counts}
    return telling_terms(counts, frequencies, searcher.num_docs)
