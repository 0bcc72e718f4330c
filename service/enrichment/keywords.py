"""What an article is about: its noun phrases, weighted by how often and where they stand, and how rare they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from service.domain.article import Article, Keyword
from service.enrichment.entities.posts import post_of
from service.enrichment.lexicon import table, words
from service.enrichment.texts import Texts
from service.korean.analysis import Analysis
from service.korean.word_cache import kept_for_words

_MOST = 10
_TITLE, _DECK, _LEAD, _REST = 3.0, 2.0, 1.5, 1.0
_LEAD_LENGTH = 200  # code points of the body that tell the news itself
_COMPOUND = 0.4
"""What each further noun of a compound adds: `심야버스` says more than `버스`."""
_NOUNS = frozenset(("NNG", "NNP", "SL", "XPN", "XSN", "XR", "SH"))
_HEADS = frozenset(("NNG", "NNP", "SL", "SH"))
_PARTICLES = frozenset("가은는이을를도")
_OPENERS = _HEADS | {"XPN"}
_PHRASE_LENGTH = 20


def keywords_step(article: Article, texts: Texts) -> Article:
    """Return the article with at most 10 keywords, the best first and scored 1.0."""
    if "keywords" in article.given:
        return article
    scores, sizes = _scores(texts)
    people = {mention.name for mentions in texts.people for mention in mentions}
    excluded = {part for name in people for part in (name, *name.split())}
    ranked = sorted(
        (
            (score * (1 + _COMPOUND * (sizes[term] - 1)), term)
            for term, score in scores.items()
            if excluded.isdisjoint((term, *term.split()))
        ),
        key=lambda found: (-found[0], found[1]),
    )
    chosen = _without_parts(ranked)
    return replace(article, keywords=tuple(Keyword(term, round(score / chosen[0][0], 3)) for score, term in chosen))


def _scores(texts: Texts) -> tuple[dict[str, float], dict[str, int]]:
    scores: dict[str, float] = defaultdict(float)
    sizes: dict[str, int] = {}
    pairs: Counter[str] = Counter()
    for analysis, weight in _weighted(texts):
        left, left_end, left_size = "", -1, 0
        for start, term, size in noun_phrases(analysis):
            scores[term] += weight if weight is not None else _LEAD if start < _LEAD_LENGTH else _REST
            sizes[term] = size
            if start == left_end + 1:
                pair = f"{left} {term}"
                pairs[pair] += 1
                sizes.setdefault(pair, left_size + size)
            left, left_end, left_size = term, start + len(term), size
    for term in list(scores):
        if term[-1] in _PARTICLES and term[:-1] in scores:
            scores[term[:-1]] += scores.pop(term)  # a particle that the analyser took for a part of the noun
        else:
            scores[term] *= _rarity(term)
    for pair, count in pairs.items():
        if count > 1 and len(pair) <= _PHRASE_LENGTH:
            scores[pair] = count * _LEAD * sum(map(_rarity, pair.split())) / 2
    return scores, sizes


def _weighted(texts: Texts) -> Iterator[tuple[Analysis, float | None]]:
    yield texts.title, _TITLE
    if texts.subtitle is not None:
        yield texts.subtitle, _DECK
    for analysis in texts.subheads:
        yield analysis, _DECK
    for analysis in texts.captions:
        yield analysis, _REST
    yield texts.body, None


@kept_for_words(1 << 16)
def _rarity(term: str) -> float:
    """Return how much a term tells apart, from 0 to 1: its inverse document frequency over that of an unseen word."""
    documents: int = table("document_frequencies", "collection")["documents"]
    frequency: int = table("document_frequencies", "terms").get(term, 0)
    return math.log(documents / (1 + frequency)) / math.log(documents)


def noun_phrases(analysis: Analysis) -> Iterator[tuple[int, str, int]]:
    """Yield the runs of nouns that no blank interrupts: where each begins, its text and of how many nouns it is."""
    text = analysis.text
    start, end, heads = 0, -1, 0
    for morpheme in analysis.morphemes:
        tag = morpheme.tag
        noun = tag in _NOUNS
        if end >= 0 and (not noun or morpheme.start != end):
            if heads and _tells(text, start, end):
                yield start, text[start:end], heads
            end = -1
        if noun:
            if end < 0:
                if tag not in _OPENERS:
                    continue
                start, heads = morpheme.start, 0
            end = morpheme.end
            heads += tag in _HEADS
    if end >= 0 and heads and _tells(text, start, end):
        yield start, text[start:end], heads


def _tells(text: str, start: int, end: int) -> bool:
    """Tell whether a run of nouns can be a keyword: no unit behind a figure, no rest of a word, no empty word."""
    if not 2 <= end - start <= _PHRASE_LENGTH or _says_little(text[start:end]):
        return False
    return start == 0 or not text[start - 1].isalnum()


@kept_for_words(1 << 16)
def _says_little(term: str) -> bool:
    return term in words("keywords", "stop") or term in words("posts", "anonymous") or post_of(term) is not None


def _without_parts(ranked: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return the best, leaving out what lies in a better one or merely lengthens it."""
    chosen: list[tuple[float, str]] = []
    for score, term in ranked:
        if len(chosen) == _MOST:
            break
        if not any(term in other or other in term.split() for _, other in chosen):
            chosen.append((score, term))
    return chosen
