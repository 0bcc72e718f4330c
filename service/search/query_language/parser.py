"""Tokens into the tree: recursive descent, no deeper than the limit.

query   = run { ("|" | "OR") run }
run     = near { [ "AND" ] near }
near    = unary { "NEAR/n" unary }
unary   = { "-" | "!" | "NOT" } primary
primary = word | prefix | phrase | "(" query ")" | field (word | prefix | phrase | "(" query ")")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.search.query_language import errors
from service.search.query_language.building import Loose, Operand, PlainWord, as_node, combine, conjunction, disjunction
from service.search.query_language.dates import date_range
from service.search.query_language.errors import Edit, Unreadable
from service.search.query_language.fields import Field, Special
from service.search.query_language.limits import MAX_CLAUSES, MAX_DEPTH
from service.search.query_language.money import money_range
from service.search.query_language.terms import phrase, prefix
from service.search.query_language.tokens import Kind, Token
from service.search.request import Match
from service.search.tree import Fields, FilterField, Near, Node, Not, Phrase, TextField, Value, Word

_LEAVES = (Kind.WORD, Kind.PREFIX, Kind.PHRASE)
_JOINING = (Kind.OR, Kind.AND, Kind.NEAR)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds where the parser is: the fields of leaves, the field of values, the depth, how plain words count."""

    fields: Fields
    match: Match
    field: Field | None = None
    depth: int = 0


