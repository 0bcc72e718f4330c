"""The synonyms as they are looked up: by the morphemes of a word, and by the hanja that one stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index_mappings import SynonymRule
from service.korean.dictionary import Dictionary, in_force
from service.korean.folding import fold_value
from service.search.query_language.terms import tokens_of
from service.search.tree import PositionedTerm

WEIGHT = 0.5
"""What a synonym of as many morphemes counts beside the word itself, which is to come first."""

Terms = tuple[PositionedTerm, ...]

_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the synonyms: its content morphemes, none where it is one hanja and looked for as it is written."""

    text: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class SynonymTable:
    """What each word finds besides itself."""

    found: Mapping[Word, tuple[Word, ...]]
    by_first: Mapping[str, tuple[Word, ...]]
    hanja: Mapping[str, Word]

    def of_terms(self, terms: Sequence[PositionedTerm]) -> Word | None:
        """Return the word whose content morphemes are just these."""
        wanted = tuple(terms)
        return next((word for word in self.by_first.get(wanted[0].term, ()) if word.terms == wanted), None)

    def within(self, text: str) -> Iterator[Word]:
        """Yield the words that stand in a text, the longest one at each place and none within another."""
        yield from (self.hanja[word] for word in dict.fromkeys(fold_value(text).split()) if word in self.hanja)
        content = {index: token.term for index, token in enumerate(tokens_of(text)) if token.content}
        after = 0
        for place, term in content.items():
            if place < after:
                continue
            for word in self.by_first.get(term, ()):
                if all(content.get(place + position) == wanted for position, wanted in word.terms):
                    yield word
                    after = place + word.terms[-1].position + 1
                    break


def synonym_table(rules: tuple[SynonymRule, ...]) -> SynonymTable:
    """Return the rules as a table; words without a content morpheme find nothing and are left out."""
    return _table(rules, in_force())


def weight(word: Terms, other: Terms) -> float:
    """Return what a match of `other` counts where `word` was written: the scores of its morphemes would add up."""
    return WEIGHT * min(1.0, max(len(word), 1) / max(len(other), 1))


def terms_of(text: str) -> Terms:
    """Return the content morphemes of a text at their distances, none where it has none."""
    return _terms_by(in_force(), text)


@lru_cache(maxsize=1 << 12)
def _terms_by(dictionary: Dictionary, text: str) -> Terms:  # noqa: ARG001 -- by which the text is cut
    content = [(index, token.term) for index, token in enumerate(tokens_of(text)) if token.content]
    return tuple(PositionedTerm(index - content[0][0], term) for index, term in content)


def is_hanja(text: str) -> bool:
    """Return whether a word is one hanja: its reading alone would find every word with that syllable."""
    return len(text) == 1 and bool(_HANJA.fullmatch(text))


@lru_cache(maxsize=8)
def _table(rules: tuple[SynonymRule, ...], dictionary: Dictionary) -> SynonymTable:  # noqa: ARG001 -- by which the words are cut
    found: defaultdict[Word, dict[Word, None]] = defaultdict(dict)
    for rule in rules:
        words, others = ([word for word in map(_word, texts) if word] for texts in (rule.words, rule.found))
        for word in words:
            found[word] |= dict.fromkeys(
                other for other in (*words, *others) if other.terms != word.terms or other.text != word.text
            )
    by_first: defaultdict[str, list[Word]] = defaultdict(list)
    for word in sorted(found, key=lambda word: len(word.terms), reverse=True):
        if word.terms:
            by_first[word.terms[0].term].append(word)
    return SynonymTable(
        {word: tuple(other for other in others if not _holds(other, word)) for word, others in found.items()},
        {term: tuple(words) for term, words in by_first.items()},
        {word.text: word for word in found if not word.terms},
    )


def _word(text: str) -> Word | None:
    if is_hanja(text):
        return Word(text, ())
    terms = terms_of(text)
    return Word(text, terms) if terms else None


def _holds(other: Word, word: Word) -> bool:
    """Return whether whatever finds `other` finds `word` as well, so that looking for it changes nothing."""
    inner = [(position, term) for position, term in word.terms]
    return bool(inner) and any(
        all((position + first.position, term) in other.terms for position, term in inner) for first in other.terms
    )
