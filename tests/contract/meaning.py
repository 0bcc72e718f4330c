"""Random queries over random articles: the engine finds what the oracle says."""

from __future__ import annotations

import random
from functools import cache

import pytest

from service.search.engine import Put
from service.search.query_language import parse
from service.search.request import Match
from tests.contract.articles import article, put
from tests.contract.oracle import matches
from tests.contract.shelves import Library

SHELF = "meaning"
WORDS = ("하천", "공원을", "정비", "정비하고", "그리고", "수성알파시티", "대구시장은", "ABC-x", "나무")
_random = random.Random(20_260_115)


def _text(longest: int) -> str:
    return " ".join(_random.choices(WORDS, k=_random.randint(1, longest)))


ARTICLES = tuple(
    article(
        SHELF,
        f"{number:02}",
        f"{_text(6)}.\n\n{_text(6)}",
        title=_text(3),
        subtitle=_text(2) if number % 3 == 0 else None,
        captions=[_text(3) for _ in range(number % 3)],
        subheads=tuple(_text(2) for _ in range(number % 2)),
    )
    for number in range(60)
)


@cache
def _operations() -> tuple[Put, ...]:
    return tuple(put(stored) for stored in ARTICLES)


def _leaf(source: random.Random) -> str:
    field = source.choice(("", "", "", "제목:", "본문:", "캡션:"))
    one, other, third = source.choices(WORDS, k=3)
    return source.choice(
        (
            f"{field}{one}",
            f'{field}"{one} {other}"',
            f'{field}"{one} {other}"~{source.randint(1, 4)}',
            f'{field}"{one} {other} {third}"~{source.randint(1, 8)}',
            f"{field}({one} NEAR/{source.randint(0, 4)} {other})",
            f'{field}("{one} {other}" NEAR/{source.randint(0, 4)} {third})',
            f"{field}{one[:2]}*",
        )
    )


def _query(source: random.Random, depth: int = 0) -> str:
    if depth == 2 or source.random() < 0.4:
        return _leaf(source)
    parts = [_query(source, depth + 1) for _ in range(source.randint(1, 3))]
    inner = source.choice((" ", " | ", " AND ")).join(parts)
    return source.choice(("({})", "-({})", "{}" if len(parts) == 1 else "({})")).format(inner)


class MeaningContract:
    """What queries mean."""

    @pytest.mark.parametrize("match", Match)
    @pytest.mark.parametrize("seed", range(8))
    def test_random_queries(self, library: Library, seed: int, match: Match) -> None:
        source = random.Random(seed)
        for _ in range(40):
            q = _query(source)
            tree = parse(q, match).tree
            expected = {operation.article.id for operation in _operations() if matches(tree, operation)}
            found = {hit.article.id for hit in library(SHELF).search(tree, highlight=False).hits}
            assert found == expected, q
