"""What somebody may be typing, out of the archive's own names, keywords and titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.search.completion import Completion, Title, words_of
from service.search.engine import Engine
from service.search.tree import FilterField
from service.suggestions.ranking import Candidate, SuggestionType, of_titles, of_values, ranked
from service.suggestions.typed import Typed, readings

_AMONG = 5_000  # articles: what the newest have is what is talked about
_AMONG_OF_ALL = 1_000  # of the archive, where so little is typed that these have values enough
_TITLES = 30  # looked at, of which those are kept that go on as it was typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, keyword or title that goes on as it was typed, and the number of its articles."""

    text: str
    type: SuggestionType
    count: int


class Suggest:
    """Suggestions out of an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def run(self, text: str, size: int, types: Collection[SuggestionType] = ()) -> tuple[Suggestion, ...]:
        """Return at most `size` suggestions of these types, of all where none is named, the best first.

        The keys in the other layout are looked at where the text itself leaves room. Ranked by the articles among the
        newest five thousand, of the archive or where these have too few of those that match; `count` is of the archive.
        """
        found: list[Candidate] = []
        for typed in readings(text):
            if typed.is_short and len(found) < size:
                have = {(each.type, each.folded) for each in found}
                new = ranked(self._candidates(typed, size, tuple(dict.fromkeys(types))), size)
                found += [each for each in new if (each.type, each.folded) not in have][: size - len(found)]
        counts = self._engine.counts([each.value for each in found]) if found else []
        return tuple(
            Suggestion(each.text, each.type, count) for each, count in zip(found, counts, strict=True) if count
        )

    def _candidates(self, typed: Typed, size: int, types: Sequence[SuggestionType]) -> list[Candidate]:
        fields = tuple(FilterField(kind) for kind in types if kind is not SuggestionType.TITLE)
        values = self._values(typed, size, fields) if fields or not types else []
        titles = self._titles(typed) if SuggestionType.TITLE in types or not types else []
        return [*values, *titles]

    def _values(self, typed: Typed, size: int, fields: tuple[FilterField, ...]) -> list[Candidate]:
        # Little text begins many values: the newest articles have enough of them then, and to find out which articles
        # of all have one takes longest. Where the newest have too few there cannot be many.
        found: list[Candidate] = []
        pattern = typed.term_pattern(fields)
        for of_all in (True, False) if typed.is_broad else (False,):
            among = _AMONG_OF_ALL if of_all else _AMONG
            wanted = Completion(typed.group, pattern, among, of_all, typed.prefixes)
            found = of_values(self._engine.complete(wanted))
            if len(found) >= size:
                break
        return found

    def _titles(self, typed: Typed) -> list[Candidate]:
        begins = re.compile(f"(?:^| ){typed.beginning}")
        # Most titles have a word that begins with a given consonant.
        tries = ((), typed.word_patterns) if len(typed.characters) == 1 else (typed.word_patterns,)
        found: list[Title] = []
        for patterns in tries:
            titles = self._engine.titles(patterns, _TITLES)
            found = [title for title in titles if begins.search(" ".join(words_of(title.text)))]
            if found:
                break
        return of_titles(found)
