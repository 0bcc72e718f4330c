"""The subjects of a sentence that can speak: people, bodies and those described without a name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.enrichment.entities.person_mentions import PersonMention
from service.enrichment.entities.span import Span
from service.enrichment.lexicon import ending, words
from service.enrichment.press_copy.vocabulary import is_surname
from service.enrichment.sentences import QuotedSpan
from service.enrichment.speakers_names import is_no_other_word, unlisted_people
from service.enrichment.texts import Texts
from service.korean.analysis import Morpheme

_AGE = r"(?:\([^()]{0,40}\))?"
_HONORIFIC = rf"{_AGE} ?(?:씨|군|양|옹|측|님)?{_AGE}"
_SUBJECT = re.compile(
    rf"{_HONORIFIC}(?:(?P<topic>은|는|도|께서는|께서도|에서는|에서도|에선)|(?P<case>이|가|께서))(?![가-힣])"
    rf"|{_HONORIFIC}(?P<source>(?:의 [말설][명]?)?에 (?:따르면|의하면))|{_HONORIFIC}(?P<listed>, )"
)
_TITLED = re.compile(_HONORIFIC)
_SOURCE = re.compile(r"에 (?:따르면|의하면)")
_TOPICS, _CASES = frozenset(("은", "는", "도", "께서는")), frozenset(("이", "가", "께서"))
_NOMINAL = ("NN", "XS", "SL", "SH", "SN", "NR", "XP", "MM", "NP")
_PARTICLES = frozenset(("JX", "JKS", "JKB"))
_WORD = re.compile(r"\S+")
_LONGEST_PHRASE = 4  # words of a description before its particle
_LOOK_BACK = 60  # code points that such a phrase can take
_SURNAMED = re.compile(r"(?:^|(?<= ))[가-힣A-Z](?: ?모)? ?씨$")
_DEPARTMENT_END = "과"
_READ_BACK = 100  # mentions before a short one in which its full name is looked for
_NAME = 3  # syllables of most names
_GLUED_TOPIC = re.compile(r"(?<=[가-힣])[은는] [“\"]")
"""The topic right before a quote, where the analyser takes the particle for a part of the noun (`구급대원은`)."""
_OTHER = "다른"
"""`또 다른 주민`: one more word belongs to the phrase."""
_COUNTERS = frozenset(("분", "명", "사람"))
_SIDE = "측은"
"""`노조 측은` is read as the noun of pity."""
_AGED = re.compile(
    r"(?:^|(?<= ))(?P<name>[가-힣]{2,4}|[A-Z]) ?"
    r"(?:\((?:만 )?\d{1,3}[^()]{0,20}\) ?(?:씨|군|양|옹)?|(?:씨|군|양|옹)(?: ?\([^()]*\))?)$"
)
_WHEN = re.compile(r"\d.*[일월년시분]$")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){1,3}")


class Subject(NamedTuple):
    """A phrase that acts in its sentence: where it ends, who that is, whether it is the topic.

    `sure` is false for one that only the grammar puts forward.
    """

    end: int
    name: str
    topic: bool
    sure: bool
    person: bool = False
    """Whether the phrase names one person."""


class Subjects:
    """Finds the subjects in any stretch of one body."""

    def __init__(self, texts: Texts) -> None:
        self.body = texts.body.text
        field = len(texts.in_reading_order()) - 1
        self.organizations: Sequence[Span] = [span for span in texts.named[field][1] if span.type == "organization"]
        self._morphemes = texts.body.morphemes
        self._morpheme_starts = [morpheme.start for morpheme in self._morphemes]
        self.people: Sequence[PersonMention] = unlisted_people(
            self.body, self._morphemes, self._morpheme_starts, texts.people[field], self.organizations
        )
        self.people_starts = [mention.start for mention in self.people]
        self._organization_starts = [span.start for span in self.organizations]
        # Looked for once: quotes that follow each other closely read the same stretch again and again.
        self._may_mark = [
            index
            for index, morpheme in enumerate(self._morphemes)
            if morpheme.tag in _PARTICLES or morpheme.surface[-1] in "은는"
        ]
        self._may_mark_at = [self._morpheme_starts[index] for index in self._may_mark]
        self._phrase_ends: dict[int, tuple[int, bool] | None] = {}

    def between(self, start: int, end: int, quotes: Sequence[QuotedSpan] = ()) -> list[Subject]:
        """Return the subjects that end between two offsets, outside the quotes, in order of their ends."""
        named = [*self._people(start, end), *self._organizations(start, end)]
        taken = {subject.end for subject in named}
        found = named + [subject for subject in self._described(start, end) if subject.end not in taken]
        if quotes:
            found = [subject for subject in found if not is_inside(quotes, subject.end)]
        return sorted(found)

    def mentions(self, start: int, end: int) -> Sequence[PersonMention]:
        """Return the mentions of people that begin between two offsets."""
        return self.people[bisect_left(self.people_starts, start) : bisect_left(self.people_starts, end)]

    def mentions_before(self, position: int) -> Sequence[PersonMention]:
        """Return the last mentions of people that begin before an offset."""
        last = bisect_left(self.people_starts, position)
        return self.people[max(0, last - _READ_BACK) : last]

    def bodies_before(self, position: int) -> Sequence[Span]:
        """Return the last organisations that begin before an offset."""
        last = bisect_left(self._organization_starts, position)
        return self.organizations[max(0, last - _READ_BACK) : last]

    def bodies(self, start: int, end: int) -> Sequence[Span]:
        """Return the organisations that begin between two offsets."""
        first, last = bisect_left(self._organization_starts, start), bisect_left(self._organization_starts, end)
        return self.organizations[first:last]

    def role(self, position: int, end: int) -> re.Match[str] | None:
        """Return the particle behind a phrase that ends at `position`, if it makes the phrase a subject."""
        return _SUBJECT.match(self.body, position, max(position, min(end, position + 90)))

    def _people(self, start: int, end: int) -> Iterator[Subject]:
        for mention in self.mentions(start, end):
            role = self.role(mention.phrase_end, end)
            if role:
                yield Subject(mention.phrase_end, mention.name, bool(role["topic"] or role["source"]), True, True)

    def _organizations(self, start: int, end: int) -> Iterator[Subject]:
        for span in self.bodies(start, end):
            role = self.role(span.end, end)
            if role and not role["listed"]:
                yield Subject(span.end, self._with_side(span, role), bool(role["topic"] or role["source"]), True)

    def _with_side(self, span: Span, role: re.Match[str]) -> str:
        return span.name + (" 측" if role.group().startswith(" 측") else "측" if role.group()[0] == "측" else "")

    def _described(self, start: int, end: int) -> Iterator[Subject]:
        first = bisect_left(self._may_mark_at, start)
        for index in self._may_mark[first : bisect_left(self._may_mark_at, end, first)]:
            if index not in self._phrase_ends:
                self._phrase_ends[index] = self._unnamed(index)
            found = self._phrase_ends[index]
            if found is None:
                continue
            position, topic = found
            phrase = self._phrase(start, position)
            subject = self._as_subject(phrase, position, topic=topic) if phrase else None
            if subject:
                yield subject

    def _unnamed(self, index: int) -> tuple[int, bool] | None:
        """Return what `_marked` does, None for a phrase that a person's mention is."""
        marked = self._marked(index)
        return None if marked is None or self._is_named(marked[0]) else marked

    def _marked(self, index: int) -> tuple[int, bool] | None:
        """Return where a noun phrase ends whose particle this morpheme is, and whether that makes it the topic."""
        morpheme = self._morphemes[index]
        if morpheme.surface == _SIDE:
            return morpheme.end - 1, True
        if morpheme.tag.startswith("NN") and _GLUED_TOPIC.match(self.body, morpheme.end - 1):
            return morpheme.end - 1, True
        before = self._morphemes[index - 1] if index else morpheme
        if morpheme.start != before.end or not (before.tag.startswith(_NOMINAL) or before.surface == ")"):
            return None
        follower = self._morphemes[index + 1] if index + 1 < len(self._morphemes) else None
        if follower and follower.start == morpheme.end and follower.tag not in ("SP", "SC", "SSO", "SY"):
            return None
        topic = morpheme.tag == "JX" and morpheme.surface in _TOPICS
        if topic or (morpheme.tag == "JKS" and morpheme.surface in _CASES):
            return before.end, topic
        return (before.end, True) if _SOURCE.match(self.body, morpheme.start) else None

    def _is_named(self, position: int) -> bool:
        """Tell whether a phrase that ends here is a person's mention or goes through one."""
        index = bisect_right(self.people_starts, position) - 1
        if index < 0 or position - self.people[index].phrase_end > _LOOK_BACK:
            return False
        end = self.people[index].phrase_end
        return end >= position or _TITLED.fullmatch(self.body, end, position) is not None

    def _phrase(self, start: int, end: int) -> list[str]:
        """Return the words of the noun phrase that ends at `end`, as far as nothing but nouns stand in it."""
        begin = max(start, end - _LOOK_BACK)
        kept: list[str] = []
        for word in reversed(list(_WORD.finditer(self.body, begin, end))):
            text = word.group()
            if word.start() == begin > start or text[0] in "“”\"‘’'":
                break
            if kept and not self._is_nominal(word.start(), word.end(), kept[0]):
                break
            leads = text not in words("speakers", "not_leading") or (text == "또" and kept[:1] == [_OTHER])
            if kept and (not leads or _WHEN.match(text)):
                break
            kept.insert(0, text)
            counted = (len(kept) > 1 and kept[1] in _COUNTERS) or text == _OTHER
            if len(kept) == _LONGEST_PHRASE or (text in words("speakers", "determiners") and not counted):
                break
        while len(kept) > 1 and kept[0] in words("speakers", "not_leading") and kept[1] != _OTHER:
            kept.pop(0)
        return kept

    def _is_nominal(self, start: int, end: int, following: str) -> bool:
        if self.body[end - 1] in ",.?!;:”’\"'":
            return False
        inside = self._inside(start, end)
        if not inside:
            return False
        if self.body[start:end] in words("speakers", "determiners"):
            return True
        tag = inside[-1].tag
        if tag.startswith("JK") and self.body[end - 1] == _DEPARTMENT_END:
            return ending(following, "speakers", "person_endings") is not None
        return tag.startswith(_NOMINAL) and not any(piece.tag.startswith(("JK", "EC", "EF")) for piece in inside)

    def _inside(self, start: int, end: int) -> Sequence[Morpheme]:
        return self._morphemes[bisect_left(self._morpheme_starts, start) : bisect_left(self._morpheme_starts, end)]

    def _as_subject(self, phrase: list[str], end: int, *, topic: bool) -> Subject | None:
        written = " ".join(phrase)
        text = re.sub(r"\([^()]*\)$", "", written).strip()
        if not text or len(text) > 40 or any(letter.isdigit() for letter in phrase[-1].partition("(")[0]):
            return None
        name = self._unlisted_name(written, phrase, end)
        if name:
            return Subject(end, name, topic, True, True)
        surnamed = _SURNAMED.search(text)
        if surnamed:
            return Subject(end, surnamed.group(), topic, True, True)
        return Subject(end, text, topic, is_animate(text))

    def _unlisted_name(self, written: str, phrase: list[str], end: int) -> str | None:
        """Return the name in a phrase that bears the marks of one: an age, `씨`, or a post behind a family's name."""
        aged = _AGED.search(written)
        if aged and aged["name"].isascii():
            return f"{aged['name']}씨"
        if aged and is_surname(aged["name"]):
            return aged["name"]
        titled = len(phrase) > 1 and ending(phrase[-1], "posts", "endings") is not None
        latin = _LATIN_NAME.match(written) if titled else None
        if latin:
            return latin.group()
        posted = len(phrase) > 1 and ending(phrase[-2], "posts", "endings") is not None
        candidates = phrase[:-1] if titled else phrase[-1:] if len(phrase) == 1 or posted else []
        return next((word for word in candidates if self._is_name(word, end)), None)

    def _is_name(self, word: str, end: int) -> bool:
        start = self.body.find(word, max(0, end - _LOOK_BACK), end)
        if start < 0 or len(word) != _NAME or not word.isalpha() or not is_surname(word):
            return False
        return is_no_other_word(word, self._inside(start, start + len(word)))


def is_inside(quotes: Sequence[QuotedSpan], position: int) -> bool:
    """Tell whether an offset lies inside one of the quotes, which are in order."""
    index = bisect_left(quotes, (position,)) - 1
    return index >= 0 and position < quotes[index].end


def is_animate(phrase: str) -> bool:
    """Tell whether a noun phrase names somebody who can speak, by its last noun."""
    last = phrase.rsplit(maxsplit=1)[-1]
    if last in words("posts", "anonymous_alone"):
        return True
    if ending(last, "posts", "anonymous"):
        return True
    if ending(last, "speakers", "not_animate") and last not in words("speakers", "person_endings"):
        return False
    found = ending(last, "speakers", "body_endings") or ending(last, "speakers", "person_endings")
    return found is not None and (len(last) > 1 or " " in phrase)
