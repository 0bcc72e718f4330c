"""Pasted lines: normalised text with what the layout tells of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DELETED = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad"))
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.?!。…][\"'”’」』)\]>]{0,3}$|[.?!][\"'”’]?\s?\([^()]{1,30}\)$")
_FINAL = re.compile(r"(?:[다요까죠네음임함됨짐래라오지걸데군야자]|니다|세요)[.?!]{1,3}[\"'”’」』)\]]{0,3}$")
_SPACED_LABEL = re.compile(r"^[가-힣](?: [가-힣]){1,3} ?(?=[:：])")
_TABBED_LABEL = re.compile(r"^[가-힣](?:[ \u3000]{1,4}[가-힣]){1,3}[ \u3000]*(?=\t)")
_BAR = re.compile(r"(?:(?<=\s)|^)[lI](?=\s|$)|[ㅣ│︱¦｜┃∣]")
_ASKED = 256  # lines whose answer is kept: several rules ask the same of one
_CELLS = re.compile(r"\t| {2,}|\u3000{1,}| ?\| ?")


def normalize(text: str) -> str:
    """Return the text in NFC without invisible characters, with single spaces and stripped ends."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_DELETED)).split())


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line: normalised text, blank lines before it, leading blanks, and the raw text."""

    text: str
    blanks_before: int
    indent: int
    raw: str

    @property
    def cells(self) -> list[str]:
        """Return the cells of a table row parted by tabs, bars or wide gaps."""
        return [cell for cell in map(normalize, _CELLS.split(self.raw.strip())) if cell]


def split_lines(text: str) -> list[Line]:
    """Return the non-blank lines of a paste."""
    lines: list[Line] = []
    known: dict[tuple[str, int], Line | None] = {}
    blanks = 0
    for raw in _LINE_END.split(text):
        key = (raw, blanks)
        line = known[key] if key in known else known.setdefault(key, _line(raw, blanks))
        blanks = 0 if line else blanks + 1
        if line:
            lines.append(line)
    return lines


def _line(raw: str, blanks: int) -> Line | None:
    normal = normalize(raw)
    if not normal:
        return None
    visible = raw.translate(_DELETED)
    tabbed = _TABBED_LABEL.match(visible)
    if tabbed:
        visible = tabbed.group().replace(" ", "").replace("\u3000", "") + visible[tabbed.end() :]
    elif _SPACED_LABEL.match(normal):
        visible = _SPACED_LABEL.sub(lambda label: label.group().replace(" ", ""), normal)
    return Line(normal, blanks, len(visible) - len(visible.lstrip()), visible)


def barred(text: str) -> str:
    """Return the text with the letters and bars that part its pieces (`l`, `ㅣ`, `︱`) written as `|`."""
    return _BAR.sub("|", text)


@lru_cache(_ASKED)
def ends_sentence(text: str) -> bool:
    """Tell whether the text ends like a sentence, with its stop."""
    return _SENTENCE_END.search(text[-40:]) is not None


@lru_cache(_ASKED)
def is_sentence(text: str) -> bool:
    """Tell whether the text ends in a Korean predicate with its stop, as running text does."""
    tail = text[-40:]
    if _FINAL.search(tail):
        return len(text) >= 6
    return ends_sentence(text) and len(text) >= 40


def is_running_text(text: str) -> bool:
    """Tell whether the text can only be running text: a full sentence, or far longer than a headline."""
    return is_sentence(text) or len(text) > 150
