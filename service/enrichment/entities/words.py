"""Written words of an analysed text, and how each may be read: a stem and the particles that follow it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from service.korean.analysis import Analysis, Morpheme

_WORD = re.compile(r"[0-9A-Za-z가-힣\u4e00-\u9fff\uff10-\uff19&]+")
_BRACKETS = re.compile(r"\([^()\n]{0,60}\)|\[[^\[\]\n]{0,60}\]")

_ANY = (
    "의 에 도 만 에서 에게 에게서 께서 께서는 까지 부터 처럼 보다 마다 조차 에는 에도 에만 에선 에서는 에서도 에서의 에서부터 "
    "에까지 에게는 에게도 까지는 까지도 부터는 만의 만이 만은 만을 만큼 하고 뿐 뿐만 이란 이라는 측 측은 측이 측의 측에 들 들은 들이 "
    "들을 들의 들에게 대로 밖에 같은 씨 씨는 씨가 씨의 씨를 씨도 씨와 씨에게 에다 에서만 에게만 마저 치고 한테 입니다 이었다"
).split()
_AFTER_CONSONANT = (
    "은 이 을 과 으로 이라 이라고 이라며 이라면서 이나 이며 이고 이다 이란 이야 이든 이었고 이었으며 이지만 인 인데 이자 과의 과는 과도 "
    "으로는 으로도 으로서 으로써 으로부터 으로의 이라도 이면 임을 임에도 이어서 이었던 이던 으로만"
).split()
_AFTER_VOWEL = (
    "는 가 를 와 라 라고 라며 라면서 나 며 고 다 란 야 든 였고 였으며 였다 지만 인 인데 자 와의 와는 와도 라는 라도 여서 였던 던"
).split()
_AFTER_VOWEL_OR_L = "로 로는 로도 로서 로써 로부터 로의 로만".split()

_LONGEST = 5


class Word(NamedTuple):
    """A run of letters and digits; `gap` stands between the word before and this one, brackets left out."""

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
    position = start
    gap = ""
    for skip_start, skip_end in [*skipped, (end, end)]:
        for match in _WORD.finditer(text, position, skip_start):
            words.append(Word(match.group(), match.start(), match.end(), gap + text[position : match.start()]))
            position, gap = match.end(), ""
        gap += text[position:skip_start]
        position = skip_end
    return tuple(words)


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> tuple[Reading, ...]:
    """Return how a word may be read, the longest stem first; the first reading is the word as it stands."""
    found = [Reading(word, "")]
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
    first = bisect_left(morphemes, start, key=lambda morpheme: morpheme.end - 1)
    last = first
    while last < len(morphemes) and morphemes[last].start < end:
        last += 1
    return morphemes[first:last]
