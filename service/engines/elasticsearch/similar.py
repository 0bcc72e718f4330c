"""Articles that share the words that mark one article out."""

from __future__ import annotations

from typing import Any

from service.engines.elasticsearch import fields
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.documents import article_of
from service.search.results import Hit
from service.search.telling_terms import telling_terms, term_counts
from service.search.tokens import Tokens


def similar(
    connection: Connection, index: str, article_id: str, tokens: Tokens, size: int, *, counted_in: str
) -> tuple[Hit, ...]:
    """Return other articles with this one's telling terms, weighted by tf·idf, best first.

    Where `index` stands for several, documents are `counted_in` the one that holds the article.
    """
    counts = term_counts(tokens)
    if not counts:
        return ()
    frequencies, documents = _frequencies(connection, counted_in, list(counts))
    weights = telling_terms(counts, frequencies, documents)
    if not weights:
        return ()
    body = similar_body(article_id, weights, size)
    answer = connection.ask(lambda client: client.search(index=index, allow_partial_search_results=False, **body))
    return tuple(Hit(article_of(hit["_source"]), float(hit["sort"][0])) for hit in answer.body["hits"]["hits"])


def similar_body(article_id: str, weights: list[tuple[str, float]], size: int) -> dict[str, Any]:
    """Return the body of the search for articles with these terms; the first has the highest weight."""
    field = fields.content_field(None)
    clauses = [{"term": {field: {"value": term, "boost": weight / weights[0][1]}}} for term, weight in weights]
    return {
        "query": {
            "bool": {"should": clauses, "minimum_should_match": 1, "must_not": [{"term": {fields.ID: article_id}}]}
        },
        "size": size,
        "sort": [{"_score": "desc"}, {fields.ID: "asc"}],
        "track_total_hits": False,
    }


def _frequencies(connection: Connection, index: str, terms: list[str]) -> tuple[dict[str, int], int]:
    # Statistics of one shard: with several, its articles stand for all of them.
    field = fields.content_field(None)
    answer = connection.ask(
        lambda client: client.termvectors(
            index=index,
            doc={"search": {"all": " ".join(terms)}},
            fields=[field],
            per_field_analyzer={field: "whitespace"},
            term_statistics=True,
            positions=False,
            offsets=False,
        )
    )
    found = answer.body.get("term_vectors", {}).get(field)
    if not found:
        return {}, 0
    frequencies = {term: int(numbers.get("doc_freq", 0)) for term, numbers in found["terms"].items()}
    return frequencies, int(found["field_statistics"]["doc_count"])
