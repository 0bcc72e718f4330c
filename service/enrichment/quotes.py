"""Reported speech in quotation marks, and who said it."""

from __future__ import annotations

import re
from dataclasses import replace

from service.domain.article import Article, Quote
from service.enrichment.lexicon import listed
from service.enrichment.sentences import QuotedSpan, paragraphs, quoted
from service.enrichment.speakers import Speakers
from service.enrichment.texts import Texts

_SPEECH, _NAMING = "|".join(listed("speech", "verbs")), "|".join(listed("speech", "naming_verbs"))
_SAYING, _THINGS = "|".join(listed("speech", "nouns")), "|".join(listed("speech", "named_things"))
_REPORTED = re.compile(
    r"^(?:(?:이?라)?며[ ,]|(?:이?라)?면서(?:도|는)?[ ,]|(?:이?라)?고$|(?:이?라)?지만,? |(?:이?라)?는데,? |"
    rf"(?:이?라)?(?:고|고도|고는),? ?(?:[^.?!\"“”]{{0,60}}?[ ,])??(?:{_SPEECH})|"
    rf"(?:이?라)?는 (?:등의 |식의 |내용의 |취지의 )?(?:{_SAYING})|이?란 (?:{_SAYING}))"
)
_NAMED = re.compile(rf"^(?:이?라)?고(?:도|,)? ?(?:[가-힣]{{1,6}} )?(?:{_NAMING})|^(?:이?라)?(?:는|란) (?:{_THINGS})")
_TOLD = re.compile(r"^(?:이?라)?고,? (?:[가-힣]{1,8} ){0,4}[가-힣]{0,6}[가-힣]다[.]")
_TERM = re.compile(r"^(?:이?라)?는 (?:말|단어|낱말|용어|표현)")
_SPOKEN_MARKS = '“"'
_SHORTEST_SAYING = 3  # words of what is said; a shorter noun phrase before `라는 말` is a term
_SENTENCE = re.compile(r"(?:[다요죠까라자네군걸지음함임됨]|니다|세요)[.?!…]*$|[.?!…]$")
_CLAUSE = re.compile(
    r"^(?:이?라)?는,? |^, [^“\"]{1,20}[은는] [“\"]|^(?:이?라)?고, .{0,40}[“\"]|^\s?[(（][^()（）]{2,30}[)）]"
)
_PREDICATE = re.compile(r"[다요죠까자라네군걸나가야지래데][.?!…]*$")
_ALONE_BEFORE = re.compile(r"(?:^|[.?!:]) ?$")
_ALONE_BEHIND = re.compile(r"\s*$|[.]?\s")


def quotes_step(article: Article, texts: Texts) -> Article:
    """Return the article with the reported speech of its body, in order, each with its speaker's full name if told."""
    if "quotes" in article.given:
        return article
    speakers: Speakers | None = None
    found: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs(article.body)):
        spans = list(quoted(article.body, start, end))
        said = [span for span in spans if _is_reported(article.body, span, start, end)]
        if not said:
            continue
        speakers = speakers or Speakers(article, texts)
        speakers.enter(number, (start, end), said)
        found += [Quote(speakers.of(span), article.body[span.start + 1 : span.end - 1].strip()) for span in said]
    return replace(article, quotes=tuple(found))


def _is_reported(body: str, span: QuotedSpan, start: int, end: int) -> bool:
    inner = body[span.start + 1 : span.end - 1].strip()
    after = body[span.end : min(end, span.end + 120)]
    if len(inner) < 2 or _NAMED.match(after):
        return False
    if _TERM.match(after) and len(inner.split()) < _SHORTEST_SAYING and not _SENTENCE.search(inner):
        return False
    several = len(inner.split()) > 1
    if _REPORTED.match(after) or (several and _TOLD.match(after)):
        return True
    if several and body[span.start] in _SPOKEN_MARKS and _CLAUSE.match(after) and _PREDICATE.search(inner):
        return True
    return _stands_alone(inner, body[max(start, span.start - 2) : span.start], after, opens=span.start - start <= 2)


def _stands_alone(inner: str, before: str, after: str, *, opens: bool) -> bool:
    """Tell whether a quotation is a paragraph or a sentence of its own."""
    if opens and not before.strip() and not after.strip():
        return True
    if len(inner) <= 4 or not _SENTENCE.search(inner) or not _ALONE_BEHIND.match(after):
        return False
    return bool(_ALONE_BEFORE.search(before)) or inner[-1] in ".?!"
