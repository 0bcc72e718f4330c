"""The query language: what people type into the tree that every engine compiles, and back.

`docs/query-language.md` describes it for its readers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index_mappings import SynonymRule, shipped_synonyms
from service.domain.errors import Message, QuerySyntaxError
from service.search.query_language import errors
from service.search.query_language.correction import correct
from service.search.query_language.errors import Edit, Unreadable
from service.search.query_language.lexer import Lexer
from service.search.query_language.limits import MAX_LENGTH
from service.search.query_language.parser import Parser
from service.search.query_language.rendering import render
from service.search.query_language.source import Source, read
from service.search.query_language.widening import widen
from service.search.request import Match
from service.search.tree import Everything, Fields, Node, TextField

__all__ = ["ParsedQuery", "parse"]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood.

    `interpreted` is the canonical query for `tree`: parsed with the same `match`, `fields` and synonyms it gives the
    same tree. `synonyms` holds for each word of the query that has some what is looked for as well.
    """

    tree: Node
    interpreted: str
    warnings: tuple[Message, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse(
    q: str,
    match: Match = Match.ALL,
    fields: tuple[TextField, ...] = (),
    synonyms: tuple[SynonymRule, ...] | None = None,
) -> ParsedQuery:
    """Return the query as a tree; leaves that name no field of their own look in `fields`.

    `synonyms` are the rules by which words are widened, those that come with the service where none are given.

    With `Match.ANY` one content morpheme of the plain words of a run is enough, or one of its phrases, prefixes or
    NEARs; groups, exclusions, fields and AND narrow as they do with `Match.ALL`. Raises QuerySyntaxError for what
    cannot be read strictly and ValidationFailed for a value that does not fit its field.
    """
    _check_characters(q[: MAX_LENGTH + 1])
    if len(q) > MAX_LENGTH:
        raise _too_long(q, match, fields)
    source = read(q)
    try:
        parsed = _parse(source.text, match, fields)
    except Unreadable as error:
        raise _syntax_error(source, error, match, fields) from None
    tree, used = widen(parsed.tree, shipped_synonyms() if synonyms is None else synonyms)
    return replace(parsed, tree=tree, synonyms=used)


def _parse(text: str, match: Match, fields: Fields) -> ParsedQuery:
    if not text.strip():
        return ParsedQuery(Everything(), "")
    lexer = Lexer(text)
    tokens = lexer.tokens()
    if not tokens:
        raise Unreadable(errors.NO_WORD, len(text) - len(text.lstrip()), None)
    tree = Parser(tokens, len(text)).parse(match, fields)
    interpreted = render(tree, match, fields)
    # A few forms grow when they are written out (1.5억 is 1억5천만): then the query itself is what is canonical.
    canonical = interpreted if len(interpreted) <= MAX_LENGTH else " ".join(text.split())
    return ParsedQuery(tree, canonical, tuple(lexer.warnings))


def _syntax_error(source: Source, error: Unreadable, match: Match, fields: Fields) -> QuerySyntaxError:
    def check(text: str) -> None:
        _parse(text, match, fields)

    correction = correct(source.text, error, check)
    return QuerySyntaxError(error.message.ko, error.message.en, source.position(error.offset), correction)


def _too_long(q: str, match: Match, fields: Fields) -> QuerySyntaxError:
    # Cut after the last whole word, and mended where the cut or something else leaves it unreadable.
    head = read(q[: MAX_LENGTH + 1]).text
    kept = head[: max(head.rfind(" "), 0)][:MAX_LENGTH] or head[:MAX_LENGTH]
    source = read(kept)
    nothing_yet = Unreadable(errors.TOO_LONG, MAX_LENGTH, Edit(0, 0))
    mended = _syntax_error(source, nothing_yet, match, fields)
    return QuerySyntaxError(errors.TOO_LONG.ko, errors.TOO_LONG.en, MAX_LENGTH, mended.correction)


def _check_characters(q: str) -> None:
    if any(unicodedata.category(character) in ("Cc", "Cs") and not character.isspace() for character in q):
        raise errors.control_character()
