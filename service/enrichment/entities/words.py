"""Written words of an analysed text, and how each may be read: a stem and the particles that follow it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from service.enrichment.lexicon import words as listed
from service.korean.analysis import Analysis, Morpheme
from service.korean.word_cache import kept_for_words

_WORD = re.compile(r"(?:[0-9A-Za-z가-힣\u4e00-\u9fff\uff10-\uff19&]|(?<=[0-9])[·ㆍ‧](?=[0-9]))+")
_BRACKETS = re.compile(r"\([^()\n]{0,60}\)|\[[^\[\]\n]{0,60}\]")

_ANY = listed("grammar", "words_any")
_AFTER_CONSONANT = listed("grammar", "words_after_consonant")
_AFTER_VOWEL = listed("grammar", "words_after_vowel")
_AFTER_VOWEL_OR_L = listed("grammar", "words_after_vowel_or_l")

_LONGEST = 5


class Word(NamedTuple):
    """A run of letters and digits (`5·18` is one); `gap` stands between the word before and it, brackets left out."""

    text: str
    start: int
    end: int
    gap: str


class Reading(NamedTuple):
    """One way to read a word: a stem, and the particle that follows it or an empty string."""

    stem: str
    particle: str


class Line(NamedTuple):
    """The words of one text outside brackets, or of one pair of brackets, with the morphemes of that text."""

    words: tuple[Word, ...]
    analysis: Analysis
    starting: Mapping[int, Morpheme]
    """The morphemes of the text by their start."""
    local: frozenset[str] = frozenset()
    """Cities, counties and districts that no list holds and the article tells: see `local_names`."""


def lines_of(analysis: Analysis) -> tuple[Line, ...]:
    """Return the words outside brackets as one line and those of each pair of brackets as another."""
    text = analysis.text
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    outside = _words(text, 0, len(text), brackets)
    inside = [_words(text, start, end, []) for start, end in brackets]
    starting = {morpheme.start: morpheme for morpheme in analysis.morphemes}
    return tuple(Line(words, analysis, starting) for words in (outside, *inside) if words)


def _words(text: str, start: int, end: int, skipped: list[tuple[int, int]]) -> tuple[Word, ...]:
    words: list[Word] = []
    make = tuple.__new__  # a NamedTuple's own constructor takes twice as long
    position = start
    gap = ""
    for skip_start, skip_end in [*skipped, (end, end)]:
        for match in _WORD.finditer(text, position, skip_start):
            first, last = match.span()
            words.append(make(Word, (text[first:last], first, last, gap + text[position:first])))
            position, gap = last, ""
        gap += text[position:skip_start]
        position = skip_end
    return tuple(words)


@kept_for_words(1 << 16)
def readings(word: str) -> tuple[Reading, ...]:
    """Return how a word may be read, the longest stem first; the first reading is the word as it stands."""
    found = [Reading(word, "")]
    if word[-1:] not in _LAST_SYLLABLES:
        return tuple(found)
    for length in range(1, min(_LONGEST, len(word) - 1) + 1):
        stem, particle = word[:-length], word[-length:]
        if particle in _PARTICLES and _agrees(stem[-1], _PARTICLES[particle]):
            found.append(Reading(stem, particle))
    return tuple(found)


def has_particle(word: str) -> bool:
    """Tell whether the word may end in a particle."""
    return len(readings(word)) > 1


_PARTICLES: dict[str, str] = (
    dict.fromkeys(_AFTER_VOWEL_OR_L, "vowel or l")
    | dict.fromkeys(_AFTER_VOWEL, "vowel")
    | dict.fromkeys(_AFTER_CONSONANT, "consonant")
    | dict.fromkeys(set(_AFTER_VOWEL) & set(_AFTER_CONSONANT), "any")
    | dict.fromkeys(_ANY, "any")
)
_LAST_SYLLABLES = frozenset(particle[-1] for particle in _PARTICLES)


def _agrees(last: str, kind: str) -> bool:
    """Tell whether a particle of this kind may follow the syllable; after other scripts anything may."""
    if not "가" <= last <= "힣" or kind == "any":
        return True
    final = (ord(last) - 0xAC00) % 28
    if kind == "consonant":
        return final != 0
    return final == 0 or (kind == "vowel or l" and final == 8)


def morphemes_of(analysis: Analysis, start: int, end: int) -> tuple[Morpheme, ...]:
    """Return the morphemes that touch the span."""
    morphemes = analysis.morphemes
    first = bisect_right(analysis.ends, start)
    last = first
    while last < len(morphemes) and morphemes[last].start < end:
        last += 1
    return morphemes[first:last]
