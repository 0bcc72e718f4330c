"""A query corrected by the archive's own words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index_mappings import SynonymRule
from service.domain.article import Article
from service.domain.errors import GisaError
from service.korean.folding import fold_value
from service.korean.keyboard import in_other_layout
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.query_language.fields import Special
from service.search.query_language.parts import Part
from service.search.query_language.terms import tokens_of
from service.search.query_language.tokens import Kind
from service.search.request import Match
from service.search.tree import Fields, FilterField, Node, TextField, Value
from service.search.values import filter_values, texts_in_order
from service.search.words import folded_words
from service.suggestions.spelling import (
    distance,
    far_patterns,
    is_correctable,
    most_wrong,
    near_patterns,
    nearest_beginning,
)

_FEW = 2  # articles of a word that may still be meant for another one
_TIMES = 10  # as many articles as the word itself has, at least, has what it may be meant for
_MOST_CORRECTED = 3  # words of one query
_MOST_COUNTED = 12  # candidates of one word
_LOOKED_AT = 12  # articles in which the words like one are looked up
_UNLIKE = 4.0  # a letter outweighs as many doublings of the number of articles
_OTHER_LAYOUT = _OTHER_SPACING = 0.5  # as unlike as half a letter
_GOES_ON = 1.0  # a value that begins with what is written
_WORD = re.compile(r"\S+")


Place = FilterField | TextField | None
"""The field that a word stands in, None without one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word, or a whole value, at [start, end) of the query, and how many articles have it.

    `is_plain` where it may become several words: within quotation marks or as a value it may not.
    """

    start: int
    end: int
    text: str
    field: Place
    articles: int
    is_plain: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    unlike: float


class Corrections:
    """Corrects queries of which some word is in no article, or in hardly any."""

    def __init__(self, engine: Engine, fields: Fields, synonyms: tuple[SynonymRule, ...]) -> None:
        self._engine = engine
        self._fields = fields
        self._synonyms = synonyms

    def corrected(self, text: str, parts: Sequence[Part], counts: Sequence[int]) -> str | None:
        """Return the query with such words replaced and all else as it was; None where nothing better is known.

        `text` is the query as read, `counts` are the articles of each of its parts.
        """
        spots = self._spots(parts, counts)
        replaced = self._joined(text, spots)
        taken = {place for start, end, _ in replaced for place in range(start, end)}
        wrong = [spot for spot in spots if spot.articles <= _FEW and spot.start not in taken]
        for spot in wrong[:_MOST_CORRECTED]:
            if better := self._better(spot):
                replaced.append((spot.start, spot.end, better))
        for start, end, better in sorted(replaced, reverse=True):
            text = text[:start] + better + text[end:]
        return text if replaced else None

    def _spots(self, parts: Sequence[Part], counts: Sequence[int]) -> list[Spot]:
        found: list[Spot] = []
        for part, count in zip(parts, counts, strict=True):
            if part.kind is Kind.PREFIX or isinstance(part.field, Special):
                continue
            if part.kind is Kind.PHRASE and not isinstance(part.field, FilterField):
                found += self._of_phrase(part, part.field) if count <= _FEW else ()
            else:
                plain = part.kind is Kind.WORD and not isinstance(part.field, FilterField)
                found.append(Spot(part.start, part.end, part.text, part.field, count, plain))
        return found

    def _of_phrase(self, part: Part, field: Place) -> list[Spot]:
        words = list(_WORD.finditer(part.text))
        counts = self._counts([word[0] for word in words], field)
        return [
            Spot(part.start + word.start(), part.start + word.end(), word[0], field, count, False)
            for word, count in zip(words, counts, strict=True)
        ]

    def _joined(self, text: str, spots: Sequence[Spot]) -> list[tuple[int, int, str]]:
        """Return pairs of words that are one word in the archive, while one of the two is no word of it."""
        pairs = [
            (one, other)
            for one, other in pairwise(spots)
            if one.is_plain and other.is_plain and one.field == other.field
            if not (one.articles and other.articles) and text[one.end : other.start].isspace()
        ]
        found: list[tuple[int, int, str]] = []
        for one, other in pairs[:_MOST_CORRECTED]:
            [count] = self._counts([one.text + other.text], one.field)
            # As many articles as one of the two has: the other is only taken for an ending of it.
            if count not in (0, one.articles, other.articles) and not (found and found[-1][1] > one.start):
                found.append((one.start, other.end, one.text + other.text))
        return found

    def _better(self, spot: Spot) -> str | None:
        candidates = {candidate.text: candidate for candidate in self._candidates(spot) if candidate.text != spot.text}
        counts = self._counts(list(candidates), spot.field)
        told = [
            (math.log2(1 + count) - _UNLIKE * candidate.unlike, candidate.text)
            for candidate, count in zip(candidates.values(), counts, strict=True)
            if count >= max(1, _TIMES * spot.articles)
        ]
        return max(told)[1] if told else None

    def _candidates(self, spot: Spot) -> list[_Candidate]:
        found = []
        if other := in_other_layout(spot.text):
            found.append(_Candidate(other, _OTHER_LAYOUT))
        if spot.is_plain and not spot.articles:
            found += [_Candidate(apart, _OTHER_SPACING) for apart in _apart(spot.text)]
        word = fold_value(spot.text)
        for patterns in (near_patterns, far_patterns):
            near = self._near(word, spot, patterns) if is_correctable(word) else []
            if near:
                return found + near
        return found

    def _near(self, word: str, spot: Spot, patterns: Callable[..., tuple[str, ...]]) -> list[_Candidate]:
        if isinstance(spot.field, FilterField):
            told = self._in_values(spot.field, word, (*patterns(word, ""), f"{word}.*"))
        else:
            told = self._in_texts(word, patterns(word))
        # Of those that are as like, the ones that stand in more of the articles looked at.
        likest = sorted(told, key=lambda each: (each[0], -told[each], each[1]))
        return [_Candidate(text, unlike) for unlike, text in likest if unlike <= most_wrong(word)][:_MOST_COUNTED]

    def _in_texts(self, word: str, patterns: Sequence[str]) -> Counter[tuple[float, str]]:
        told: Counter[tuple[float, str]] = Counter()
        articles = self._engine.articles_with(patterns, _LOOKED_AT) if patterns else ()
        for written, times in _words(articles).items():
            if near := nearest_beginning(written, word):
                told[near] += times
        return told

    def _in_values(self, field: FilterField, word: str, patterns: Sequence[str]) -> Counter[tuple[float, str]]:
        articles = self._engine.articles_with(patterns, _LOOKED_AT, field)
        values = Counter(value for article in articles for value in filter_values(article, field))
        return Counter({(_unlike(value, word), value): times for value, times in values.items()})

    def _counts(self, texts: Sequence[str], field: Place) -> list[int]:
        nodes = [self._node(text, field) for text in texts]
        counts = iter(self._engine.counts([node for node in nodes if node]))
        return [next(counts) if node else 0 for node in nodes]

    def _node(self, text: str, field: Place) -> Node | None:
        if isinstance(field, FilterField):
            return Value(field, text)
        try:
            return parse(text, Match.ALL, (field,) if field else self._fields, self._synonyms).tree
        except GisaError:
            return None  # what cannot be looked for is no correction


def _apart(word: str) -> list[str]:
    """Return the word written as two, at each place where one of its morphemes begins."""
    starts = sorted({token.start for token in tokens_of(word)} - {0})
    return [f"{word[:start]} {word[start:]}" for start in starts[:_MOST_COUNTED]]


def _unlike(value: str, word: str) -> float:
    return min(distance(value, word), _GOES_ON if fold_value(value).startswith(word) else math.inf)


def _words(articles: Sequence[Article]) -> Counter[str]:
    texts = (text for article in articles for own in texts_in_order(article).values() for text in own)
    return Counter(word for text in texts for word in folded_words(text))
