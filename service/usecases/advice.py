"""What a search that finds nothing, or next to nothing, is answered besides: the word to blame, and what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index_mappings import SynonymRule
from service.domain.errors import Message
from service.korean.jamo import syllable_of
from service.search.engine import Engine
from service.search.query_language import parse
from service.search.query_language.fields import Special
from service.search.query_language.parts import Part, parts_of
from service.search.request import Match, SearchParameters, SearchRequest
from service.search.tree import FilterField, Node, TextField, Value
from service.suggestions.advice import NO_ADVICE, Advice
from service.usecases.correction import Corrections

FEW = 2
"""Hits that are next to nothing."""
_MOST_TOLD = 5  # words to blame in one warning
_NAMED_WITH_FINAL = frozenset("013678lmnr")  # 영, 일, 삼, 육, 칠, 팔, 엘, 엠, 엔, 알


class Adviser:
    """Gives advice out of an engine's own words."""

    def __init__(self, engine: Engine, synonyms: tuple[SynonymRule, ...]) -> None:
        self._engine = engine
        self._synonyms = synonyms

    def advise(self, parameters: SearchParameters, request: SearchRequest, total: int) -> Advice:
        """Return advice for a search with so few hits; `request` is what it was run as."""
        text, parts = parts_of(parameters.q)
        if total > FEW or request.cursor or not parts:
            return NO_ADVICE
        counts = self._engine.counts([self._node(part, parameters) for part in parts])
        corrections = Corrections(self._engine, parameters.fields, self._synonyms)
        corrected = corrections.corrected(text, parts, counts)
        if corrected and self._total(parameters, request, corrected, parameters.match) <= total:
            corrected = None
        if total:
            return Advice(corrected)
        missing = tuple(dict.fromkeys(part.text for part, count in zip(parts, counts, strict=True) if not count))
        any_total = self._any_total(parameters, request) if len(parts) > 1 else None
        # Of a word alone everybody knows that it is to blame.
        warnings = (_warning(missing, any_total),) if len(parts) > 1 or not missing else ()
        return Advice(corrected, missing, any_total, warnings)

    def _node(self, part: Part, parameters: SearchParameters) -> Node:
        if isinstance(part.field, FilterField):
            return Value(part.field, part.text)
        if part.field is Special.SPEAKER:
            return Value(None, part.text, speaker=True)
        fields = (part.field,) if isinstance(part.field, TextField) else parameters.fields
        return parse(part.written, Match.ALL, fields, self._synonyms).tree

    def _any_total(self, parameters: SearchParameters, request: SearchRequest) -> int | None:
        if parameters.match is Match.ANY:
            return None
        return self._total(parameters, request, parameters.q, Match.ANY) or None

    def _total(self, parameters: SearchParameters, request: SearchRequest, q: str, match: Match) -> int:
        tree = parse(q, match, parameters.fields, self._synonyms).tree
        wanted = replace(
            request, query=tree, size=1, facets=(), histogram=None, facet_search=None, group_by_story=False,
            highlight=False,
        )  # fmt: skip
        return self._engine.search(wanted).total


def _warning(missing: Sequence[str], any_total: int | None) -> Message:
    if missing:
        told = missing[:_MOST_TOLD]
        named = ", ".join(f"'{word}'" for word in told)
        korean = f"{named}{_particle(told[-1])} 든 기사가 없습니다. 맞춤법을 살펴보거나 빼고 찾으세요."
        english = f"No article has {named}. Check the spelling or search without it."
    else:
        korean = "낱말마다 든 기사는 있지만 조건을 모두 채우는 기사는 없습니다."
        english = "There are articles with each of the words, but none that meets every condition."
    if any_total:
        korean += f" 아무 낱말이나 든 기사는 {any_total:,}건입니다(match=any)."
        english += f" With any of the words there are {any_total:,} (match=any)."
    return Message(korean, english)


def _particle(word: str) -> str:
    """Return the particle of the subject: by the final of the syllable, or of the name of the letter or figure."""
    last = word[-1].casefold()
    syllable = syllable_of(last)
    if syllable:
        return "이" if syllable.final else "가"
    if not last.isascii() or not last.isalnum():
        return "이(가)"
    return "이" if last in _NAMED_WITH_FINAL else "가"
