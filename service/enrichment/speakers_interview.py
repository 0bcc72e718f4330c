"""Printed interviews: who answers."""

from __future__ import annotations

import re
from functools import cached_property

from service.enrichment.texts import Texts

_ANSWER = re.compile(r"^(?:[-–—] |A[.:)] ?|답[.:)] ?|△답 ?|[▷▶]답 ?)")
_QUESTION = re.compile(r"^(?:▶|Q[.:)]? ?|문[.:)] ?|[-–—].*[?]$|◆|◇|[-–—] .{2,80}(?:나|가|은|는|면|지)[.?]$)")
_OWN = re.compile(r"(?:이?라)?고[^.]{0,20}(?:말했|했|답했|얘기했|이야기했)")


class Interview:
    """The questions and answers of one article, if it is an interview."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def is_answer(self, head: str) -> bool:
        """Tell whether a paragraph that begins so is an answer of an interview."""
        return _ANSWER.match(head) is not None and self._interviewee is not None

    def answerer(self, head: str, after: str) -> str | None:
        """Return the interviewee where an answer tells what its speaker said; None for words of others."""
        return self._interviewee if self.is_answer(head) and _OWN.match(after) else None

    def host_of(self, body: str, position: int) -> str | None:
        """Return the interviewee, whom `그` means wherever an interview tells and nobody answers."""
        if self._interviewee is None:
            return None
        start = body.rfind("\n", 0, position) + 1
        return None if _ANSWER.match(body[start : start + 6]) else self._interviewee

    @cached_property
    def _interviewee(self) -> str | None:
        """Return the person whom an interview names first, where its body has questions and answers."""
        lines = [line for line in self._texts.body.text.splitlines() if line.strip()]
        answers = sum(1 for line in lines if _ANSWER.match(line))
        if answers < 2 or not any(_QUESTION.match(line) for line in lines):
            return None
        mentions = (mention for mentions in self._texts.people for mention in mentions)
        return next((mention.name for mention in mentions if " " in mention.name or len(mention.name) > 1), None)
