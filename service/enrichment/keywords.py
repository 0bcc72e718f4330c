"""What an article is about: its noun phrases, weighted by how often and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from service.domain.article import Article, Keyword
from service.enrichment.entities.posts import post_of
from service.enrichment.lexicon import words
from service.enrichment.texts import Texts
from service.korean.analysis import Analysis, Morpheme

_MOST = 10
_TITLE, _DECK, _LEAD, _REST = 3.0, 2.0, 1.5, 1.0
_LEAD_LENGTH = 200  # code points of the body that tell the news itself
_COMPOUND = 0.4
"""What each further noun of a compound adds: `심야버스` says more than `버스`."""
_NOUNS = frozenset(("NNG", "NNP", "SL", "XPN", "XSN", "XR", "SH"))
_HEADS = frozenset(("NNG", "NNP", "SL", "SH"))
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
        phrases = list(_phrases(analysis))
        for start, term, size in phrases:
            scores[term] += weight if weight is not None else _LEAD if start < _LEAD_LENGTH else _REST
            sizes[term] = size
        for (start, left, left_size), (follow, right, right_size) in pairwise(phrases):
            if follow == start + len(left) + 1 and left not in words("keywords", "stop"):
                pair = f"{left} {right}"
                pairs[pair] += 1
                sizes.setdefault(pair, left_size + right_size)
    for pair, count in pairs.items():
        if count > 1 and len(pair) <= _PHRASE_LENGTH:
            scores[pair] = count * _LEAD
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


def _phrases(analysis: Analysis) -> Iterator[tuple[int, str, int]]:
    """Yield the runs of nouns that no blank interrupts: where each begins, its text and of how many nouns it is."""
    run: list[Morpheme] = []
    for morpheme in analysis.morphemes:
        if run and (morpheme.start != run[-1].end or morpheme.tag not in _NOUNS):
            yield from _phrase(analysis.text, run)
            run = []
        if morpheme.tag in _NOUNS and (run or morpheme.tag in _HEADS or morpheme.tag == "XPN"):
            run.append(morpheme)
    yield from _phrase(analysis.text, run)


def _phrase(text: str, run: list[Morpheme]) -> Iterator[tuple[int, str, int]]:
    if not run or not any(morpheme.tag in _HEADS for morpheme in run):
        return
    start, end = run[0].start, run[-1].end
    term = text[start:end]
    if 2 <= len(term) <= _PHRASE_LENGTH and not _says_little(term) and not _is_inside_number(text, start):
        yield start, term, sum(1 for morpheme in run if morpheme.tag in _HEADS)


@lru_cache(maxsize=1 << 16)
def _says_little(term: str) -> bool:
    return term in words("keywords", "stop") or term in words("posts", "anonymous") or post_of(term) is not None


def _is_inside_number(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isdigit()


def _without_parts(ranked: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return the best, leaving out what lies in a better one or merely lengthens it."""
    chosen: list[tuple[float, str]] = []
    for score, term in ranked:
        if len(chosen) == _MOST:
            break
        if not any(term in other or other in term.split() for _, other in chosen):
            chosen.append((score, term))
    return chosen
