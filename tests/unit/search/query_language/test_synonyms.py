"""Synonyms and numbers in the tree."""

from __future__ import annotations

import pytest

from index_mappings import SynonymRule, parse_synonyms, shipped_synonyms
from service.search.query_language import parse
from service.search.query_language.numerals import other_spellings
from service.search.query_language.synonyms import terms_of
from service.search.query_language.widening import MOST_SYNONYMS
from service.search.request import Match
from service.search.tree import And, Near, Not, Or, Phrase, Prefix, TextField, Widened, Word


def rules(text: str) -> tuple[SynonymRule, ...]:
    found, bad = parse_synonyms(text)
    assert not bad
    return found


FAIR = rules("국제전자제품박람회, CES")


def test_a_word_keeps_itself_and_takes_its_synonyms() -> None:
    tree = parse("CES에서", synonyms=FAIR).tree
    assert isinstance(tree, Widened)
    assert isinstance(tree.child, Word)
    [synonym] = tree.synonyms
    assert (synonym.word, synonym.leaf.text) == ("CES에서", "국제전자제품박람회")


def test_a_synonym_of_more_morphemes_counts_less_for_each() -> None:
    [longer] = parse("CES", synonyms=FAIR).tree.synonyms  # type: ignore[union-attr] # widened, as shown above
    [shorter] = parse("국제전자제품박람회", synonyms=FAIR).tree.synonyms  # type: ignore[union-attr] # the same
    assert longer.weight == pytest.approx(0.5 / len(terms_of("국제전자제품박람회")))
    assert shorter.weight == 0.5


def test_synonyms_look_where_the_word_looks() -> None:
    tree = parse("제목:CES", synonyms=FAIR).tree
    assert isinstance(tree, Widened)
    assert {synonym.leaf.fields for synonym in tree.synonyms} == {(TextField.TITLE,)}


@pytest.mark.parametrize("q", ['"CES"', "CES NEAR/3 시장", "CES*", "기관:CES"])
def test_what_is_meant_to_the_letter_is_left_alone(q: str) -> None:
    tree = parse(q, synonyms=FAIR).tree
    assert not isinstance(tree, Widened)
    assert isinstance(tree, Phrase | Near | Prefix) or q.startswith("기관")


def test_an_exclusion_excludes_the_synonyms() -> None:
    tree = parse("-CES", synonyms=FAIR).tree
    assert isinstance(tree, Not)
    assert isinstance(tree.child, Widened)


def test_one_way_rules() -> None:
    own = rules("연고지 => 홈구장, 안방")
    assert dict(parse("연고지", synonyms=own).synonyms) == {"연고지": ("홈구장", "안방")}
    assert dict(parse("안방", synonyms=own).synonyms) == {}


def test_a_word_in_two_rules_finds_both() -> None:
    assert dict(parse("CES", synonyms=(*FAIR, *rules("CES, 씨이에스"))).synonyms) == {
        "CES": ("국제전자제품박람회", "씨이에스")
    }


def test_what_finds_nothing_new_is_not_looked_for() -> None:
    assert dict(parse("대구", synonyms=rules("대구, 대구광역시, 달구벌")).synonyms) == {"대구": ("달구벌",)}


def test_words_written_apart_are_one_synonym() -> None:
    tree = parse("국제 전자제품 박람회 개막", synonyms=FAIR).tree
    assert isinstance(tree, And)
    together, opening = tree.children
    assert isinstance(together, Widened)
    assert isinstance(together.child, And)
    assert isinstance(opening, Word)


def test_where_any_word_matches_the_run_is_widened_once() -> None:
    tree = parse("CES 개막 소식", Match.ANY, synonyms=FAIR).tree
    assert isinstance(tree, Widened)
    assert isinstance(tree.child, Or)
    assert [synonym.leaf.text for synonym in tree.synonyms] == ["국제전자제품박람회"]


def test_one_hanja_is_looked_for_as_it_is_written() -> None:
    tree = parse("美", synonyms=rules("美, 미국")).tree
    assert isinstance(tree, Widened)
    assert tree.child == Prefix("美")
    tree = parse("미국", synonyms=rules("美, 미국")).tree
    assert isinstance(tree, Widened)
    assert [synonym.leaf for synonym in tree.synonyms] == [Prefix("美")]


@pytest.mark.parametrize("match", Match)
def test_a_query_is_bounded(match: Match) -> None:
    many = rules(
        "\n".join(
            f"낱말{number}, " + ", ".join(f"다른말{number}{letter}" for letter in "abcdefgh") for number in range(60)
        )
    )
    parsed = parse(" ".join(f"낱말{number}" for number in range(60)), match, synonyms=many)
    assert sum(len(also) for also in parsed.synonyms.values()) == MOST_SYNONYMS


@pytest.mark.parametrize("match", Match)
def test_what_was_understood_gives_the_same_tree(match: Match) -> None:
    for rule in shipped_synonyms():
        for word in (*rule.words, *rule.found):
            for q in (word, f"({word}) 하천", f"하천 | {word}", f"-{word} 하천"):
                parsed = parse(q, match)
                assert parse(parsed.interpreted, match).tree == parsed.tree


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("15000명", ("15,000명", "1만5000명", "1만5천명")),
        ("15,000명", ("15000명", "1만5000명", "1만5천명")),
        ("1만5천", ("15000", "15,000", "1만5000")),
        ("3000억원", ("300000000000원", "300,000,000,000원", "3천억원")),
        ("제1000회", ("제1,000회", "제1천회")),
        ("2026년", ()),
        ("2,026년", ("2026년",)),
        ("999명", ()),
        ("1,00명", ()),
        ("10.5%", ()),
        ("1만2억", ()),
        ("2026-01-15", ()),
        ("CES2026", ()),
    ],
)
def test_numbers_as_the_press_writes_them(word: str, spellings: tuple[str, ...]) -> None:
    assert other_spellings(word) == spellings


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("CES", "two words"),
        ("CES,", "empty"),
        ("CES => ", "empty"),
        ("CES, 행사 =>", "empty"),
        ("CES, ces", "twice"),
        ("미, 미국", "one character"),
        ("CES, (박람회)", "only Hangul"),
        ("CES, " + "박람회" * 20, "50 characters"),
        ("CES, " + ", ".join(f"말{number}" for number in range(20)), "20 words"),
        ("CES, 박람회\nCES, 박람회", "stands above"),
    ],
)
def test_a_line_that_cannot_be_taken_says_what_to_do(line: str, said: str) -> None:
    _, [bad] = parse_synonyms(line)
    assert said in bad.en
    assert bad.number == len(line.splitlines())
