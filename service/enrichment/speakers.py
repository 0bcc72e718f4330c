"""Who says a quoted sentence: the subject before it, the label above it, or whoever spoke last."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from service.domain.article import Article
from service.enrichment.entities.person_mentions import PersonMention
from service.enrichment.entities.span import Span
from service.enrichment.lexicon import ending
from service.enrichment.lexicon import words as listed
from service.enrichment.sentences import sentences
from service.enrichment.texts import Texts

_SUBJECT = re.compile(
    r"^(?:\([^()]{0,30}\))? ?(?:씨|군|양|옹|측)?(?:\([^()]{0,30}\))?"
    r"(?:은|는|이|가|도|께서는|께서|에서는|에서도|에선|, )"
)
_TOPIC = re.compile(r"^(?:\([^()]{0,30}\))? ?(?:씨|군|양|옹|측)?(?:\([^()]{0,30}\))?(?:은|는|도|께서는)")
_PRONOUN = re.compile(
    r"(?:^|[\s,])(?:그|그녀|이|나|저|제)(?:는|도|가)(?=[\s,])"
    r"|(?:^|\s)(?:이어|또|이에)(?=[\s,])"
)
_BODIES = "단체|기업|회사|업체|기관|법인|협회|모임|대학|병원|연구원|재단|공사|공단|조합|위원회|연합회|협의회"
_ANAPHOR = re.compile(rf"(?:^|[\s,])(?:이|해당|같은|두) ?(?P<kind>{_BODIES})(?:은|는|이|가|도|측은|측이)(?=[\s,])")
_OFFICES = "시|도|구|군|공사|공단|재단|협회|조합|병원|대학|학교|연구원|위원회|센터|경찰|교육청|의회|시의회|회사|업체"
_SHORT = re.compile(rf"(?:^|[\s,])(?P<kind>{_OFFICES})(?: ?측)?(?:은|는|이|가)(?=[\s,])")
_UNNAMED = re.compile(
    r"(?P<who>(?:[가-힣A-Za-z0-9·]+ ){0,3}[가-힣·]{1,12}?)(?:\([^()]{0,20}\))?(?:은|는|이|가|도)(?=[\s,])"
)
_ONE_OF = re.compile(r"(?:^|(?<=\s))(?P<who>(?:[가-힣]{2,8} )?[가-힣]{2,8} 한 (?:분|명|사람))(?:은|이|도)(?=[\s,])")
_SURNAMED = re.compile(r"(?:^|(?<=\s))(?P<who>[가-힣A-Z] ?씨)(?:\([^()]{1,12}\))?(?:은|는|이|가|도)(?=[\s,])")
_ANSWER = re.compile(r"^(?:[-–—] |A[.:)] ?|답[.:)] ?|△답 ?|[▷▶]답 ?)")
_QUESTION = re.compile(r"^(?:▶|Q[.:)]? ?|문[.:)] ?|[-–—].*[?]$|◆|◇|[-–—] .{2,80}(?:나|가|은|는|면|지)[.?]$)")
_STOP = re.compile(r"[.?!](?=\s)|[.?!][\"”’'](?=\s)")
_LEAD = 400  # code points before a quote in which its subject is looked for
_SCENE = 200  # code points behind a quotation in which the scene names who spoke
_OWN_WORDS = re.compile(
    r"의 (?:말|설명|진단|주장|생각|판단|얘기|이야기|분석|지적|바람|소감|당부|평가|하소연|전언|대답|답|계산|증언|고백)"
)
_LISTED = listed("grammar", "speakers_listed")


class _Known(NamedTuple):
    starts: list[int]
    mentions: list[PersonMention]


class Speakers:
    """Names the speaker of each quoted span of one article, paragraph after paragraph."""

    def __init__(self, article: Article, texts: Texts) -> None:
        self._body = article.body
        self._labels = {label.paragraph: label.name for label in article.speaker_labels}
        body = len(texts.in_reading_order()) - 1
        self._people = texts.people[body]
        self._organizations = tuple(span for span in texts.named[body][1] if span.type == "organization")
        self._starts = [mention.start for mention in self._people]
        self._organization_starts = [span.start for span in self._organizations]
        self._interviewee = _interviewee(texts)
        self._last: str | None = None
        self._last_paragraph = -1
        self._sentences: list[int] = []

    def of(self, number: int, paragraph: tuple[int, int], span: tuple[int, int], previous: int) -> str | None:
        """Return who says the span; `previous` is where the quote before it in the paragraph ends, or the start."""
        start, end = paragraph
        if self._sentences[:1] != [start]:
            self._sentences = [start, *(first for first, _ in sentences(self._body, start, end))]
        if previous > start and self._last_paragraph == number and self._is_one_sentence(previous, span[0]):
            told = self._before(previous, span[0]) or self._last
        else:
            told = self._before(start, span[0])
        told = told or self._after(span[1], end)
        if told is None and self._labels.get(number):
            told = self._labels[number]
        told = told or self._pointed_out(start, span, end)
        if told is None:
            told = self._carried(number, start, span)
        if told is not None:
            self._last, self._last_paragraph = told, number
        return told

    def _sentence_start(self, start: int, position: int) -> int:
        """Return where the sentence at `position` begins, not before `start`; a long one is read near its end."""
        begin = self._sentences[bisect_right(self._sentences, position) - 1]
        return max(start, begin, position - _LEAD)

    def _is_one_sentence(self, start: int, end: int) -> bool:
        return end - start < 200 and _STOP.search(self._body, start, end) is None

    def _before(self, start: int, end: int) -> str | None:
        """Return the subject of the sentence that the quote at `end` stands in, as far as it is named before it."""
        begin = self._sentence_start(start, end)
        subjects = [*self._named_subjects(begin, end), *self._unnamed_subjects(begin, end)]
        topics = [subject for subject in subjects if subject[2]]
        chosen = max(topics or subjects, default=None)
        return chosen[1] if chosen else None

    def _named_subjects(self, begin: int, end: int) -> list[tuple[int, str, bool]]:
        found: list[tuple[int, str, bool]] = []
        for mention in self._people[bisect_left(self._starts, begin) : bisect_right(self._starts, end)]:
            if self._marked(mention.phrase_end, end):
                found.append((mention.phrase_end, mention.name, self._is_topic(mention.phrase_end)))
        first, last = bisect_left(self._organization_starts, begin), bisect_right(self._organization_starts, end)
        for span in self._organizations[first:last]:
            if self._marked(span.end, end) and self._body[span.end : span.end + 1] != ",":
                found.append((span.end, span.name, self._is_topic(span.end)))
        return found

    def _marked(self, position: int, end: int) -> bool:
        return position <= end and _SUBJECT.match(self._body[position : min(end, position + 80)] + " ") is not None

    def _is_topic(self, position: int) -> bool:
        return _TOPIC.match(self._body[position : position + 80]) is not None

    def _unnamed_subjects(self, begin: int, end: int) -> list[tuple[int, str, bool]]:
        begin = max(begin, end - _LEAD // 2)
        text = self._body[begin:end]
        found: list[tuple[int, str, bool]] = []
        for match in _UNNAMED.finditer(text):
            who = _description(match["who"])
            if who is not None and not self._inside_name(begin + match.end("who")):
                found.append((begin + match.end("who"), who, text[match.end() - 1] in "은는도"))
        for match in _SURNAMED.finditer(text):
            found.append((begin + match.end("who"), self._surnamed(begin + match.start(), match["who"]), True))
        for match in _ONE_OF.finditer(text):
            found.append((begin + match.end("who"), match["who"], True))
        for pattern in (_ANAPHOR, _SHORT):
            for match in pattern.finditer(text):
                body = self._organization_before(begin + match.start(), match["kind"])
                if body is not None:
                    found.append((begin + match.end("kind"), body, True))
        return found

    def _surnamed(self, position: int, who: str) -> str:
        """Return the full name of the last person of this family name before `position`, else as written: `박 씨`."""
        before = bisect_left(self._starts, position)
        return next((m.name for m in reversed(self._people[max(0, before - 40) : before]) if m.name[0] == who[0]), who)

    def _inside_name(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and self._people[index].phrase_end >= position

    def _organization_before(self, position: int, kind: str) -> str | None:
        last = bisect_left(self._organization_starts, position)
        return next(
            (span.name for span in reversed(self._organizations[max(0, last - 200) : last]) if _is_of_kind(span, kind)),
            None,
        )

    def _after(self, start: int, end: int) -> str | None:
        """Return the speaker named between the quote and the verb: `"…"고 홍길동 시장은 말했다`."""
        end = min(end, start + 120)
        stop = _STOP.search(self._body, start, end)
        limit = stop.start() if stop else end
        cut = re.search('["“‘]', self._body[start:limit])
        limit = start + cut.start() if cut else limit
        return self._subject_between(start, limit)

    def _subject_between(self, start: int, limit: int) -> str | None:
        for mention in self._people[bisect_left(self._starts, start) : bisect_left(self._starts, limit)]:
            if self._marked(mention.phrase_end, limit) or _OWN_WORDS.match(self._body, mention.phrase_end):
                return mention.name
        return None

    def _pointed_out(self, start: int, span: tuple[int, int], end: int) -> str | None:
        """Return who acts in the sentences behind a quotation that opens a paragraph and is a sentence of its own."""
        if self._body[start : span[0]].strip() or self._body[span[1] - 2] not in ".?!…":
            return None
        limit = min(end, span[1] + _SCENE)
        cut = re.search('["“]', self._body[span[1] : limit])
        return self._subject_between(span[1], span[1] + cut.start() if cut else limit)

    def _carried(self, number: int, start: int, span: tuple[int, int]) -> str | None:
        begin = self._sentence_start(start, span[0])
        lead = self._body[begin : span[0]]
        pronoun = _PRONOUN.search(f" {lead} ")
        if self._interviewee and _ANSWER.match(self._body[start : start + 6]):
            said = re.match(
                r"(?:이?라)?고[^.]{0,20}(?:말했|했|답했|얘기했|이야기했)", self._body[span[1] : span[1] + 40]
            )
            return self._interviewee if said else None
        if pronoun is not None or (lead.strip() == "" and begin > start):
            return self._person_before(begin) or self._last
        if (
            self._last is not None
            and number - self._last_paragraph <= 1
            and re.match(r"\s*(?:이어|또|이에|특히|아울러|그러면서|다만|끝으로)", lead)
        ):
            return self._last
        return None

    def _person_before(self, position: int) -> str | None:
        index = bisect_left(self._starts, position) - 1
        for mention in reversed(self._people[max(0, index - 40) : index + 1]):
            if self._marked(mention.phrase_end, len(self._body)):
                return mention.name
        return self._people[index].name if index >= 0 else None


def _description(phrase: str) -> str | None:
    """Return the phrase that describes an unnamed speaker (`한 상인`, `대구시 관계자`), or None where it does not."""
    words = phrase.split()
    if words[-1] in listed("posts", "anonymous_alone"):
        return words[-1]
    noun = ending(words[-1], "posts", "anonymous")
    if noun is None:
        return None
    if noun == words[-1] and len(words) == 1:
        return None
    kept = [words[-1]]
    for word in reversed(words[:-1]):
        if re.search(r"(?:[은는을를에의]|에서|으로|하고|[던한된할])$", word) and word not in _LISTED:
            break
        kept.insert(0, word)
        if word in _LISTED:
            break
    return " ".join(kept) if len(kept) > 1 or noun != kept[0] else None


def _is_of_kind(span: Span, kind: str) -> bool:
    if kind in {"단체", "모임"}:
        return span.name.endswith(
            (
                "연대",
                "모임",
                "협회",
                "연합",
                "연합회",
                "협의회",
                "회",
                "단",
                "센터",
                "네트워크",
                "노조",
                "조합",
                "단체",
                "행동",
            )
        )
    if kind in {"기업", "회사", "업체", "기관", "법인"}:
        return span.name[-1] not in "시도군구"
    return span.name.endswith(kind)


def _interviewee(texts: Texts) -> str | None:
    """Return the person whom an interview's title names, where the body has questions and answers."""
    lines = [line for line in texts.body.text.splitlines() if line.strip()]
    answers = sum(1 for line in lines if _ANSWER.match(line))
    if answers < 2 or not sum(1 for line in lines if _QUESTION.match(line)):
        return None
    return next(
        (
            mention.name
            for mentions in texts.people
            for mention in mentions
            if " " in mention.name or len(mention.name) > 1
        ),
        None,
    )
