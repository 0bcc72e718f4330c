"""The words of a body that are its own: without datelines, bylines and notices that outlets write around a text."""

from __future__ import annotations

import re

from service.korean.folding import fold_value

_ROLE = "(?:선임|인턴|객원)?(?:기자|특파원|통신원|PD)"
_PREFIX = re.compile(rf"^(?:[(\[【][^)\]】\n]{{1,40}}[)\]】] ?)?(?:[가-힣·\s]{{2,30}}{_ROLE} ?)?(?:= ?|[|ㅣ] ?)")
_BRACKETED = re.compile(r"^[(\[【][^)\]】\n]{0,40}(?:=|기자|특파원|뉴스|통신|신문|일보)[^)\]】\n]{0,40}[)\]】] ?=? ?")
_TAIL = re.compile(
    r"무단 ?전재|재배포 ?금지|저작권자|all rights reserved|ⓒ|copyright|^\(끝\)$|^[\w.+-]+@[\w-]+\.[\w.]+$"
    rf"|^(?:[가-힣]{{2,4}}(?:[·,] ?[가-힣]{{2,4}}){{0,4}} ?){_ROLE}\.?(?: [\w.+-]+@[\w.-]+)?$",
    re.IGNORECASE,
)
_INLINE_TAIL = re.compile(r"(?: ?[가-힣]{2,4} ?(?:기자|특파원))? ?[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}$")
_LONGEST_TAIL = 300  # characters: a longer line is text, whatever stands at its end
_WORD = re.compile(r"[^\W_]+")


def content_words(text: str) -> list[str]:
    """Return the words of a text in order, folded, without marks and without what outlets write around it."""
    return words("\n".join(filter(None, map(_content, text.splitlines()))))


def words(text: str) -> list[str]:
    """Return every run of letters and digits, folded."""
    return _WORD.findall(fold_value(text))


def _content(line: str) -> str:
    line = line.strip()
    if len(line) <= _LONGEST_TAIL and _TAIL.search(line):
        return ""
    line = _PREFIX.sub("", _BRACKETED.sub("", line, count=1), count=1)
    # Without an at sign there is no address to look for, and the search for one takes longest.
    return _INLINE_TAIL.sub("", line) if "@" in line[-200:] else line
