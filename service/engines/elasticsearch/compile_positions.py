"""Words, phrases and distances as queries that mind positions exactly.

Ordered spans are exact for any distance: from each start they take the nearest end. Unordered spans are exact where no
term is looked for twice; where one is, all have to lie within a window that ends with one of them.

What minds distances scores as the words or phrases in it do, wherever they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from service.domain.errors import FieldError, Message, ValidationFailed
from service.engines.elasticsearch.fields import content_field, exact_field
from service.search.leaves import Leaf, leaf_fields, places
from service.search.tree import Near, Phrase, TextField, Word

Query = dict[str, Any]
Terms = Sequence[tuple[int, str]]

NOTHING: Query = {"match_none": {}}
FILLER = "ⴰⴰ"
"""The stop word of the analyzer `terms_with_gaps`: it takes up a position and is not looked for."""
_IDEOGRAPHS = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MOST_ORDERED = 3  # terms: six orders at most
_LONGEST_ANALYZED = 100  # characters: the whitespace analyzer cuts a longer term


def positional(leaf: Leaf, default: tuple[TextField, ...]) -> Query:
    """Return the query of a leaf that minds positions."""
    named = leaf_fields(leaf)
    if named is None:
        return NOTHING
    return any_of([_in_place(leaf, place) for place in places(named, default)])


def any_of(queries: Sequence[Query]) -> Query:
    """Return the query for what at least one of these matches; their scores add up."""
    return queries[0] if len(queries) == 1 else {"bool": {"should": list(queries)}}


def _in_place(leaf: Leaf, place: TextField | None) -> Query:
    if isinstance(leaf, Near):
        return _near(leaf, place)
    terms = _positioned(leaf)
    if isinstance(leaf, Phrase) and leaf.slop and len(terms) > 1:
        return _within(_field(leaf, place), [term for _, term in terms], leaf.slop)
    return _run(_field(leaf, place), terms)


def _positioned(leaf: Word | Phrase) -> Terms:
    """Return (distance from the first, term as nori cuts it), however long; without terms that are blanks alone."""
    named = [(position, "".join(term.split())) for position, term in leaf.terms]
    kept = sorted((position, term) for position, term in named if term)
    return [(position - kept[0][0], term) for position, term in kept]


def _run(field: str, terms: Terms) -> Query:
    if not terms:
        return NOTHING
    if len(terms) == 1:
        return {"term": {field: terms[0][1]}}
    side_by_side = all(after - before == 1 for (before, _), (after, _) in pairwise(terms))
    if side_by_side and all(len(term) <= _LONGEST_ANALYZED for _, term in terms):
        return {"match_phrase": {field: " ".join(term for _, term in terms)}}
    return _span(field, terms)


def _near(near: Near, place: TextField | None) -> Query:
    left, right = _positioned(near.left), _positioned(near.right)
    if not left or not right:
        return NOTHING
    field = _field(near.left, place)
    one = _side(field, near.left, left)
    other = _side(_field(near.right, place), near.right, right)
    if _field(near.right, place) != field:
        # Both fields hold the same positions.
        other = {"span_field_masking": {"query": other, "field": field}}
    orders = ([one, other],) if one == other else ([one, other], [other, one])
    close = _either([_ordered(order, near.distance) for order in orders])
    return _narrowed([_in_place(near.left, place), _in_place(near.right, place)], close)


def _side(field: str, leaf: Word | Phrase, terms: Terms) -> Query:
    if isinstance(leaf, Phrase) and leaf.slop and len(terms) > 1:
        return _sloppy(field, [term for _, term in terms], leaf.slop)
    return _span(field, terms)


def _within(field: str, terms: Sequence[str], slop: int) -> Query:
    return _narrowed([{"term": {field: term}} for term in dict.fromkeys(terms)], _sloppy(field, terms, slop))


def _narrowed(scored: Sequence[Query], condition: Query) -> Query:
    return {"bool": {"must": list(scored), "filter": [condition]}}


def _sloppy(field: str, terms: Sequence[str], slop: int) -> Query:
    if len(terms) > 2 and len(set(terms)) == len(terms):
        return {"span_near": {"clauses": [_term(field, term) for term in terms], "slop": slop, "in_order": False}}
    if len(terms) <= _MOST_ORDERED:
        return _either([_ordered([_term(field, term) for term in order], slop) for order in _orders(sorted(terms))])
    return _within_window(field, Counter(terms), slop + len(terms))


def _within_window(field: str, counts: Mapping[str, int], width: int) -> Query:
    """Return the query for texts with all terms, each as often as it is counted, within so many positions.

    A window is an occurrence of a term with the positions before it, as an analyzer makes it of fillers and the term.
    Of windows that would begin before the text, Lucene keeps the shortest alone: the first positions are looked at by
    themselves.
    """
    if not all(map(_kept_whole, counts)):
        raise _too_many()
    fillers = f"{FILLER} " * (width - 1)
    windows = [_interval(f"{term} {fillers}{term}", "terms_with_gaps") for term in counts]
    sources = [_interval(" ".join([term] * count), "whitespace", ordered=True) for term, count in counts.items()]
    together = {"intervals": sources, "ordered": False, "filter": {"contained_by": {"any_of": {"intervals": windows}}}}
    return any_of([{"intervals": {field: {"all_of": together}}}, _at_first(field, counts, width)])


def _at_first(field: str, counts: Mapping[str, int], width: int) -> Query:
    each = ([_term(field, term)] * count for term, count in counts.items())
    spans = [_ordered(same, width) if len(same) > 1 else same[0] for same in each]
    return {"bool": {"must": [{"span_first": {"match": span, "end": width}} for span in spans]}}


def _interval(query: str, analyzer: str, *, ordered: bool = False) -> Query:
    return {"match": {"query": query, "analyzer": analyzer, "ordered": ordered}}


def _kept_whole(term: str) -> bool:
    # The analyzer with gaps cuts ideographs apart.
    return term.isalnum() and len(term) <= _LONGEST_ANALYZED and not _IDEOGRAPHS.search(term)


def _orders(terms: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every different order of sorted terms."""
    if not terms:
        yield ()
    for place, term in enumerate(terms):
        if place == 0 or terms[place - 1] != term:
            for rest in _orders([*terms[:place], *terms[place + 1 :]]):
                yield (term, *rest)


def _span(field: str, terms: Terms) -> Query:
    if len(terms) == 1:
        return _term(field, terms[0][1])
    clauses: list[Query] = [_term(field, terms[0][1])]
    for (before, _), (after, term) in pairwise(terms):
        if after - before > 1:
            clauses.append({"span_gap": {field: after - before - 1}})
        clauses.append(_term(field, term))
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True}}


def _ordered(clauses: Sequence[Query], slop: int) -> Query:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": True}}


def _either(clauses: Sequence[Query]) -> Query:
    return clauses[0] if len(clauses) == 1 else {"span_or": {"clauses": list(clauses)}}


def _term(field: str, term: str) -> Query:
    return {"span_term": {field: term}}


def _field(leaf: Word | Phrase, place: TextField | None) -> str:
    return content_field(place) if isinstance(leaf, Word) else exact_field(place)


def _too_many() -> ValidationFailed:
    message = Message(
        "이 구절은 되풀이되는 형태소가 많아 ~n으로 찾을 수 없습니다. 구절을 줄이거나 ~n을 빼세요.",
        "This phrase repeats too many morphemes to be looked for with ~n. Make it shorter or leave ~n out.",
    )
    return ValidationFailed(message.ko, message.en, (FieldError("too-broad", message, parameter="q"),))
