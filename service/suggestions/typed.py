"""What is typed so far as patterns of what it may become."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from service.korean.jamo import FINALS, INITIALS, JOINED, PAIRS, VOWELS, compose, syllable_of
from service.korean.keyboard import in_other_layout
from service.search.completion import LONGEST_COMPLETED, SEPARATOR, group_of, words_of
from service.search.tree import FilterField

_BLANK = " ?"  # words are written together and apart
_BETWEEN_RUNS = ".?"  # whatever punctuation stands there
_CLOSING = "[\"'”’」』》〉)]?"  # may stand before a title or particle after a name
_ENDING = 3  # syllables that may follow the mark
_BROAD = 2  # characters, of which each may be a mere consonant
_MOST_WORDS = 8  # of a title that are looked for, so that the query stays bounded


@dataclass(frozen=True, slots=True)
class Typed:
    """One reading of what was typed: for each word between blanks its runs of letters and figures, folded.

    The last run may be half typed.
    """

    words: tuple[tuple[str, ...], ...]

    @property
    def characters(self) -> str:
        """Return what was typed without blanks and punctuation."""
        return "".join(run for word in self.words for run in word)

    @property
    def group(self) -> str:
        """Return the group of the terms that may begin like this."""
        return group_of(self.characters)

    @property
    def beginning(self) -> str:
        """Return the pattern of a text that begins like this, up to there; blanks may stand anywhere or nowhere."""
        characters = self.characters
        return _BLANK.join([*map(_whole, characters[:-1]), _half_typed(characters[-1])])

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Return literal beginnings, of which each text that begins like this has one; none where they are too many.

        These are two characters with or without a blank between them, where those are not mere consonants.
        """
        first, second = self.characters[:1], self.characters[1:2]
        if not second or first in INITIALS or second in INITIALS:
            return ()
        seconds = (second,) if len(self.characters) > 2 else _beginnings(second)
        return tuple(first + blank + second for second in seconds for blank in ("", " "))

    @property
    def word_patterns(self) -> tuple[str, ...]:
        """Return for each of the first words the pattern of a written word that begins with it."""
        *before, last = self.words
        *runs, ending = last
        half_typed = _written([*map(_whole, ending[:-1]), _half_typed(ending[-1], "")])
        patterns = [
            *map(_word, before),
            _BETWEEN_RUNS.join([*(_written([*map(_whole, run)]) for run in runs), half_typed]),
        ]
        return tuple(f"{pattern}.*" for pattern in patterns[:_MOST_WORDS])

    @property
    def is_broad(self) -> bool:
        """Return whether many values can be expected to begin like this."""
        return len(self.characters) <= _BROAD

    @property
    def is_short(self) -> bool:
        """Return whether a value or a word may be as long, and a pattern of it within what engines take."""
        return len(self.characters) <= LONGEST_COMPLETED

    def term_pattern(self, fields: tuple[FilterField, ...]) -> str | None:
        """Return the pattern of the terms of these fields' values, of all where none is named.

        None where these are all terms of the group.
        """
        if not fields:
            return None if self.characters in INITIALS else f"{self.beginning}.*"
        return f"{self.beginning}[^{SEPARATOR}]*{SEPARATOR}({'|'.join(fields)}){SEPARATOR}.*"


def readings(text: str) -> tuple[Typed, ...]:
    """Return what may have been typed, the text itself first, then the same keys in the other layout."""
    other = in_other_layout(text)
    found = [_typed(text, _apart), *([_typed(other, str)] if other else [])]
    return tuple(dict.fromkeys(reading for reading in found if reading.words))


def _typed(text: str, written: Callable[[str], str]) -> Typed:
    words = (tuple(map(written, words_of(word))) for word in text.split())
    return Typed(tuple(word for word in words if word))


def _apart(run: str) -> str:
    # Some input methods join two initial consonants that are struck one after the other: `ㄱㅅ` comes as `ㄳ`.
    return "".join(PAIRS.get(letter, letter) for letter in run)


def _word(runs: Iterable[str]) -> str:
    return _BETWEEN_RUNS.join(_written([*map(_whole, run)]) for run in runs)


def _written(characters: Sequence[str]) -> str:
    """Return the pattern of a run in a text, where a name may be closed by a quotation mark before its ending."""
    name = max(len(characters) - _ENDING, 1)
    return "".join(characters[:name]) + "".join(_CLOSING + character for character in characters[name:])


def _whole(character: str) -> str:
    """Return the pattern of a character that is typed in full; a consonant stands for any syllable it begins."""
    if character in INITIALS:
        return f"[{character}{_from(character)}]"
    return character


def _half_typed(character: str, blank: str = _BLANK) -> str:
    """Return the pattern of what the last character may become: its final may begin the next syllable."""
    syllable = syllable_of(character)
    if syllable is None:
        return _whole(character)
    if not syllable.final:
        return f"[{''.join(_with_any_final(syllable.initial, vowel) for vowel in _vowels_from(syllable.vowel))}]"
    pair = PAIRS.get(syllable.final)
    kept, moved = (pair[0], pair[1]) if pair else ("", syllable.final)
    exact = f"[{''.join(compose(syllable.initial, syllable.vowel, final) for final in _finals_from(syllable.final))}]"
    return f"({exact}|{compose(syllable.initial, syllable.vowel, kept)}{blank}[{_from(moved)}])"


@cache
def _beginnings(character: str) -> tuple[str, ...]:
    """Return what a text may begin with in which this is the last character that was typed."""
    syllable = syllable_of(character)
    if syllable is None:
        return (character,)
    if not syllable.final:
        return tuple(
            compose(syllable.initial, vowel, final) for vowel in _vowels_from(syllable.vowel) for final in FINALS
        )
    kept = PAIRS.get(syllable.final, "")[:1]
    finals = [*_finals_from(syllable.final), kept]
    return tuple(compose(syllable.initial, syllable.vowel, final) for final in finals)


@cache
def _from(initial: str) -> str:
    return f"{compose(initial, VOWELS[0])}-{compose(initial, VOWELS[-1], FINALS[-1])}"


def _with_any_final(initial: str, vowel: str) -> str:
    return f"{compose(initial, vowel)}-{compose(initial, vowel, FINALS[-1])}"


def _vowels_from(vowel: str) -> list[str]:
    return [vowel, *(letter for pair, letter in JOINED.items() if pair[0] == vowel and letter in VOWELS)]


def _finals_from(final: str) -> list[str]:
    return [final, *(letter for pair, letter in JOINED.items() if pair[0] == final and letter in FINALS)]
