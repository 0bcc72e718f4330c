"""Whole compiled queries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from service.domain.errors import ValidationFailed
from service.engines.elasticsearch.compile import compile_node
from service.search.times import microseconds
from service.search.tree import (
    And,
    DateRange,
    Everything,
    FilterField,
    MoneyRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    PositionedTerm,
    Prefix,
    TextField,
    Value,
    Word,
)

TITLE, BODY, CAPTION = TextField.TITLE, TextField.BODY, TextField.CAPTION
ALL, EXACT = "search.all", "search.all.exact"


def terms(*positioned: tuple[int, str]) -> tuple[PositionedTerm, ...]:
    return tuple(PositionedTerm(*pair) for pair in positioned)


A = Word("a", terms((0, "a")))
B = Word("b", terms((0, "b")))
GAPS = Word("ab", terms((0, "a"), (2, "b")))
PHRASE = Phrase("a b", terms((0, "a"), (1, "b")))
OUTLET = Value(FilterField.OUTLET, " 새벽 신문 ")
OUTLET_QUERY = {"terms": {"search.folded.outlet": ["새벽 신문"]}}
A_QUERY, B_QUERY = {"term": {ALL: "a"}}, {"term": {ALL: "b"}}


def span(term: str, field: str = ALL) -> dict[str, Any]:
    return {"span_term": {field: term}}


def near(*clauses: dict[str, Any], slop: int = 0, in_order: bool = True) -> dict[str, Any]:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": in_order}}


def narrowed(condition: dict[str, Any], *scored: dict[str, Any]) -> dict[str, Any]:
    return {"bool": {"must": list(scored), "filter": [condition]}}


@pytest.mark.parametrize(
    ("node", "query"),
    [
        (Everything(), {"match_all": {}}),
        (A, A_QUERY),
        (PHRASE, {"match_phrase": {EXACT: "a b"}}),
        (Phrase("a", terms((0, "a")), slop=3), {"term": {EXACT: "a"}}),
        (GAPS, near(span("a"), {"span_gap": {ALL: 1}}, span("b"))),
        (Word("-", ()), {"match_none": {}}),
        (Prefix("ＡＢ"), {"prefix": {"search.words.all": {"value": "ab"}}}),
        (Prefix("ab", (CAPTION,)), {"prefix": {"search.words.caption": {"value": "ab"}}}),
        (Word("a", A.terms, (BODY,)), {"term": {"body": "a"}}),
        (Phrase("a b", PHRASE.terms, (CAPTION,)), {"match_phrase": {"captions.text.exact": "a b"}}),
        (
            Word("a", A.terms, (TITLE, BODY, TITLE)),
            {"bool": {"should": [{"term": {"title": "a"}}, {"term": {"body": "a"}}]}},
        ),
        (OUTLET, {"bool": {"filter": [OUTLET_QUERY]}}),
        (Value(None, "구서율", speaker=True), {"bool": {"filter": [{"term": {"search.folded.speaker": "구서율"}}]}}),
        (And((A, B)), {"bool": {"must": [A_QUERY, B_QUERY]}}),
        (And((A, OUTLET)), {"bool": {"must": [A_QUERY], "filter": [OUTLET_QUERY]}}),
        (And((A, Not(B))), {"bool": {"must": [A_QUERY], "must_not": [B_QUERY]}}),
        (Not(B), {"bool": {"filter": [{"match_all": {}}], "must_not": [B_QUERY]}}),
        (Or((A, B)), {"bool": {"should": [A_QUERY, B_QUERY]}}),
        (Or((A, OUTLET)), {"bool": {"should": [A_QUERY, {"bool": {"filter": [OUTLET_QUERY]}}]}}),
        (
            And((A, Or((B, Not(A))))),
            {
                "bool": {
                    "must": [
                        A_QUERY,
                        {
                            "bool": {
                                "should": [
                                    B_QUERY,
                                    {"bool": {"filter": [{"match_all": {}}], "must_not": [A_QUERY]}},
                                ]
                            }
                        },
                    ]
                }
            },
        ),
    ],
)
def test_a_tree_compiles_to_one_query(node: Node, query: dict[str, Any]) -> None:
    assert compile_node(node, ()) == query


def test_a_leaf_that_names_no_field_looks_where_the_search_does() -> None:
    assert compile_node(A, (TITLE,)) == {"term": {"title": "a"}}
    assert compile_node(Word("a", A.terms, (BODY,)), (TITLE,)) == {"term": {"body": "a"}}


def test_near_takes_either_order() -> None:
    either = [near(span("a"), span("b"), slop=3), near(span("b"), span("a"), slop=3)]
    assert compile_node(Near(A, B, 3), ()) == narrowed({"span_or": {"clauses": either}}, A_QUERY, B_QUERY)
    assert compile_node(Near(A, A, 3), ()) == narrowed(near(span("a"), span("a"), slop=3), A_QUERY, A_QUERY)


def test_near_of_a_word_and_a_phrase_reads_the_positions_of_both_forms() -> None:
    phrase = {"span_field_masking": {"query": near(span("a", EXACT), span("b", EXACT)), "field": ALL}}
    either = [near(span("a"), phrase, slop=0), near(phrase, span("a"), slop=0)]
    scored = (A_QUERY, {"match_phrase": {EXACT: "a b"}})
    assert compile_node(Near(A, PHRASE, 0), ()) == narrowed({"span_or": {"clauses": either}}, *scored)


def test_near_looks_in_the_fields_that_both_sides_name() -> None:
    one, other = Word("a", A.terms, (TITLE, BODY)), Word("a", A.terms, (BODY,))
    scored = {"term": {"body": "a"}}
    close = near(span("a", "body"), span("a", "body"))
    assert compile_node(Near(one, other, 0), ()) == narrowed(close, scored, scored)
    assert compile_node(Near(other, Word("a", A.terms, (TITLE,)), 0), ()) == {"match_none": {}}


def test_slop_is_a_window_in_any_order() -> None:
    three = Phrase("a b c", terms((0, "a"), (1, "b"), (2, "c")), slop=4)
    spans = [span(term, EXACT) for term in "abc"]
    each = [{"term": {EXACT: term}} for term in "abc"]
    assert compile_node(three, ()) == narrowed(near(*spans, slop=4, in_order=False), *each)
    twice = Phrase("a b a", terms((0, "a"), (1, "b"), (2, "a")), slop=4)
    a, b = span("a", EXACT), span("b", EXACT)
    orders = [near(a, a, b, slop=4), near(a, b, a, slop=4), near(b, a, a, slop=4)]
    assert compile_node(twice, ()) == narrowed({"span_or": {"clauses": orders}}, *each[:2])


def test_a_long_phrase_with_a_repeated_term_lies_within_a_window_that_ends_with_one_of_its_terms() -> None:
    phrase = Phrase("a a b c", terms((0, "a"), (1, "a"), (2, "b"), (3, "c")), slop=1)
    query = compile_node(phrase, ())["bool"]
    assert query["must"] == [{"term": {EXACT: term}} for term in "abc"]
    [either] = query["filter"]
    within, at_first = either["bool"]["should"]
    together = within["intervals"][EXACT]["all_of"]
    fillers = "ⴰⴰ " * 4
    windows = [
        {"match": {"query": f"{term} {fillers}{term}", "analyzer": "terms_with_gaps", "ordered": False}}
        for term in "abc"
    ]
    assert together["filter"] == {"contained_by": {"any_of": {"intervals": windows}}}
    assert together["intervals"][0] == {"match": {"query": "a a", "analyzer": "whitespace", "ordered": True}}
    a = span("a", EXACT)
    assert at_first["bool"]["must"][0] == {"span_first": {"match": near(a, a, slop=5), "end": 5}}


def test_what_the_gap_analyzer_would_cut_apart_is_refused_with_a_sentence() -> None:
    phrase = Phrase("", terms((0, "七条"), (1, "七条"), (2, "b"), (3, "c")), slop=1)
    with pytest.raises(ValidationFailed, match="repeats"):
        compile_node(phrase, ())


def test_dates_are_ranges_of_microseconds_and_leave_out_the_undated() -> None:
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    within = {"range": {"search.newest": {"gte": microseconds(start), "lte": microseconds(end) - 1}}}
    assert compile_node(DateRange(start, end), ()) == {"bool": {"filter": [within]}}
    until = {"range": {"search.newest": {"gte": 1, "lte": microseconds(end) - 1}}}
    assert compile_node(DateRange(None, end), ()) == {"bool": {"filter": [until]}}


@pytest.mark.parametrize(
    ("wanted", "bounds"),
    [
        (MoneyRange("KRW", 1.0, 2.0), {"gte": 1.0, "lte": 2.0}),
        (MoneyRange("KRW", 1.0, 2.0, False, False), {"gt": 1.0, "lt": 2.0}),
        (MoneyRange("KRW", None, 2.0), {"lte": 2.0}),
    ],
)
def test_sums_are_compared_within_one_mention(wanted: MoneyRange, bounds: dict[str, float]) -> None:
    inner = [{"term": {"money.currency": "KRW"}}, {"range": {"money.amount": bounds}}]
    nested = {"nested": {"path": "money", "query": {"bool": {"filter": inner}}}}
    assert compile_node(wanted, ()) == {"bool": {"filter": [nested]}}
