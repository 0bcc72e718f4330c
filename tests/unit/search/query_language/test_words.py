"""Words, phrases and prefixes: what text becomes."""

from __future__ import annotations

import unicodedata

import pytest

from service.search.query_language import parse
from service.search.tree import And, Everything, Near, Node, Phrase, Prefix, TextField, Word


def word(text: str, *terms: str, fields: tuple[TextField, ...] = ()) -> Word:
    return Word(text, tuple(enumerate(terms)), fields)  # type: ignore[arg-type]  # a pair equals a PositionedTerm


def phrase(text: str, *terms: str, slop: int = 0) -> Phrase:
    return Phrase(text, tuple(enumerate(terms)), (), slop)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("q", ["", "   ", "\n\t", "\u3000", "\u200b\u2060"])
def test_a_blank_query_is_everything(q: str) -> None:
    parsed = parse(q)
    assert parsed.tree == Everything()
    assert parsed.interpreted == ""


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        ("대구", word("대구", "대구")),
        ("대구에서", word("대구에서", "대구")),
        ("대구시장", word("대구시장", "대구", "시장")),
        ("수성알파시티", word("수성알파시티", "수성", "알파", "시티")),
        ("밝혔다", word("밝혔다", "밝히")),
        ("제1회", word("제1회", "1", "회")),
        ("대구·경북", word("대구·경북", "대구", "경북")),
        ("ABC-123", word("ABC-123", "abc", "123")),
        ("大邱", word("大邱", "대구")),
        ("don’t", word("don’t", "don", "t")),
        ("don't", word("don't", "don", "t")),
        ("서울-대구", word("서울-대구", "서울", "대구")),
        ("or", word("or", "or")),
        ("NEAR", word("NEAR", "near")),
        ("NEAR/x", word("NEAR/x", "near", "x")),
    ],
)
def test_a_written_word_keeps_its_content_morphemes(q: str, tree: Node) -> None:
    assert parse(q).tree == tree


def test_a_dropped_morpheme_leaves_its_gap() -> None:
    tree = parse("대구의료원과병원").tree
    assert isinstance(tree, Word)
    assert tree.terms[0].position == 0
    positions = [term.position for term in tree.terms]
    assert positions != list(range(len(positions)))


def test_a_word_without_content_is_a_phrase_of_all_its_morphemes() -> None:
    assert parse("그리고").tree == phrase("그리고", "그리고")
    assert parse("그리고").interpreted == '"그리고"'


def test_words_are_anded() -> None:
    assert parse("대구 시장").tree == And((word("대구", "대구"), word("시장", "시장")))


@pytest.mark.parametrize(
    "q", ["대구 - 시장", "대구 ... 시장", "대구 & 시장", "대구 -- 시장", "대구\u00a0시장", "대구 ’ 시장"]
)
def test_punctuation_alone_is_no_word(q: str) -> None:
    assert parse(q).tree == parse("대구 시장").tree


def test_full_width_forms_are_understood() -> None:
    assert parse("ＡＢＣ　｜　（대구　－서울）").tree == parse("ABC | (대구 -서울)").tree


def test_decomposed_syllables_are_composed() -> None:
    assert parse(unicodedata.normalize("NFD", '대구 "전통 시장"')).tree == parse('대구 "전통 시장"').tree


def test_characters_that_cannot_be_seen_are_ignored() -> None:
    assert parse("대\u200b구\u2060 \u202e시장\u202c").tree == parse("대구 시장").tree


def test_a_phrase_keeps_every_morpheme() -> None:
    assert parse('"대구의 시장"').tree == phrase("대구의 시장", "대구", "의", "시장")


@pytest.mark.parametrize(
    "q", ["“대구의 시장”", "”대구의 시장“", "‘대구의 시장’", "「대구의 시장」", "『대구의 시장』", "＂대구의 시장＂"]
)
def test_typographic_quotation_marks_make_a_phrase(q: str) -> None:
    assert parse(q).tree == phrase("대구의 시장", "대구", "의", "시장")


def test_quotation_marks_within_others_are_text() -> None:
    assert parse('「"대구의" 시장」').tree == Phrase('"대구의" 시장', phrase("", "대구", "의", "시장").terms)


def test_a_single_quotation_mark_without_its_partner_is_text() -> None:
    assert parse("‘대구 시장").tree == parse("대구 시장").tree


def test_a_phrase_may_have_slop() -> None:
    assert parse('"대구 시장"~5').tree == phrase("대구 시장", "대구", "시장", slop=5)


def test_slop_means_nothing_for_one_morpheme() -> None:
    assert parse('"대구"~5').tree == phrase("대구", "대구")


def test_a_phrase_ends_a_word() -> None:
    assert parse('대구"전통 시장"서울').tree == parse('대구 "전통 시장" 서울').tree


def test_near_takes_words_and_phrases() -> None:
    left, right = word("대구", "대구"), phrase("전통 시장", "전통", "시장")
    assert parse('대구 NEAR/5 "전통 시장"').tree == Near(left, right, 5)


def test_near_may_be_chained() -> None:
    a, b, c = word("a", "a"), word("b", "b"), word("c", "c")
    assert parse("a NEAR/5 b NEAR/0 c").tree == And((Near(a, b, 5), Near(b, c, 0)))


@pytest.mark.parametrize(
    ("q", "text"),
    [("대구*", "대구"), ("GovTech*", "govtech"), ("'대구*", "대구"), ("2026*", "2026"), ("대구*’", "대구")],
)
def test_a_star_at_the_end_of_a_word_is_a_prefix(q: str, text: str) -> None:
    assert parse(q).tree == Prefix(text)


def test_a_star_in_quotation_marks_is_text_with_a_warning() -> None:
    parsed = parse('"대구* 시장"')
    assert isinstance(parsed.tree, Phrase)
    assert len(parsed.warnings) == 1


def test_leaves_look_in_the_given_fields() -> None:
    fields = (TextField.TITLE, TextField.BODY)
    assert parse('대구 대구* "대구"', fields=fields).tree == And(
        (word("대구", "대구", fields=fields), Prefix("대구", fields), Phrase("대구", ((0, "대구"),), fields))  # type: ignore[arg-type]
    )
