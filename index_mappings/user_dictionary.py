"""The user dictionary: words that both analysers take whole, in the format of nori's rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FILE = "user_dictionary.txt"
LONGEST_WORD = 50

_HANGUL = re.compile(r"[가-힣]")
_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ALLOWED = re.compile(r"[가-힣A-Za-z0-9]+")


class UserWord(NamedTuple):
    """A word and the parts it is made of, none where it is one token."""

    word: str
    parts: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """Return the word as a line of nori's `user_dictionary_rules`."""
        return " ".join((self.word, *self.parts))


class BadLine(NamedTuple):
    """A line that cannot be taken: its number from 1, its text, and what to do, in Korean and in English."""

    number: int
    text: str
    ko: str
    en: str


def parse_words(text: str) -> tuple[tuple[UserWord, ...], tuple[BadLine, ...]]:
    """Return the words of a file and the lines that are none; blank lines and what stands behind # are passed over."""
    words: dict[str, UserWord] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        written = unicodedata.normalize("NFKC", line.partition("#")[0]).removeprefix("\ufeff").split()
        if not written:
            continue
        word = UserWord(written[0], tuple(written[1:]))
        problem = _problem(word) or (_REPEATED if word.word in words else None)
        if problem:
            bad.append(BadLine(number, line.strip(), *problem))
        else:
            words[word.word] = word
    return tuple(words.values()), tuple(bad)


def merge_words(*lists: Iterable[UserWord]) -> tuple[UserWord, ...]:
    """Return the words of all lists in their order; of a word that stands in several the last one counts."""
    merged: dict[str, UserWord] = {}
    for words in lists:
        merged |= {word.word: word for word in words}
    return tuple(merged[word] for word in sorted(merged))


@cache
def shipped_words() -> tuple[UserWord, ...]:
    """Return the words that come with the service; ValueError where a line of the file is none."""
    words, bad = parse_words(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    if bad:
        raise ValueError(f"{FILE}, line {bad[0].number}: {bad[0].en}")
    return merge_words(words)


_REPEATED = (
    "앞에 이미 있는 낱말입니다. 한 줄만 남기세요.",
    "The word stands in the file already. Leave one of the lines.",
)


def _problem(word: UserWord) -> tuple[str, str] | None:
    if _HANJA.search(word.word):
        return "한자는 쓸 수 없습니다. 한글로 쓰세요.", "Hanja cannot be used. Write the word in Hangul."
    if not all(map(_ALLOWED.fullmatch, (word.word, *word.parts))):
        return (
            "한글, 영문, 숫자만 쓸 수 있습니다. 다른 글자를 빼세요.",
            "Only Hangul, Latin letters and figures can be used. Take out the others.",
        )
    if not _HANGUL.search(word.word) or len(word.word) < 2:
        return (
            "한글이 들어간 두 글자 이상의 낱말이어야 합니다. 영문과 한글을 잇는 말은 동의어 파일에 쓰세요.",
            "A word has two characters or more, one of them Hangul. English for Korean words goes into the synonyms.",
        )
    if len(word.word) > LONGEST_WORD:
        return (
            f"낱말은 {LONGEST_WORD}자까지입니다. 줄여 쓰세요.",
            f"A word has {LONGEST_WORD} characters at most. Make it shorter.",
        )
    if word.parts and "".join(word.parts) != word.word:
        return (
            f"뒤에 쓴 조각을 이으면 {''.join(word.parts)}입니다. 이으면 {word.word}이(가) 되게 쓰세요.",
            f"The parts make up {''.join(word.parts)}. Write parts that make up {word.word}.",
        )
    return None
