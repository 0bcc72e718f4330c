"""Hangul syllables and the letters they are made of (Unicode 3.12, conjoining jamo behaviour)."""

from __future__ import annotations

from typing import NamedTuple

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
PAIRS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
}  # fmt: skip
"""The letters that are struck as two, one after the other."""
JOINED = {pair: letter for letter, pair in PAIRS.items()}

_FIRST, _LAST = 0xAC00, 0xD7A3


class Syllable(NamedTuple):
    """The letters of one syllable; `final` is empty where there is none."""

    initial: str
    vowel: str
    final: str


def syllable_of(character: str) -> Syllable | None:
    """Return the letters of a composed syllable; None for any other character."""
    code = ord(character)
    if not _FIRST <= code <= _LAST:
        return None
    rest, final = divmod(code - _FIRST, len(FINALS))
    initial, vowel = divmod(rest, len(VOWELS))
    return Syllable(INITIALS[initial], VOWELS[vowel], FINALS[final])


def compose(initial: str, vowel: str, final: str = "") -> str:
    """Return the syllable of these letters."""
    place = INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)
    return chr(_FIRST + place * len(FINALS) + FINALS.index(final))


def letters_of(text: str) -> str:
    """Return the text with each syllable in its letters, those that are struck as two taken apart."""
    found = []
    for character in text:
        for letter in syllable_of(character) or character:
            found.append(PAIRS.get(letter, letter))
    return "".join(found)
