"""Words that are spelled nearly like one: by the letters of their syllables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from service.korean.folding import fold_value
from service.korean.jamo import FINALS, INITIALS, VOWELS, compose, letters_of, syllable_of

LONGEST_WORD = 12
"""Characters of a word that is looked for; a longer one is hardly a slip of the finger."""

_ENDING = ".?.?.?"  # particles and endings that a written word may have besides
_LONGEST_ENDING = 3
_LONGEST_PATTERN = 240  # characters: tantivy takes 1,000 states, Elasticsearch 1,000 characters
_SHORT = 3  # characters: with more of them two letters may be wrong
_LONG = 8  # characters: with more of them two that are wrong would make too many patterns
_MOST_CHANGED = 2  # characters that a slip or two can change
_ALIKE = 0.5  # ㅐ and ㅔ sound the same
_SYLLABLE = 1.5
_MOST_LETTERS = 5  # of a syllable: ㅘ, ㄳ and their like count as two
_SOUNDS = str.maketrans("ㅔㅖ", "ㅐㅒ")
_SOUND_ALIKE = frozenset({"ㅐㅔ", "ㅔㅐ", "ㅒㅖ", "ㅖㅒ"})


def is_correctable(word: str) -> bool:
    """Return whether there can be a word like this: two letters or figures or more, and nothing else."""
    return 2 <= len(word) <= LONGEST_WORD and word.isalnum()


def most_wrong(word: str) -> int:
    """Return the number of letters in which another word may differ."""
    return 1 if len(word) <= _SHORT else 2


def near_patterns(word: str, ending: str = _ENDING) -> tuple[str, ...]:
    """Return patterns of the words with one syllable of which one letter is another, or that is left out, is put in or
    has changed places; what follows matches `ending`.
    """
    return _packed(_one_slip(word), ending)


def far_patterns(word: str, ending: str = _ENDING) -> tuple[str, ...]:
    """Return patterns of the words with two syllables of which one letter is another; none for 3 characters or 9."""
    if not _SHORT < len(word) <= _LONG:
        return ()
    classes = [_near_class(character) for character in word]
    pairs = (
        "".join(classes[place] if place in pair else character for place, character in enumerate(word))
        for pair in combinations(range(len(word)), 2)
    )
    return _packed(pairs, ending)


def nearest_beginning(written: str, word: str) -> tuple[float, str] | None:
    """Return the other beginning of a written word that is most like the word, and how unlike; None where none is."""
    if len(set(written) & set(word)) < len(set(word)) - _MOST_CHANGED:
        return None
    most = most_wrong(word)
    shortest = max(len(word) - 1, len(written) - _LONGEST_ENDING, 1)
    beginnings = (written[:length] for length in range(shortest, min(len(word) + 1, len(written)) + 1))
    told = [
        (distance(beginning, word), len(written) - len(beginning), beginning)
        for beginning in beginnings
        if _may_be_within(beginning, word, most)
    ]
    unlike, _, beginning = min((each for each in told if each[0]), default=(math.inf, 0, ""))
    return (unlike, beginning) if unlike <= most else None


def _may_be_within(one: str, other: str, most: float) -> bool:
    """Return false only where `distance` is over `most`: told by the letters alone, as most words are quite unlike."""
    # A letter that is wrong changes what two words do not share by two, one that is missing or too many by one.
    left, apart = _letters(other), 0
    for letter in _letters(one):
        if letter in left:
            left = left.replace(letter, "", 1)
        else:
            apart += 1
    return apart + len(left) <= max(2 * most, _MOST_LETTERS if most >= _SYLLABLE else 0)


@lru_cache(maxsize=1 << 12)
def _letters(text: str) -> str:
    return letters_of(fold_value(text)).translate(_SOUNDS)


def distance(one: str, other: str) -> float:
    """Return the letters that are wrong, missing, too many or have changed places (optimal string alignment).

    Two syllables that have changed places count as one letter, and one that is missing as one and a half at most.
    """
    one, other = fold_value(one), fold_value(other)
    return min(_of_syllables(one, other), _of_letters(letters_of(one), letters_of(other)))


def _of_syllables(one: str, other: str) -> float:
    shorter, longer = sorted((one, other), key=len)
    if any(shorter == longer[:place] + longer[place + 1 :] for place in range(len(longer))):
        return _SYLLABLE
    swapped = (one[:place] + one[place : place + 2][::-1] + one[place + 2 :] for place in range(len(one) - 1))
    return 1.0 if one != other and other in swapped else math.inf


def _of_letters(first: str, second: str) -> float:
    before_last: list[float] = []
    last = [float(column) for column in range(len(second) + 1)]
    for row, letter in enumerate(first, start=1):
        current = [float(row)]
        for column, wanted in enumerate(second, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + _replaced(letter, wanted))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == wanted:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        before_last, last = last, current
    return last[-1]


def _replaced(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    return _ALIKE if letter + wanted in _SOUND_ALIKE else 1.0


def _one_slip(word: str) -> Iterator[str]:
    for place, character in enumerate(word):
        yield word[:place] + _near_class(character) + word[place + 1 :]
        if place:
            yield word[:place] + "." + word[place:]
            yield word[: place - 1] + character + word[place - 1] + word[place + 1 :]
        if len(word) >= _SHORT:
            yield word[:place] + word[place + 1 :]
    yield word + "."


@lru_cache(maxsize=1 << 10)
def _near_class(character: str) -> str:
    syllable = syllable_of(character)
    if syllable is None:
        return "."
    initial, vowel, final = syllable
    others = {compose(other, vowel, final) for other in INITIALS} | {compose(initial, other, final) for other in VOWELS}
    return f"[{compose(initial, vowel)}-{compose(initial, vowel, FINALS[-1])}{''.join(sorted(others))}]"


def _packed(alternatives: Iterable[str], ending: str) -> tuple[str, ...]:
    packs: list[list[str]] = [[]]
    for alternative in dict.fromkeys(alternatives):
        if sum(map(len, packs[-1])) + len(alternative) > _LONGEST_PATTERN:
            packs.append([])
        packs[-1].append(alternative)
    return tuple(f"({'|'.join(pack)}){ending}" for pack in packs if pack)
