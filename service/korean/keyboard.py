"""Keys struck in the other layout: Hangul (dubeolsik, KS X 5002) for Latin and Latin for Hangul."""

from __future__ import annotations

import re

from service.korean.jamo import FINALS, INITIALS, JOINED, VOWELS, compose, letters_of

_KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
_LETTERS = {letter: key for key, letter in _KEYS.items()}
_LATIN = re.compile("[A-Za-z]")
_HANGUL = re.compile("[가-힣ㄱ-ㅣ]")


def in_other_layout(text: str) -> str | None:
    """Return what the same keys give in the other layout; None for a text of both scripts or of neither.

    `eorn` gives 대구 and `ㅡㅐㅠㅑㅣㄷ` mobile. Capitals alone are those of a caps lock.
    """
    latin, hangul = bool(_LATIN.search(text)), bool(_HANGUL.search(text))
    if latin == hangul:
        return None
    return to_hangul(text.lower() if text.isupper() else text) if latin else to_latin(text)


def to_latin(text: str) -> str:
    """Return the keys by which a Hangul text is struck, in Latin letters; other characters stay."""
    return "".join(_LETTERS.get(letter, letter) for letter in letters_of(text))


def to_hangul(text: str) -> str:
    """Return the text that these keys give in the Hangul layout; other characters stay."""
    done: list[str] = []
    syllable = ""
    for key in text:
        letter = _KEYS.get(key) or _KEYS.get(key.lower()) or key
        finished, syllable = _struck(syllable, letter)
        done.append(finished)
    return "".join(done) + _composed(syllable)


def _struck(syllable: str, letter: str) -> tuple[str, str]:
    """Return what is finished by a further letter, and the letters of the syllable that is still being written.

    Letters of a syllable: an initial, a vowel (as one letter) and the letters of the final.
    """
    if letter in VOWELS:
        return _vowel_struck(syllable, letter)
    if letter in INITIALS and _takes_final(syllable, letter):
        return "", syllable + letter
    return _composed(syllable), letter


def _vowel_struck(syllable: str, vowel: str) -> tuple[str, str]:
    last = syllable[-1:]
    if last and last in VOWELS:
        joined = JOINED.get(last + vowel)
        return ("", syllable[:-1] + joined) if joined else (_composed(syllable), vowel)
    if last and last in INITIALS:
        # The last consonant begins a syllable with this vowel, whatever it was until now.
        return _composed(syllable[:-1]), last + vowel
    return _composed(syllable), vowel


def _takes_final(syllable: str, letter: str) -> bool:
    if len(syllable) < 2 or syllable[1] not in VOWELS or syllable[0] not in INITIALS:
        return False
    final = syllable[2:] + letter
    return (JOINED.get(final) or final) in FINALS


def _composed(syllable: str) -> str:
    if len(syllable) < 2 or syllable[0] not in INITIALS:
        return syllable
    final = syllable[2:]
    return compose(syllable[0], syllable[1], JOINED.get(final, final))
