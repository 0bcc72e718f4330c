"""The written words of a query as nodes: their morphemes at their distances."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from service.korean.analysis import Token, analyze_by
from service.korean.dictionary import Dictionary, in_force
from service.korean.folding import fold_value
from service.search.tree import Fields, Phrase, PositionedTerm, Prefix, Word


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the search tokens of one written word or phrase, analysed by itself."""
    return _tokens_by(in_force(), text)


@lru_cache(maxsize=1 << 12)
def _tokens_by(dictionary: Dictionary, text: str) -> tuple[Token, ...]:
    return analyze_by(dictionary, text).tokens


def is_word(text: str) -> bool:
    """Return whether there is anything to look for: a text of punctuation alone has no tokens."""
    # Every token begins with a letter, a figure or a mark: without one there is no need to analyse.
    return any(unicodedata.category(character)[0] in "LNM" for character in text) and bool(tokens_of(text))


def word(text: str, fields: Fields) -> Word | Phrase:
    """Return the content morphemes of a written word, or all its morphemes where none has content (`그리고`)."""
    content = [(index, token.term) for index, token in enumerate(tokens_of(text)) if token.content]
    if not content:
        return phrase(text, fields)
    first = content[0][0]
    return Word(text, tuple(PositionedTerm(index - first, term) for index, term in content), fields)


def single_terms(text: str, fields: Fields) -> tuple[Word, ...]:
    """Return every content morpheme of a text as a word of its own; each bears the whole text."""
    return tuple(Word(text, (PositionedTerm(0, token.term),), fields) for token in tokens_of(text) if token.content)


def phrase(text: str, fields: Fields, slop: int = 0) -> Phrase:
    """Return the run of all morphemes; `slop` means nothing where there is only one and is then 0."""
    terms = tuple(PositionedTerm(index, token.term) for index, token in enumerate(tokens_of(text)))
    return Phrase(text, terms, fields, slop if len(terms) > 1 else 0)


def prefix(text: str, fields: Fields) -> Prefix:
    """Return the beginning of a written word, folded."""
    return Prefix(fold_value(text), fields)
