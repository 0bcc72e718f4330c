"""Words, phrases and distances as tantivy queries that match exactly.

A phrase query with explicit offsets and no slop is exact; tantivy's slop is not. So a distance between two words is
written as one such phrase for each gap, and what cannot be written so is verified against the stored tokens.

What minds distances scores as the words or phrases in it do, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tantivy import Occur, Query

from service.engines.embedded import index_schema as fields
from service.engines.embedded.index_document import LONGEST_GAP
from service.search.leaves import Leaf, leaf_fields, places
from service.search.runs import positioned, runs
from service.search.tokens import Tokens
from service.search.tree import Near, Phrase, TextField, Word

Exact = Callable[[Query, Leaf, TextField | None], Query]
"""Returns the query for those hits of a query in which the leaf really matches in this field (None: any)."""

_MOST_PHRASES = 2 * LONGEST_GAP


def positional(leaf: Leaf, default: tuple[TextField, ...], exact: Exact) -> Query:
    """Return the query of a leaf that minds positions."""
    named = leaf_fields(leaf)
    if named is None:
        return Query.empty_query()
    queries = [_in_place(leaf, place, exact) for place in places(named, default)]
    return queries[0] if len(queries) == 1 else _any(queries)


def matches(leaf: Leaf, place: TextField | None, tokens: Tokens) -> bool:
    """Return whether the leaf matches in the stored tokens of this field (None: of any field)."""
    texts = tokens[place] if place else [text for field in TextField for text in tokens[field]]
    return any(next(runs(leaf, text), None) for text in texts)


def _in_place(leaf: Leaf, place: TextField | None, exact: Exact) -> Query:
    if isinstance(leaf, Near):
        return _near(leaf, place, exact)
    if isinstance(leaf, Phrase) and leaf.slop:
        return _sloppy(leaf, place, exact)
    terms = positioned(leaf.terms)
    query = _run(_field(leaf, place), terms)
    widest = max((after - before for (before, _), (after, _) in pairwise(terms)), default=0)
    # A wider step might reach over the gap between two texts.
    return query if widest <= LONGEST_GAP else exact(query, leaf, place)


def _near(near: Near, place: TextField | None, exact: Exact) -> Query:
    left, right = positioned(near.left.terms), positioned(near.right.terms)
    if not left or not right:
        return Query.empty_query()
    plain = not (isinstance(near.left, Phrase) and near.left.slop) and not (
        isinstance(near.right, Phrase) and near.right.slop
    )
    same = type(near.left) is type(near.right)
    both = [_in_place(side, place, exact) for side in (near.left, near.right)]
    if plain and same and 2 * (near.distance + 1) <= _MOST_PHRASES:
        return _all([*both, unscored(_apart(_field(near.left, place), left, right, near.distance))])
    return exact(_all(both), near, place)


def _sloppy(phrase: Phrase, place: TextField | None, exact: Exact) -> Query:
    terms = [term for _, term in positioned(phrase.terms)]
    field = fields.morphemes_field(place)
    if len(terms) < 2:
        return _run(field, [(0, term) for term in terms])
    each = [_run(field, [(0, term)]) for term in dict.fromkeys(terms)]
    if len(terms) == 2 and 2 * (phrase.slop + 1) <= _MOST_PHRASES:
        return _all([*each, unscored(_apart(field, [(0, terms[0])], [(0, terms[1])], phrase.slop))])
    # Any two of its terms are no farther apart than the window is long: what is to be verified becomes little.
    widest = phrase.slop + len(terms) - 2
    if 2 * (widest + 1) <= _MOST_PHRASES:
        candidates = [_apart(field, [(0, one)], [(0, other)], widest) for one, other in pairwise(terms)]
    else:
        candidates = each
    return _all([*each, unscored(exact(_all(candidates), phrase, place))])


def _apart(field: str, left: list[tuple[int, str]], right: list[tuple[int, str]], distance: int) -> Query:
    """Return the query for two runs with at most `distance` tokens between them, in either order."""
    queries = []
    for first, second in ((left, right), (right, left)) if left != right else ((left, right),):
        for gap in range(distance + 1):
            offset = first[-1][0] + 1 + gap
            queries.append(_run(field, [*first, *((offset + position, term) for position, term in second)]))
    return _any(queries)


def _run(field: str, terms: Sequence[tuple[int, str]]) -> Query:
    if not terms:
        return Query.empty_query()
    if len(terms) == 1:
        # tantivy panics at a phrase of one word.
        return Query.term_query(fields.schema(), field, terms[0][1])
    return Query.phrase_query(fields.schema(), field, list(terms))


def _field(leaf: Word | Phrase, place: TextField | None) -> str:
    return fields.content_field(place) if isinstance(leaf, Word) else fields.morphemes_field(place)


def unscored(query: Query) -> Query:
    """Return the query with a score of nought for each match."""
    return Query.const_score_query(query, 0.0)


def limited(query: Query, other: Query) -> Query:
    """Return the query for what matches both; the score is that of the first."""
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, unscored(other))])


def _any(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])
