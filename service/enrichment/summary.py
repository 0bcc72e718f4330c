"""A summary in the article's own sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from service.domain.article import Article
from service.enrichment.sentences import paragraphs, sentences
from service.enrichment.texts import Texts

_MOST = 3
_SHORTEST, _LONGEST = 15, 300  # code points of a sentence that can stand in a summary
_READ = 200  # sentences; news tells what matters first
_LEAD = 2.0
_QUOTE_MARKS = ("“", '"', "‘", "'")


class _Sentence(NamedTuple):
    order: int
    score: float
    text: str


def summary_step(article: Article, _texts: Texts) -> Article:
    """Return the article with up to three sentences of its body; it reads the keywords, so it comes after them."""
    if "summary" in article.given:
        return article
    ranked = sorted(_scored(article), key=lambda sentence: (-sentence.score, sentence.order))[:_MOST]
    chosen = [sentence.text for sentence in sorted(ranked)]
    return replace(article, summary=" ".join(chosen) or None)


def _scored(article: Article) -> Iterator[_Sentence]:
    for order, text in enumerate(islice(_sentences(article.body), _READ)):
        words = sum(keyword.score for keyword in article.keywords if keyword.term in text)
        position = _LEAD if order == 0 else 1 / (order + 1)
        quoted = 0.5 if text.startswith(_QUOTE_MARKS) else 0.0
        yield _Sentence(order, words / (1 + len(text) / 100) + position - quoted, text)


def _sentences(body: str) -> Iterator[str]:
    for start, end in paragraphs(body):
        for first, last in sentences(body, start, end):
            text = " ".join(body[first:last].split())
            if _SHORTEST <= len(text) <= _LONGEST and text[-1] in ".?!…”\"’'다요":
                yield text
