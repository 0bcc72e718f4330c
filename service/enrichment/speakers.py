"""Who says a quoted sentence: the subject of its verb, the label before it, or whoever spoke last."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from service.domain.article import Article
from service.enrichment.lexicon import listed, words
from service.enrichment.sentences import QuotedSpan, sentences
from service.enrichment.speakers_interview import Interview
from service.enrichment.speakers_references import References
from service.enrichment.speakers_scene import MARKS, OWNED, STOP, Scene
from service.enrichment.speakers_subjects import Subject, Subjects, is_animate
from service.enrichment.texts import Texts

_VERBS = "|".join(listed("speech", "verbs"))
_NOUN_CLAUSE = r"^(?:이?라|다|자|냐)?는,? (?:등의 |식의 |내용의 |취지의 )?"
_OWNED_CLAUSE = re.compile(r"(?:이?라|다|자|냐)?는,? (?:[것게] ?이? )?")
_GOING_ROUND = "|".join(listed("speakers", "rumours"))
_RUMOUR = re.compile(
    rf"{_NOUN_CLAUSE}[가-힣]{{1,5}}(?:이|가|도|은|는|만|까지|마저)? ?(?:[가-힣]{{1,4}} )?(?:{_GOING_ROUND})"
    rf"|{_NOUN_CLAUSE}[가-힣]{{1,4}}(?:을|를)? (?:받|듣[고는]|들었|들은|들어|사고|샀)"
)
_ASKED = re.compile(
    rf"{_NOUN_CLAUSE}[가-힣 ]{{0,20}}?의? ?(?:질문|물음|지적|비판|요구|요청|제안|질의|의혹|반론|우려)들?(?:에|을|를)"
)
_QUOTATIVE = re.compile(r"(?:이?라)?고[,도는]?,? |(?:이?라)?며[, ]|(?:이?라)?면서")
_REPORTS = re.compile(
    rf"^(?:이?라)?(?:고|고도|고는),? ?(?:[^.?!\"“”]{{0,60}}?[ ,])??(?:{_VERBS})"
    r"|^(?:이?라)?(?:며|면서)|^(?:이?라|다)?는 "
)
_CLAUSE_END = re.compile(r"[다며고자면데만],?\s")
_BRACKETED = re.compile(r"\s?[(（][^()（）]{2,30}[)）]")
_DASHED = re.compile(r"\s?[-–—―] ?(?=[가-힣])")
_LEADING = re.compile(r"^[\s▲△▶▷◆◇■□●○◎·•\-–—*※〉>]{0,4}")
_LABEL_END = re.compile(r"(?:씨|군|양|의 말)?(?:\([^()]{0,30}\))?\s?[=:：|/,\-–—]?\s?$")
_LABEL_POST = re.compile(r"[ |/·(]{1,3}[^.?!\"“”=:|]{0,30}?[)]?\s?[=:：|]?\s?")
_PARTICLE = re.compile(r"(?:은|는|이|가|도|을|를|며|고|에서|에|로|해|께서)[ ,]")
_LEAD = 400  # code points before a quote in which its subject is looked for
_REACH = 120
_STOP_AND_GAP = re.compile(r"[.?!…][”’」』\"')\]]*\s+")
_EARLIER = 300  # code points before a paragraph that its pronouns can point into


class Speakers:
    """Names the speaker of each quoted span of one article, paragraph after paragraph."""

    def __init__(self, article: Article, texts: Texts) -> None:
        self._body = article.body
        self._labels = {label.paragraph: label.name for label in article.speaker_labels}
        self._subjects = Subjects(texts)
        self._interview = Interview(texts)
        self._references = References(self._subjects, self._interview)
        self._scene = Scene(self._subjects, self._references, self._resolved)
        self._last: str | None = None
        self._last_paragraph = -2
        self._paragraph = -1
        self._starts: list[int] = []
        self._quotes: Sequence[QuotedSpan] = ()

    def enter(self, number: int, paragraph: tuple[int, int], quotes: Sequence[QuotedSpan]) -> None:
        """Read the sentences of the next paragraph; `quotes` are its pairs of quotation marks with speech inside."""
        self._paragraph, (self._start, self._end) = number, paragraph
        self._starts = [self._start, *(first for first in self._sentences(*paragraph) if first > self._start)]
        self._known: tuple[int, ...] = ()
        self._quotes = quotes

    def _sentences(self, start: int, end: int) -> Iterator[int]:
        return (first for first, _ in sentences(self._body, start, end))

    def _all_starts(self) -> tuple[int, ...]:
        """Return where the sentences of this paragraph and of those right before it begin."""
        if not self._known:
            window = max(0, self._start - _EARLIER)
            gap = self._body.find("\n", window, self._start) if window else -1
            begin = max(window, gap + 1)
            earlier = (stop.end() for stop in _STOP_AND_GAP.finditer(self._body, begin, self._start))
            self._known = (*sorted({begin, *earlier} - {self._start}), *self._starts)
        return self._known

    def of(self, span: QuotedSpan) -> str | None:
        """Return who says a span of the paragraph entered last, None where nobody can be named."""
        after = self._body[span.end : min(self._end, span.end + _REACH)]
        told = self._attributed(span) or self._owner(span, after)
        if told is None and _ASKED.match(after):
            return self._case_before(span)
        if told is None and _RUMOUR.match(after):
            return None
        told = told or self._told(span, after)
        if told is not None:
            self._last, self._last_paragraph = told, self._paragraph
            self._references.said_by.append((span.start, told))
        return told

    def _told(self, span: QuotedSpan, after: str) -> str | None:
        head = self._body[self._start : self._start + 6]
        told = (
            self._behind(span, after)
            or self._before(span, after)
            or self._scene.acting(span.end, self._limit(span, after))
            or self._labels.get(self._paragraph)
        )
        if told or self._interview.is_answer(head):
            return told or self._interview.answerer(head, after)
        return self._around(span, after)

    def _around(self, span: QuotedSpan, after: str) -> str | None:
        """Return who speaks where the quote's own sentence names nobody: the scene around it, or the last speaker."""
        alone = not self._body[self._sentence_start(span.start) : span.start].strip()
        complete = self._body[span.end - 2] in ".?!…" and not _QUOTATIVE.match(after)
        if alone and complete:
            told = self._scene.speaker(span, self._end, self._all_starts())
            return told or (self._last if self._is_near() else None)
        if self._is_near():
            return self._last
        known = _REPORTS.match(after) is not None
        return self._references.person_before(span.start, self._all_starts(), self._quotes) if known else None

    def _limit(self, span: QuotedSpan, after: str) -> int:
        """Return where the clause behind a quote ends: at its stop or at the next quotation mark."""
        end = span.end + len(after)
        stop = STOP.search(self._body, span.end, end)
        limit = stop.start() if stop else end
        cut = MARKS.search(self._body, span.end, limit)
        return cut.start() if cut else limit

    def _sentence_start(self, position: int) -> int:
        begin = self._starts[bisect_right(self._starts, position) - 1]
        return max(begin, position - _LEAD)

    def _resolved(self, found: Sequence[Subject]) -> list[Subject]:
        resolved = (self._references.resolve(subject, self._all_starts, self._quotes) for subject in found)
        return [subject for subject in resolved if subject is not None]

    def _before(self, span: QuotedSpan, after: str) -> str | None:
        """Return the subject of the sentence that the quote stands in, as far as it stands before the quote."""
        begin = self._sentence_start(span.start)
        found = self._resolved(self._subjects.between(begin, span.start, self._quotes))
        sure = [subject for subject in found if subject.sure]
        chosen = [subject for subject in sure if subject.topic] or sure
        if chosen:
            return chosen[-1].name
        follows = bisect_left(self._quotes, (begin,)) < bisect_left(self._quotes, (span.start,))
        if follows and self._last_paragraph == self._paragraph:
            return self._last
        topics = [subject for subject in found if subject.topic and not is_timely(subject.name)]
        if topics and _REPORTS.match(after) and not self._is_near():
            return topics[-1].name
        return None

    def _is_near(self) -> bool:
        return self._last is not None and self._paragraph - self._last_paragraph <= 1

    def _case_before(self, span: QuotedSpan) -> str | None:
        """Return who, marked by a subject's particle, asks what another answers."""
        found = self._resolved(self._subjects.between(self._sentence_start(span.start), span.start, self._quotes))
        return next((subject.name for subject in reversed(found) if subject.sure and not subject.topic), None)

    def _behind(self, span: QuotedSpan, after: str) -> str | None:
        """Return the topic right behind the quotative particle: `“…”고 홍길동 시장은 말했다`."""
        quotative = _QUOTATIVE.match(after)
        if quotative is None or quotative.group().rstrip(" ,").endswith(("며", "면서")):
            return None
        start, limit = span.end + quotative.end(), self._limit(span, after)
        for subject in self._resolved(self._subjects.between(start, limit + 1)):
            lead = self._body[start : subject.end]
            if limit < len(self._body) and not self._body[subject.end + 1 : limit].strip():
                return None  # the subject of the next quote
            if subject.sure and subject.topic and len(lead) <= 60 and not _CLAUSE_END.search(lead):
                return subject.name
        return None

    def _owner(self, span: QuotedSpan, after: str) -> str | None:
        """Return whose words the quote is said to be: `“…”라는 홍길동 교수의 지적`, `…라는 게 시의 설명이다`."""
        clause = _OWNED_CLAUSE.match(after)
        if clause is None:
            return None
        start = span.end + clause.end()
        owned = next(iter(OWNED.finditer(self._body, start, min(self._end, start + 50))), None)
        if owned is None or re.search(r"[.?!\"“”]", self._body[start : owned.start()]):
            return None
        for mention in self._subjects.mentions(start, owned.start()):
            if abs(mention.phrase_end - owned.start()) <= 1 or self._body[
                mention.phrase_end : owned.start()
            ].strip() in ("씨", "측"):
                return mention.name
        for body in self._subjects.bodies(start, owned.start()):
            if body.end == owned.start():
                return body.name
        who = self._body[start : owned.start()].strip()
        if who in words("speakers", "unnamed_askers") or len(who.split()) > 3 or not who:
            return None
        subject = Subject(owned.start(), who, topic=True, sure=is_animate(who))
        resolved = self._resolved([subject])
        known = resolved[0] if resolved else None
        return known.name if known and (known.sure or who in words("speakers", "offices")) else None

    def _attributed(self, span: QuotedSpan) -> str | None:
        """Return whom a bracket behind the quote or a label before it names."""
        bracket = _BRACKETED.match(self._body, span.end) or _DASHED.match(self._body, span.end)
        if bracket:
            limit = min(self._end, bracket.end() if self._body[bracket.end() - 1] in ")）" else bracket.end() + 4)
            mentions = self._subjects.mentions(span.end, limit)
            if mentions and mentions[0].start - span.end <= 6:
                return mentions[0].name
        begin = self._sentence_start(span.start)
        begin += len(_LEADING.match(self._body[begin : span.start]).group())  # type: ignore[union-attr]  # it matches nothing, too
        for mention in self._subjects.mentions(begin, begin + 30):
            behind = self._body[mention.phrase_end : span.start]
            if (
                mention.start - begin <= 20
                and len(behind) <= 40
                and _is_label(self._body[begin : mention.start], behind)
            ):
                return mention.name
        return None


def _is_label(before: str, behind: str) -> bool:
    """Tell whether nothing but a name with its post stands before the quote, as in a list of answers."""
    if re.search(r"[.?!\"“은는이가을를]\s", before):
        return False
    if _LABEL_END.fullmatch(behind):
        return True
    return _LABEL_POST.fullmatch(behind) is not None and not _PARTICLE.search(f"{behind} ")


def is_timely(phrase: str) -> bool:
    """Tell whether a topic only says when or under what the sentence holds (`이날은`)."""
    return phrase.rsplit(maxsplit=1)[-1] in words("speakers", "not_leading")
