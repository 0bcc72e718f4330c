"""Whom a pronoun, a family name or `이 단체` means: the one who was spoken of last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from service.enrichment.entities.span import Span
from service.enrichment.lexicon import ending, words
from service.enrichment.sentences import QuotedSpan
from service.enrichment.speakers_interview import Interview
from service.enrichment.speakers_subjects import Subject, Subjects, is_inside

_SINGULAR, _PLURAL = frozenset(("그", "그녀", "그분")), frozenset(("이들", "그들"))
_PRONOUNS = _SINGULAR | _PLURAL
_POINTING = re.compile(r"(?P<this>이|그|해당|같은) ?(?P<noun>[가-힣]{1,8})")
_SURNAMED = re.compile(r"(?P<family>[가-힣]|[A-Z])(?: ?모)? ?씨")
_WITH_POST = re.compile(r"(?P<family>(?![이한전현그])[가-힣]) (?!주민|시민|상인|학생)[가-힣]{2,6}")
_SIDE = re.compile(r" ?[측쪽]$")
_WITHOUT_NAME = frozenset(
    ("나", "저", "우리", "제", "내", "너", "본인", "자신", "누구", "무엇", "것", "이것", "그것", "여기", "이", "이번")
)
_SENTENCES = 6  # read back for the one whom `그는` means


class References:
    """Resolves the subjects of one body against what stands before them."""

    def __init__(self, subjects: Subjects, interview: Interview) -> None:
        self._subjects = subjects
        self._interview = interview
        self._acting: dict[tuple[int, int], str | None] = {}
        self.said_by: list[tuple[int, str]] = []
        """Where each quote so far begins, and its speaker."""

    def resolve(
        self, subject: Subject, starts: Callable[[], Sequence[int]], quotes: Sequence[QuotedSpan]
    ) -> Subject | None:
        """Return the subject under its full name, or None where it is a pronoun for nobody who can be told."""
        name = subject.name
        position = subject.end - len(name)
        if name in _WITHOUT_NAME:
            return None
        if name in _SINGULAR:
            told = None if name == "그분" else self._interview.host_of(self._subjects.body, position)
            told = told or self.person_before(position, starts(), quotes)
            return subject._replace(name=told, sure=True) if told else None
        if name in _PLURAL:
            return subject._replace(name=self._group_before(position) or name, sure=True)
        surnamed = _SURNAMED.fullmatch(name)
        if surnamed:
            return subject._replace(name=self._surnamed(position, surnamed["family"]) or name, sure=True)
        told = self._pointed(position, name) or self._short(position, name) or self._foreign(position, name)
        short = None if told else _WITH_POST.fullmatch(name)
        told = self._surnamed(position, short["family"]) if short else told
        return subject._replace(name=told, sure=True) if told else subject

    def person_before(self, position: int, starts: Sequence[int], quotes: Sequence[QuotedSpan]) -> str | None:
        """Return who acts in the nearest sentence before `position`: its topic, else its last subject or person."""
        last = bisect_left(starts, position)
        end = position
        for begin in reversed(starts[max(0, last - _SENTENCES) : last]):
            if (begin, end) not in self._acting:
                self._acting[begin, end] = self._acting_person(begin, end, quotes)
            person = self._acting[begin, end]
            if person:
                return person
            end = begin
        spoke = self.last_speaker(position)
        if spoke:
            return spoke
        mentions = self._subjects.mentions_before(position)
        return mentions[-1].name if mentions else None

    def _acting_person(self, begin: int, end: int, quotes: Sequence[QuotedSpan]) -> str | None:
        """Return the topic of a stretch that is a person, else its last subject that is one, else its last person."""
        found = [subject for subject in self._subjects.between(begin, end, quotes) if subject.sure]
        people = [subject for subject in found if subject.name not in _PRONOUNS and self._is_person(subject)]
        chosen = [subject for subject in people if subject.topic] or people
        if chosen:
            return chosen[-1].name
        mentions = self._subjects.mentions(begin, end)
        named = [mention for mention in mentions if not is_inside(quotes, mention.start)]
        return named[-1].name if named else None

    def last_speaker(self, position: int) -> str | None:
        """Return the speaker of the last quote before `position`."""
        return next((name for start, name in reversed(self.said_by) if start < position), None)

    def _is_person(self, subject: Subject) -> bool:
        if subject.person:
            return True
        last = subject.name.rsplit(maxsplit=1)[-1]
        return not last.endswith("들") and ending(last, "speakers", "person_endings") is not None

    def _group_before(self, position: int) -> str | None:
        body = self._subjects.bodies(max(0, position - 400), position)
        if body:
            return body[-1].name
        return next((name for _, name in reversed(self.said_by[-2:]) if name.endswith("들")), None)

    def _surnamed(self, position: int, family: str) -> str | None:
        """Return the full name of the last person of this family name before `position`."""
        before = self._subjects.mentions_before(position)
        return next((mention.name for mention in reversed(before) if mention.name[0] == family), None)

    def _pointed(self, position: int, name: str) -> str | None:
        """Return what `이 단체` or `이 관계자` means."""
        pointing = _POINTING.fullmatch(_SIDE.sub("", name))
        if pointing is None:
            return None
        noun = pointing["noun"]
        spoken = next((who for _, who in reversed(self.said_by[-3:]) if who.endswith(noun)), None)
        return spoken or (self._organization(position, noun) if noun in words("speakers", "offices") else None)

    def _short(self, position: int, name: str) -> str | None:
        """Return the office that `시는` or `공단 측은` means."""
        bare = _SIDE.sub("", name)
        if len(bare) > 1 and " " not in bare:
            spoken = next((who for _, who in reversed(self.said_by[-3:]) if who != bare and who.endswith(bare)), None)
            if spoken:
                return spoken
        return self._organization(position, bare) if bare in words("speakers", "offices") else None

    def _organization(self, position: int, kind: str) -> str | None:
        before = self._subjects.bodies_before(position)
        return next((span.name for span in reversed(before) if is_of_kind(span, kind)), None)

    def _foreign(self, position: int, name: str) -> str | None:
        """Return the full name one word of which stands alone: `올슨은`."""
        if " " in name or len(name) < 2:
            return None
        before = self._subjects.mentions_before(position)
        return next((mention.name for mention in reversed(before) if name in mention.name.split()), None)


def is_of_kind(span: Span, kind: str) -> bool:
    """Tell whether a short word for an office can mean this organisation."""
    if kind in ("단체", "모임"):
        return ending(span.name, "speakers", "gatherings") is not None
    if kind in ("기업", "회사", "업체", "기관", "법인"):
        return span.name[-1] not in "시도군구"
    return span.name.endswith(kind)
