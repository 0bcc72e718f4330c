"""Who speaks where a quotation's own sentence names nobody: the sentences around it tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from service.enrichment.lexicon import words
from service.enrichment.sentences import QuotedSpan
from service.enrichment.speakers_references import References
from service.enrichment.speakers_subjects import Subject, Subjects

OWNED = re.compile(rf"의 (?:{'|'.join(sorted(words('speakers', 'own_words'), key=len, reverse=True))})")
MARKS = re.compile('["“‘]')
STOP = re.compile(r"[.?!][\"”’']?(?=\s|$)")
_ANNOUNCES = re.compile(
    r"(?:이렇게|같이|이런 말|한마디|말한다|말이다|말했다|전했다|적었다|밝혔다|물었다|답했다|외쳤다)"
)
_TELLS = re.compile(r"(?:말이다|말했다|했다|외쳤다|물었다|한숨|웃었다|목소리다|고백이다|하소연이다|전했다|소감이다)[.]")
_NAME_ENDS = re.compile(r"(?:씨|군|양)?(?:\([^()]*\))?[.:]?")
_REACH = 200  # code points behind a quotation in which the scene names who spoke

Resolve = Callable[[Sequence[Subject]], list[Subject]]


class Scene:
    """The sentences before and behind a quotation that is a sentence of its own."""

    def __init__(self, subjects: Subjects, references: References, resolve: Resolve) -> None:
        self._subjects = subjects
        self._body = subjects.body
        self._references = references
        self._resolve = resolve

    def speaker(self, span: QuotedSpan, end: int, starts: Sequence[int]) -> str | None:
        """Return who is said to speak; `end` is the paragraph's, `starts` are where sentences begin up to there."""
        return self._announced(span, starts) or self._acting_behind(span, end) or self._in_next_paragraph(span, end)

    def acting(self, start: int, limit: int) -> str | None:
        """Return the first person between two offsets who does something or whose words they are."""
        for mention in self._subjects.mentions(start, limit):
            if self._subjects.role(mention.phrase_end, limit) or OWNED.match(self._body, mention.phrase_end):
                return mention.name
        return None

    def _announced(self, span: QuotedSpan, starts: Sequence[int]) -> str | None:
        """Return the subject of the sentence right before the quote, where that says that somebody speaks."""
        index = bisect_left(starts, span.start) - 1
        if index < 0:
            return None
        begin = starts[index]
        text = self._body[begin : span.start].rstrip()
        mentions = self._subjects.mentions(begin, span.start)
        if mentions and _NAME_ENDS.fullmatch(self._body[mentions[-1].phrase_end : span.start].strip()):
            return mentions[-1].name
        if MARKS.search(text):
            return None
        owners = [
            mention for mention in mentions if OWNED.match(_without_honorific(text[mention.phrase_end - begin :]))
        ]
        if owners:
            return owners[-1].name
        if not _ANNOUNCES.search(text[-30:]):
            return None
        return _topic_of(self._resolve(self._subjects.between(begin, span.start)))

    def _acting_behind(self, span: QuotedSpan, end: int) -> str | None:
        """Return who acts in the sentences behind the quotation, in its paragraph."""
        limit = min(end, span.end + _REACH)
        cut = MARKS.search(self._body, span.end, limit)
        limit = cut.start() if cut else limit
        if not self._body[span.end : limit].strip():
            return None
        named = self.acting(span.end, limit)
        if named:
            return named
        found = [subject for subject in self._resolve(self._subjects.between(span.end, limit)) if subject.sure]
        return found[0].name if found else None

    def _in_next_paragraph(self, span: QuotedSpan, end: int) -> str | None:
        """Return who is said to have spoken in the sentence below a quotation that is a paragraph of its own."""
        if self._body[span.end : end].strip():
            return None
        window = self._body[end : end + _REACH]
        start = end + len(window) - len(window.lstrip())
        stop = STOP.search(self._body, start, end + _REACH)
        limit = stop.end() if stop else min(len(self._body), end + _REACH)
        sentence = self._body[start:limit]
        if MARKS.search(sentence) or not _TELLS.search(sentence):
            return None
        return self.acting(start, limit)


def _without_honorific(text: str) -> str:
    return re.sub(r"^ ?(?:씨|군|양|옹|측)?(?:\([^()]{0,30}\))?", "", text)


def _topic_of(subjects: Sequence[Subject]) -> str | None:
    sure = [subject for subject in subjects if subject.sure]
    chosen = [subject for subject in sure if subject.topic] or sure
    return chosen[-1].name if chosen else None
