"""The search tokens of a text: where its terms stand and how they are written in an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import sub

from service.korean.analysis import Analysis
from service.korean.word_cache import kept_for_words
from service.search.tree import TextField

FILLER = "\x01"
"""Holds the position of a token that is not indexed; the analyser never yields a control character."""

_LONGEST_TERM = 255
# Characters. tantivy drops tokens over 64 kB without a word; a longer token is cut here, in the index and in queries
# alike, so it is still found (with any other that begins with the same 255 characters).


class TextTokens:
    """The tokens of one separate text; a term's place is its position, offsets are code points of the text.

    `joined` holds the terms with a blank between two, `content` a 1 for each with content and a 0 for each without,
    `deltas` how far each begins behind the one before, `lengths` how long each is as written.
    """

    def __init__(self, joined: str, content: str, deltas: list[int], lengths: list[int]) -> None:
        self.joined = joined
        self.content = content
        self.deltas = deltas
        self.lengths = lengths
        self._known = (-1, 0)

    @cached_property
    def terms(self) -> list[str]:
        """Return the terms in their order."""
        return self.joined.split(" ") if self.joined else []

    def positions(self, term: str) -> Iterator[int]:
        """Yield where the term stands, ascending: without cutting the text into terms, as most texts lack it."""
        padded, wanted = f" {self.joined} ", f" {term} "
        position = counted = 0
        found = padded.find(wanted)
        while found >= 0:
            position += padded.count(" ", counted, found)
            yield position
            counted = found
            found = padded.find(wanted, found + 1)

    def span(self, position: int) -> tuple[int, int]:
        """Return start and end of the token at this position; cheapest for one position after the other."""
        known, start = self._known
        if known > position:
            known, start = -1, 0
        start += sum(self.deltas[known + 1 : position + 1])
        self._known = (position, start)
        return start, start + self.lengths[position]

    @cached_property
    def content_terms(self) -> list[str]:
        """Return the terms with fillers in place of those without content."""
        return [term if flag == "1" else FILLER for term, flag in zip(self.terms, self.content, strict=True)]


Tokens = Mapping[TextField, tuple[TextTokens, ...]]


@kept_for_words(1 << 16)
def clean_term(term: str) -> str:
    """Return a term as it is indexed and looked for: without blanks, cut where too long; the filler for nothing."""
    if len(term) <= _LONGEST_TERM and term.isalnum():
        return term
    return "".join(term.replace(FILLER, "").split())[:_LONGEST_TERM] or FILLER


def text_tokens(analysis: Analysis) -> TextTokens:
    """Return the tokens of an analysed text."""
    terms, starts, ends, contents = analysis.token_columns()
    return TextTokens(
        " ".join(map(clean_term, terms)),
        "".join(map("01".__getitem__, contents)),
        list(map(sub, starts, (0, *starts))),  # small numbers: half the size once compressed
        list(map(sub, ends, starts)),
    )
