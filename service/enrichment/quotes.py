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
_SHORTEST_SAYING = 3  # words of what is said; a shorter noun phrase before `라는 말` is a term
_SENTENCE = re.compile(r"(?:[다요죠까라자네군걸지음함임됨]|니다|세요)[.?!…]*$|[.?!…]$")
_ALONE_BEFORE = re.compile(r"(?:^|[.?!:]) ?$")


def quotes_step(article: Article, texts: Texts) -> Article:
    """Return the article with the reported speech of its body, in order, each with its speaker's full name if told."""
    if "quotes" in article.given:
        return article
    speakers = Speakers(article, texts)
    found: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs(article.body)):
        said = [span for span in quoted(article.body, start, end) if _is_reported(article.body, span, start, end)]
        for first, span in enumerate(said):
            text = article.body[span.start + 1 : span.end - 1].strip()
            previous = said[first - 1].end if first else start
            found.append(Quote(speakers.of(number, (start, end), span, previous), text))
    return replace(article, quotes=tuple(found))


def _is_reported(body: str, span: QuotedSpan, start: int, end: int) -> bool:
    inner = body[span.start + 1 : span.end - 1].strip()
    after = body[span.end : min(end, span.end + 120)]
    if len(inner) < 2:
        return False
    if _NAMED.match(after):
        return False
    if _TERM.match(after) and len(inner.split()) < _SHORTEST_SAYING and not _SENTENCE.search(inner):
        return False
    if _REPORTED.match(after) or (len(inner.split()) > 1 and _TOLD.match(after)):
        return True
    before = body[max(start, span.start - 2) : span.start]
    if before.strip() == "" and span.start - start <= 2 and after.strip() == "":
        return True
    return (
        len(inner) > 4
        and bool(_SENTENCE.search(inner))
        and bool(re.match(r"\s*$|[.]?\s", after))
        and (bool(_ALONE_BEFORE.search(before)) or inner[-1] in ".?!")
    )
