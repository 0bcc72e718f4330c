"""The synonyms: words that find each other, in the format of Solr's synonym files."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index_mappings.user_dictionary import BadLine

FILE = "synonyms.txt"
LONGEST_SYNONYM = 50
MOST_OF_A_LINE = 20

_ARROW = "=>"
_ALLOWED = re.compile(r"[가-힣A-Za-z0-9\u3400-\u9fff\uf900-\ufaff][가-힣A-Za-z0-9\u3400-\u9fff\uf900-\ufaff .·&+/-]*")
_SYLLABLE = re.compile(r"[가-힣A-Za-z0-9]")


class SynonymRule(NamedTuple):
    """A line: each of `words` finds all others of them and all of `found`; those of `found` find nothing by it."""

    words: tuple[str, ...]
    found: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Return the rule as it is written in a file."""
        return ", ".join(self.words) + (f" {_ARROW} {', '.join(self.found)}" if self.found else "")


def parse_synonyms(text: str) -> tuple[tuple[SynonymRule, ...], tuple[BadLine, ...]]:
    """Return the rules of a file and the lines that are none; blank lines and what stands behind # are passed over."""
    rules: dict[SynonymRule, None] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        written = unicodedata.normalize("NFKC", line.partition("#")[0]).removeprefix("\ufeff").strip()
        if not written:
            continue
        left, arrow, right = written.partition(_ARROW)
        rule = SynonymRule(_split(left), _split(right) if arrow else ())
        problem = _problem(rule, bool(arrow)) or (_REPEATED if rule in rules else None)
        if problem:
            bad.append(BadLine(number, line.strip(), *problem))
        else:
            rules[rule] = None
    return tuple(rules), tuple(bad)


@cache
def shipped_synonyms() -> tuple[SynonymRule, ...]:
    """Return the rules that come with the service; ValueError where a line of the file is none."""
    rules, bad = parse_synonyms(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    if bad:
        raise ValueError(f"{FILE}, line {bad[0].number}: {bad[0].en}")
    return rules


_REPEATED = ("앞에 같은 줄이 있습니다. 한 줄만 남기세요.", "The same line stands above. Leave one of them.")
_TOO_FEW = (
    "낱말이 둘 이상이어야 합니다. 쉼표로 나누어 쓰세요.",
    "A line has two words or more. Write them with commas between.",
)


def _split(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(","))


def _problem(rule: SynonymRule, one_way: bool) -> tuple[str, str] | None:
    words = (*rule.words, *rule.found)
    if not all(words):
        return (
            "빈 낱말이 있습니다. 남는 쉼표나 화살표를 지우세요.",
            "A word is empty. Take out the comma or arrow that is too many.",
        )
    if len(words) < 2 or (one_way and not rule.found):
        return _TOO_FEW
    if len(words) > MOST_OF_A_LINE:
        return (
            f"한 줄에는 {MOST_OF_A_LINE}개까지 씁니다. 줄을 나누세요.",
            f"A line has {MOST_OF_A_LINE} words at most. Make two of it.",
        )
    if len({word.casefold() for word in words}) < len(words):
        return "같은 낱말이 두 번 있습니다. 하나를 지우세요.", "A word stands there twice. Take one out."
    return next(filter(None, map(_problem_of_word, words)), None)


def _problem_of_word(word: str) -> tuple[str, str] | None:
    if not _ALLOWED.fullmatch(word):
        return (
            f"{word}: 한글, 영문, 한자, 숫자와 낱말 사이의 빈칸, . · & + / -만 쓸 수 있습니다.",
            f"{word}: only Hangul, Latin letters, hanja, figures and, within it, blanks and . · & + / - can stand.",
        )
    if len(word) > LONGEST_SYNONYM:
        return (
            f"{word}: {LONGEST_SYNONYM}자까지입니다. 줄여 쓰세요.",
            f"{word}: {LONGEST_SYNONYM} characters at most. Make it shorter.",
        )
    if len(word) == 1 and _SYLLABLE.fullmatch(word):
        return (
            f"{word}: 한 글자는 너무 많은 기사를 찾습니다. 두 글자 이상으로 쓰세요(한자는 한 글자도 됩니다).",
            f"{word}: one character finds too much. Write two or more (one hanja is fine).",
        )
    return None
