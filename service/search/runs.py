"""Where a leaf of the query stands in a text's tokens, exactly: for highlights and for distances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from service.search.tokens import FILLER, TextTokens, clean_term
from service.search.tree import Near, Phrase, PositionedTerm, Word

_MOST_WINDOWS = 200_000  # combinations looked at in one text, for phrases of one word repeated


class Run(NamedTuple):
    """The positions of the first and the last token of a match, both included."""

    first: int
    last: int


def runs(leaf: Word | Phrase | Near, text: TextTokens) -> Iterator[Run]:
    """Return every place where the leaf matches in this text; for distances, the tokens that are near."""
    if isinstance(leaf, Near):
        return _near(leaf, text)
    if isinstance(leaf, Phrase) and leaf.slop:
        return _sloppy(leaf, text)
    return _exact(_positioned(leaf.terms), text, content=isinstance(leaf, Word))


def positioned(terms: Sequence[PositionedTerm]) -> list[tuple[int, str]]:
    """Return (distance from the first, term as indexed), without terms that the index cannot hold."""
    return list(_positioned(tuple(terms)))


@lru_cache(maxsize=1 << 12)  # a leaf is looked for in every text of every hit
def _positioned(terms: tuple[PositionedTerm, ...]) -> tuple[tuple[int, str], ...]:
    cleaned = [(position, clean_term(term)) for position, term in terms]
    kept = sorted((position, term) for position, term in cleaned if term != FILLER)
    return tuple((position - kept[0][0], term) for position, term in kept)


def _exact(wanted: Sequence[tuple[int, str]], text: TextTokens, *, content: bool) -> Iterator[Run]:
    if not wanted:
        return
    span = wanted[-1][0]
    if not span:
        yield from _single(wanted[0][1], text, content=content)
        return
    for position in text.positions(wanted[0][1]):
        places = [position + offset for offset, _ in wanted]
        if (
            position + span < len(text.lengths)
            and all(text.terms[place] == term for place, (_, term) in zip(places, wanted, strict=True))
            and not (content and any(text.content[place] == "0" for place in places))
        ):
            yield Run(position, position + span)


def _single(term: str, text: TextTokens, *, content: bool) -> Iterator[Run]:
    flags = text.content
    for position in text.positions(term):
        if not content or flags[position] == "1":
            yield Run(position, position)


def _near(near: Near, text: TextTokens) -> Iterator[Run]:
    left = list(runs(near.left, text))
    right = list(runs(near.right, text))
    found: dict[Run, None] = {}
    for one in left:
        for other in right:
            gap = max(other.first - one.last, one.first - other.last) - 1
            if 0 <= gap <= near.distance:
                found[one] = found[other] = None
    yield from sorted(found)


def _sloppy(phrase: Phrase, text: TextTokens) -> Iterator[Run]:
    """Yield the tokens of every window with all terms, each at a place of its own, and at most `slop` others."""
    wanted = [term for _, term in positioned(phrase.terms)]
    if not wanted:
        return
    longest = phrase.slop + len(wanted)
    places = [list(text.positions(term)) for term in wanted]
    found: set[int] = set()
    budget = _MOST_WINDOWS
    for anchor in places[0]:
        close = [[place for place in others if abs(place - anchor) < longest] for others in places[1:]]
        for window in product([anchor], *close):
            budget -= 1
            if len(set(window)) == len(window) and max(window) - min(window) < longest:
                found.update(window)
                break
            if not budget:
                break
    yield from (Run(position, position) for position in sorted(found))
