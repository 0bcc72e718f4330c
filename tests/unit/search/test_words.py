from __future__ import annotations

import pytest

from service.search.words import fold_prefix, folded_words, prefix_end, written_words

_TEXTS = [
    "‘수성알파시티’는 (대구)에서, “ABC·전자”와… - 7.5% 올랐다.",
    "ＤＧＢ\u200b금융 Straße ﬁn\u3000끝",
    "",
    "— … !",
]


def test_words_are_folded_and_stripped_of_outer_punctuation() -> None:
    assert folded_words(_TEXTS[0]) == {"수성알파시티’는", "대구)에서", "abc·전자”와", "7.5", "올랐다"}


@pytest.mark.parametrize("text", _TEXTS)
def test_both_ways_of_cutting_agree(text: str) -> None:
    assert {word.folded for word in written_words(text)} == folded_words(text)


def test_a_word_knows_its_place_beside_characters_that_cannot_be_seen() -> None:
    text = "ＤＧ\u200bＢ금융 끝"
    word = next(written_words(text))
    assert (word.folded, text[word.start : word.end]) == ("dgb금융", "ＤＧ\u200bＢ금융")
    assert text[word.start : prefix_end(text, word, fold_prefix("dgb"))] == "ＤＧ\u200bＢ"