class Parser:
    """Parses the tokens of one query."""

    def __init__(self, tokens: Sequence[Token], length: int) -> None:
        self._tokens = tokens
        self._length = length
        self._next = 0
        self._clauses = 0

    def parse(self, match: Match, fields: Fields) -> Node:
        """Return the tree; raises Unreadable and ValidationFailed."""
        node = self._query(_Context(fields, match))
        if stray := self._peek():
            raise Unreadable(errors.UNOPENED_PARENTHESIS, stray.start, Edit(stray.start, stray.end))
        return node

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, *kinds: Kind) -> Token | None:
        token = self._peek()
        if token and token.kind in kinds:
            self._next += 1
            return token
        return None

    def _query(self, context: _Context) -> Node:
        alternatives = [self._run(context)]
        while self._take(Kind.OR):
            alternatives.append(self._run(context))
        return disjunction(alternatives)

    def _run(self, context: _Context) -> Node:
        # AND keeps its meaning where any word will do: it parts the words on its left from those on its right.
        parts: list[list[Operand]] = [[self._near(context)]]
        while token := self._peek():
            if self._take(Kind.AND):
                parts.append([self._near(context)])
            elif token.kind in (Kind.OR, Kind.CLOSE):
                break
            else:
                parts[-1].append(self._near(context))
        return conjunction(combine(part, context.match, context.fields) for part in parts)

    def _near(self, context: _Context) -> Operand:
        left = self._unary(context)
        pairs: list[Near] = []
        while near := self._take(Kind.NEAR):
            if pairs:
                self._count(near)  # in `a NEAR/5 b NEAR/5 c` the word in the middle stands in two pairs
            right = self._unary(context)
            sides = [self._side(side, near, context) for side in (left, right)]
            if sides[0].fields != sides[1].fields:
                raise Unreadable(errors.NEAR_OPERANDS, near.start, Edit(near.start, near.end, " "))
            pairs.append(Near(sides[0], sides[1], near.number))
            left = right
        if not pairs:
            return left
        return Loose(pairs[0]) if len(pairs) == 1 else conjunction(pairs)

    def _side(self, operand: Operand, near: Token, context: _Context) -> Word | Phrase:
        node = as_node(operand, context.fields)
        if isinstance(node, Word) or (isinstance(node, Phrase) and not node.slop):
            return node
        raise Unreadable(errors.NEAR_OPERANDS, near.start, Edit(near.start, near.end, " "))

    def _unary(self, context: _Context) -> Operand:
        signs = []
        while sign := self._take(Kind.NOT):
            signs.append(sign)
            self._check_depth(context.depth + len(signs), sign)
        if not signs:
            return self._primary(context)
        # Under an exclusion a written word stays whole: `-대구시장` must not exclude every 시장.
        node = self._node(replace(context, match=Match.ALL, depth=context.depth + len(signs)))
        for _ in signs:
            node = Not(node)
        return node

    def _node(self, context: _Context) -> Node:
        return as_node(self._primary(context), context.fields)

    def _primary(self, context: _Context) -> Operand:
        if opening := self._take(Kind.OPEN):
            return self._group(opening, replace(context, depth=context.depth + 1))
        if name := self._take(Kind.FIELD):
            return self._field(name, context)
        if leaf := self._take(*_LEAVES):
            self._count(leaf)
            return self._leaf(leaf, context)
        raise self._missing_operand()

    def _group(self, opening: Token, context: _Context) -> Node:
        self._check_depth(context.depth, opening)
        if closing := self._take(Kind.CLOSE):
            raise Unreadable(errors.EMPTY_PARENTHESES, opening.start, Edit(opening.start, closing.end, " "))
        if not self._peek():
            raise Unreadable(errors.UNCLOSED_PARENTHESIS, opening.start, Edit(opening.start, opening.end))
        node = self._query(context)
        if not self._take(Kind.CLOSE):
            raise Unreadable(errors.UNCLOSED_PARENTHESIS, opening.start, Edit(self._length, self._length, ")"))
        return node

    def _field(self, name: Token, context: _Context) -> Node:
        assert name.field is not None
        if context.field:
            raise Unreadable(errors.NESTED_FIELD, name.start, Edit(name.start, name.end))
        fields = (name.field,) if isinstance(name.field, TextField) else ()
        return self._node(replace(context, match=Match.ALL, field=name.field, fields=fields))

    def _leaf(self, token: Token, context: _Context) -> Operand:
        if context.field and not isinstance(context.field, TextField):
            return _value(token, context.field)
        if token.kind is Kind.PREFIX:
            return Loose(prefix(token.text, context.fields))
        if token.kind is Kind.PHRASE:
            return Loose(phrase(token.text, context.fields, token.number))
        return PlainWord(token.text)

    def _count(self, token: Token) -> None:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise Unreadable(errors.TOO_MANY_CLAUSES, token.start, Edit(token.start, self._length))

    def _check_depth(self, depth: int, token: Token) -> None:
        if depth > MAX_DEPTH:
            raise Unreadable(errors.TOO_DEEP, token.start, Edit(token.start, token.end))

    def _missing_operand(self) -> Unreadable:
        # The operator to blame is the one just taken, or at the beginning of a run the one that stands here.
        taken = self._tokens[self._next - 1] if self._next else None
        here = self._peek()
        if taken and taken.kind in (*_JOINING, Kind.NOT):
            blamed = taken
        elif here and here.kind in _JOINING:
            blamed = here
        elif here and here.kind is Kind.CLOSE:
            return Unreadable(errors.UNOPENED_PARENTHESIS, here.start, Edit(here.start, here.end))
        else:
            return Unreadable(errors.NO_WORD, 0, None)
        return Unreadable(errors.operator_without_words(blamed.text), blamed.start, Edit(blamed.start, blamed.end, " "))


def _value(token: Token, field: FilterField | Special) -> Node:
    if token.kind is Kind.PREFIX:
        raise Unreadable(errors.STAR_IN_VALUE, token.end - 1, Edit(token.end - 1, token.end))
    if token.number:
        after = token.end - len(str(token.number)) - 1
        raise Unreadable(errors.SLOP_OF_VALUE, after, Edit(after, token.end))
    if field is Special.DATE:
        return date_range(token.text)
    if field is Special.MONEY:
        return money_range(token.text)
    if field is Special.SPEAKER:
        return Value(None, token.text, speaker=True)
    assert isinstance(field, FilterField)
    return Value(field, token.text)
