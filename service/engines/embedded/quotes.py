"""Quotes in SQLite: one row each, with its own morphemes as text between blanks.

A run of morphemes is a part of such a text, so most queries are decided by SQLite alone; what minds other distances is
decided by the same rules as highlights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

import apsw

from service.domain.article import Article
from service.domain.errors import InvalidCursor
from service.engines.embedded.rows import rows_of
from service.korean.analysis import analyze_by
from service.korean.dictionary import Dictionary, in_force
from service.korean.folding import fold_value
from service.search.cursor import decode_cursor, encode_cursor
from service.search.leaves import Leaf
from service.search.quotes import FoundQuote, QuoteRequest, QuoteResults
from service.search.runs import positioned, runs
from service.search.times import UNDATED_NEWEST, microseconds
from service.search.tokens import FILLER, TextTokens, text_tokens
from service.search.tree import And, Everything, Near, Node, Not, Or, Phrase, Prefix, Widened, Word
from service.search.words import fold_prefix, folded_words

SCHEMA = """
CREATE TABLE quotes(
  key TEXT NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL, speaker TEXT NOT NULL,
  content TEXT NOT NULL, morphemes TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (key, number)
) WITHOUT ROWID;
CREATE INDEX quotes_in_order ON quotes(time DESC, key, number, speaker);
"""
_STANDS = "gisa_stands"
_LATEST = 1 << 62

Condition = tuple[str, list[Any]]


class QuoteRow(NamedTuple):
    """A quote as it is looked for; `number` counts those of an article from 0."""

    key: str
    number: int
    time: int
    speaker: str
    content: str
    morphemes: str
    words: str


def quote_rows(article: Article, dictionary: Dictionary | None = None) -> list[QuoteRow]:
    """Return the quotes of an article as this dictionary cuts them, the one in force where none is named."""
    wanted = dictionary or in_force()
    time = microseconds(article.published_at) if article.published_at else UNDATED_NEWEST
    return [
        QuoteRow(article.id, number, time, fold_value(quote.speaker or ""), *_texts(quote.text, wanted))
        for number, quote in enumerate(article.quotes)
    ]


def replace_quotes(connection: apsw.Connection, key: str, rows: Iterable[QuoteRow]) -> None:
    """Keep these quotes of an article and no others, within the transaction that writes it."""
    connection.execute("DELETE FROM quotes WHERE key = ?", (key,))
    connection.executemany("INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?)", list(rows))


def find_quotes(connection: apsw.Connection, request: QuoteRequest) -> QuoteResults:
    """Return a page of quotes, all out of one state of the store."""
    leaves: list[Leaf] = []
    where, values = _where(request, leaves)
    beyond, position = _beyond(request)
    # One walk over the quotes both counts them and finds the page.
    statement = (
        f"WITH matching AS MATERIALIZED (SELECT time, key, number FROM quotes WHERE {where}) "  # noqa: S608 -- own text
        "SELECT count(*), NULL, NULL FROM matching UNION ALL SELECT * FROM ("
        f"SELECT time, key, number FROM matching WHERE {beyond} ORDER BY time DESC, key, number LIMIT ?)"
    )
    connection.create_scalar_function(_STANDS, lambda number, *texts: _stands(leaves[number], *texts), 3)
    try:
        (total, *_), *found = connection.execute(statement, [*values, *position, request.size + 1])
    finally:
        connection.create_scalar_function(_STANDS, None)
    page, more = found[: request.size], len(found) > request.size
    articles = {row.key: row.article() for row in rows_of(connection, dict.fromkeys(key for _, key, _ in page))}
    quotes = (FoundQuote(articles[key].quotes[number], articles[key]) for _, key, number in page)
    return QuoteResults(int(total), tuple(quotes), encode_cursor(request.paging, page[-1]) if more else None)


def _texts(text: str, dictionary: Dictionary) -> tuple[str, str, str]:
    tokens = text_tokens(analyze_by(dictionary, text))
    return tuple(f" {' '.join(parts)} " for parts in (tokens.content_terms, tokens.terms, sorted(folded_words(text))))  # type: ignore[return-value] # three


def _where(request: QuoteRequest, leaves: list[Leaf]) -> Condition:
    parts = [_condition(request.query, leaves)]
    if request.speaker:
        parts.append(("instr(speaker, ?) > 0", [request.folded_speaker]))
    if request.published_from or request.published_to:
        # From 1: nought stands for an article without a time, which lies in no range.
        low, high = _time(request.published_from, 1), _time(request.published_to, _LATEST)
        parts.append(("time BETWEEN ? AND ?", [max(low, 1), high]))
    return _joined(" AND ", parts)


def _condition(node: Node, leaves: list[Leaf]) -> Condition:  # noqa: PLR0911 -- one for each kind of node
    match node:
        case Everything():
            return "1", []
        case Prefix(text):
            return "instr(words, ?) > 0", [f" {fold_prefix(text)}"]
        case Word() | Phrase() | Near():
            return _leaf(node, leaves)
        case And(children):
            return _joined(" AND ", [_condition(child, leaves) for child in children])
        case Or(children):
            return _joined(" OR ", [_condition(child, leaves) for child in children])
        case Widened(child, synonyms):
            return _joined(" OR ", [_condition(each, leaves) for each in (child, *(s.leaf for s in synonyms))])
        case Not(child):
            text, values = _condition(child, leaves)
            return f"NOT ({text})", values
    raise NotImplementedError(f"a quote has nothing to match {node} by")


def _leaf(leaf: Leaf, leaves: list[Leaf]) -> Condition:
    if isinstance(leaf, Near):
        sides = [_leaf(leaf.left, leaves), _leaf(leaf.right, leaves), _standing(leaf, leaves)]
        return _joined(" AND ", sides)
    terms = positioned(leaf.terms)
    if not terms:
        return "0", []
    column = "content" if isinstance(leaf, Word) else "morphemes"
    slop = isinstance(leaf, Phrase) and leaf.slop
    if not slop and all(after - before == 1 for (before, _), (after, _) in pairwise(terms)):
        return f"instr({column}, ?) > 0", [f" {' '.join(term for _, term in terms)} "]
    each: list[Condition] = [(f"instr({column}, ?) > 0", [f" {term} "]) for _, term in terms]
    return _joined(" AND ", [*each, _standing(leaf, leaves)])


def _standing(leaf: Leaf, leaves: list[Leaf]) -> Condition:
    leaves.append(leaf)
    return f"{_STANDS}(?, content, morphemes)", [len(leaves) - 1]


def _stands(leaf: Leaf, content: str, morphemes: str) -> bool:
    terms = morphemes[1:-1]
    flags = "".join("0" if term == FILLER else "1" for term in content[1:-1].split(" "))
    return any(runs(leaf, TextTokens(terms, flags, [], [0] * len(flags))))


def _joined(operator: str, parts: Sequence[Condition]) -> Condition:
    return operator.join(f"({text})" for text, _ in parts), [value for _, values in parts for value in values]


def _beyond(request: QuoteRequest) -> Condition:
    match decode_cursor(request.paging):
        case None:
            return "1", []
        case [int() as time, str() as key, int() as number]:
            after = "(time < ? OR (time = ? AND (key > ? OR (key = ? AND number > ?))))"
            return after, [time, time, key, key, number]
    raise InvalidCursor(
        "이 커서는 다른 엔진의 것입니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
        "This cursor was given by another engine. Search again from the first page, without a cursor.",
    )


def _time(time: datetime | None, default: int) -> int:
    return default if time is None else microseconds(time)
