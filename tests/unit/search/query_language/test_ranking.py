from __future__ import annotations

import pytest

from service.search.query_language import parse
from service.search.query_language.ranking import CONTENT_WEIGHT, ranked
from service.search.request import Match
from service.search.tree import Node, Phrase, Ranked, TextField


def tree(q: str, fields: tuple[TextField, ...] = ()) -> Node:
    return ranked(parse(q, Match.ANY, fields, ()).tree)


def runs(node: Node) -> dict[str, float]:
    assert isinstance(node, Ranked)
    return {" ".join(term for _, term in each.leaf.terms): each.weight for each in node.leaves}


def test_every_morpheme_and_every_run_of_two_and_three_counts() -> None:
    found = runs(tree("전차를 놓는다"))
    assert [text for text, weight in found.items() if weight == 1.0] == ["전차", "를", "놓", "는다"]
    assert [text for text, weight in found.items() if weight == 0.25] == ["전차 를", "를 놓", "놓 는다"]
    assert [text for text, weight in found.items() if weight == 0.15] == ["전차 를 놓", "를 놓 는다"]


def test_what_has_to_match_is_the_same() -> None:
    plain = parse("전차를 놓는다", Match.ANY, (), ()).tree
    node = tree("전차를 놓는다")
    assert isinstance(node, Ranked)
    assert (node.child, node.weight) == (plain, CONTENT_WEIGHT)


@pytest.mark.parametrize("q", ["전차", "언론사:누리일보", "-전차", "대구*", ""])
def test_what_has_no_run_is_left_as_it_is(q: str) -> None:
    assert tree(q) == parse(q, Match.ANY, (), ()).tree


def test_what_is_kept_out_does_not_count() -> None:
    assert not any("노선" in text for text in runs(tree("전차를 놓는다 -노선을")))


def test_a_phrase_counts_by_its_runs_too() -> None:
    assert "대구 에서" in runs(tree('"대구에서" 전차'))


def test_the_runs_look_where_the_words_look() -> None:
    node = tree("전차를 놓는다", (TextField.BODY,))
    assert isinstance(node, Ranked)
    assert {each.leaf.fields for each in node.leaves} == {(TextField.BODY,)}
    assert all(isinstance(each.leaf, Phrase) for each in node.leaves)


def test_a_query_of_very_many_morphemes_is_told_by_its_words() -> None:
    assert not isinstance(tree("전차를 놓는다 " * 20), Ranked)
