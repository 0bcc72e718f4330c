"""The search tokens of a text: where its terms stand and how they are written in an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate

from service.korean.analysis import Analysis
from service.search.tree import TextField

FILLER = "\x01"
"""Holds the position of a token that is not indexed; the analyser never yields a control character."""

_LONGEST_TERM = 255
# Characters. tantivy drops tokens over 64 kB without a word; a longer token is cut here, in the index and in queries
# alike, so it is still found (with any other that begins with the same 255 characters).


class TextTokens:
    """The tokens of one separate text; the place in `terms` is the position, offsets are code points of the text."""

    def __init__(self, terms: list[str], content: str, starts: list[int], lengths: list[int]) -> None:
        self.terms = terms
        self.content = content
        self.deltas = starts
        self.lengths = lengths

    @cached_property
    def starts(self) -> list[int]:
        """Return where each token begins."""
        return list(accumulate(self.deltas))

    def span(self, position: int) -> tuple[int, int]:
        """Return start and end of the token at this position."""
        start = self.starts[position]
        return start, start + self.lengths[position]

    @cached_property
    def content_terms(self) -> list[str]:
        """Return the terms with fillers in place of those without content."""
        return [term if flag == "1" else FILLER for term, flag in zip(self.terms, self.content, strict=True)]


Tokens = Mapping[TextField, tuple[TextTokens, ...]]


def clean_term(term: str) -> str:
    """Return a term as it is indexed and looked for: without blanks, cut where too long; the filler for nothing."""
    if len(term) <= _LONGEST_TERM and term.isalnum():
        return term
    return "".join(term.replace(FILLER, "").split())[:_LONGEST_TERM] or FILLER


def text_tokens(analysis: Analysis) -> TextTokens:
    """Return the tokens of an analysed text."""
    tokens = analysis.tokens
    starts = [token.start for token in tokens]
    return TextTokens(
        [clean_term(token.term) for token in tokens],
        "".join(["1" if token.content else "0" for token in tokens]),
        _differences(starts),
        [token.end - token.start for token in tokens],
    )


def _differences(values: Iterable[int]) -> list[int]:
    # Small numbers: half the size once compressed.
    previous, differences = 0, []
    for value in values:
        differences.append(value - previous)
        previous = value
    return differences
