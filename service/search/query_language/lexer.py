"""A query into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.errors import Message
from service.search.query_language import errors
from service.search.query_language.errors import Edit, Unreadable
from service.search.query_language.fields import Special, field_named
from service.search.query_language.limits import MAX_DISTANCE, MIN_PREFIX_LENGTH
from service.search.query_language.terms import is_word
from service.search.query_language.tokens import Kind, Token
from service.search.tree import TextField

_CHUNK = re.compile(r"[^\s()|\"「」『』‘’](?:[^\s()|\"「」『』‘’]|(?<=[A-Za-z0-9])’(?=[A-Za-z0-9]))*")
_CLOSING_SINGLE = re.compile(r"[^\"「」『』’]*(?:(?<=[A-Za-z0-9])’(?=[A-Za-z0-9])[^\"「」『』’]*)*’")
_SLOP = re.compile(r"~(\d+)(?![^\s()|\"「」『』‘’])", re.ASCII)
_NEAR = re.compile(r"NEAR/(\d+)", re.ASCII)
_NEGATIONS = re.compile(r"[-!]*")
_NAMED = re.compile(r"([^:*]+):")
_PUNCTUATION = re.compile(r"^[\W_]+")
_STARS = re.compile(r"\*+")
_OPERATORS = {"OR": Kind.OR, "AND": Kind.AND, "NOT": Kind.NOT}
_SIGNS = {"(": Kind.OPEN, ")": Kind.CLOSE, "|": Kind.OR}
_CORNERS = {"「": "」", "『": "』"}


class Lexer:
    """Reads one query, in the form `source.read` gives it; `warnings` fills as `tokens` is run through."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.warnings: list[Message] = []

    def tokens(self) -> list[Token]:
        """Return the tokens in order, what is no word left out; raises Unreadable."""
        found: list[Token] = []
        position = 0
        while position < len(self._text):
            character = self._text[position]
            if character in _SIGNS:
                found.append(Token(_SIGNS[character], character, position, position + 1))
                position += 1
            elif (closing := self._closing(position)) is not None:
                token = self._phrase(position, closing)
                found.extend([token] if token else [])
                position = token.end if token else closing + 1
            elif chunk := _CHUNK.match(self._text, position):
                found.extend(self._chunk(chunk[0], position))
                position = chunk.end()
            else:
                position += 1  # a blank, or a single quotation mark without its partner
        return found

    def _closing(self, opening: int) -> int | None:
        # Where the quotation that begins here ends; None where none begins.
        mark = self._text[opening]
        if mark in "」』":
            raise Unreadable(errors.UNOPENED_QUOTATION, opening, Edit(opening, opening + 1))
        if mark == "‘":
            match = _CLOSING_SINGLE.match(self._text, opening + 1)
            return match.end() - 1 if match else None
        if mark != '"' and mark not in _CORNERS:
            return None
        closing = self._text.find(_CORNERS.get(mark, mark), opening + 1)
        if closing < 0:
            raise Unreadable(errors.UNCLOSED_QUOTATION, opening, self._closed(opening))
        return closing

    def _closed(self, opening: int) -> Edit:
        # The mark is closed at the end, or removed where nothing follows that could be looked for.
        mark = self._text[opening]
        rest = self._text[opening + 1 :].rstrip()
        if is_word(rest):
            return Edit(opening + 1 + len(rest), len(self._text), _CORNERS.get(mark, mark))
        return Edit(opening, opening + 1)

    def _phrase(self, opening: int, closing: int) -> Token | None:
        text = " ".join(self._text[opening + 1 : closing].split())
        if not is_word(text):
            if self._text[opening] == "‘":
                return None
            raise Unreadable(errors.EMPTY_QUOTATION, opening, Edit(opening, closing + 1, " "))
        if "*" in text:
            self.warnings.append(errors.star_in_quotation(text))
        slop = _SLOP.match(self._text, closing + 1)
        number = _distance(slop[1]) if slop else 0
        return Token(Kind.PHRASE, text, opening, slop.end() if slop else closing + 1, number)

    def _chunk(self, chunk: str, start: int) -> Iterator[Token]:
        if chunk in _OPERATORS:
            yield Token(_OPERATORS[chunk], chunk, start, start + len(chunk))
            return
        if near := _NEAR.fullmatch(chunk):
            yield Token(Kind.NEAR, chunk, start, start + len(chunk), _distance(near[1]))
            return
        negations = _NEGATIONS.match(chunk)
        assert negations is not None
        count = negations.end()
        rest = chunk[count:]
        if "*" in rest or is_word(rest) or (not rest and self._operand_begins(start + count)):
            for index in range(start, start + count):
                yield Token(Kind.NOT, self._text[index], index, index + 1)
            if rest:
                yield from self._operand(rest, start + count)

    def _operand_begins(self, offset: int) -> bool:
        return self._text[offset : offset + 1] in tuple('("「『‘')

    def _operand(self, text: str, start: int) -> Iterator[Token]:
        named = _NAMED.match(text)
        field = field_named(named[1]) if named else None
        if named is None or field is None:
            if named and (named.end() < len(text) or self._operand_begins(start + named.end())):
                self._warn_of(named[1])
            yield self._word(text, start)
            return
        yield Token(Kind.FIELD, named[1], start, start + named.end(), field=field)
        value, value_start = text[named.end() :], start + named.end()
        if not value:
            self._check_value_follows(named[1], start, value_start)
            return
        self._check_value(value, start, value_start)
        if isinstance(field, Special) or not isinstance(field, TextField):
            yield self._value(value, named[1], start, value_start)
        else:
            yield self._word(value, value_start)

    def _check_value_follows(self, name: str, start: int, offset: int) -> None:
        if self._operand_begins(offset):
            return
        blanks = len(self._text) - offset - len(self._text[offset:].lstrip())
        following = _CHUNK.match(self._text, offset + blanks)
        joined = following and following[0] not in _OPERATORS and is_word(following[0])
        edit = Edit(offset, offset + blanks) if joined else Edit(start, offset)
        raise Unreadable(errors.field_without_value(name), start, edit)

    def _check_value(self, value: str, start: int, value_start: int) -> None:
        if value[0] in "-!":
            edit = Edit(start, value_start + 1, value[0] + self._text[start:value_start])
            raise Unreadable(errors.EXCLUDED_VALUE, value_start, edit)
        if value in _OPERATORS or _NEAR.fullmatch(value):
            edit = Edit(value_start, value_start + len(value), f'"{value}"')
            raise Unreadable(errors.OPERATOR_AS_VALUE, value_start, edit)
        named = _NAMED.match(value)
        if named and field_named(named[1]):
            raise Unreadable(errors.NESTED_FIELD, value_start, Edit(value_start, value_start + named.end()))

    def _value(self, value: str, name: str, start: int, value_start: int) -> Token:
        if star := _STARS.search(value):
            edit = Edit(value_start + star.start(), value_start + star.end())
            raise Unreadable(errors.STAR_IN_VALUE, edit.start, edit)
        if not is_word(value):
            edit = Edit(start, value_start + len(value))
            raise Unreadable(errors.field_without_value(name), start, edit)
        return Token(Kind.WORD, value, value_start, value_start + len(value))

    def _word(self, text: str, start: int) -> Token:
        end = start + len(text)
        star = _STARS.search(text)
        if not star:
            if not is_word(text):
                raise Unreadable(errors.NO_WORD, start, Edit(start, end))
            return Token(Kind.WORD, text, start, end)
        beginning = _beginning(text[: star.start()])
        long_enough = len(beginning) >= MIN_PREFIX_LENGTH and is_word(beginning)
        if star.end() - star.start() == 1 and star.end() == len(text) and long_enough:
            return Token(Kind.PREFIX, beginning, start, end)
        raise Unreadable(
            errors.MISPLACED_STAR, start + star.start(), _without_star(star, start, len(text), long_enough)
        )

    def _warn_of(self, name: str) -> None:
        warning = errors.not_a_field(name)
        if warning not in self.warnings:
            self.warnings.append(warning)


def _beginning(text: str) -> str:
    # Opening punctuation is no part of the word, but without it `:제목:대구` would become a field.
    bare = _PUNCTUATION.sub("", text)
    named = _NAMED.match(bare)
    return text if named and field_named(named[1]) else bare


def _without_star(star: re.Match[str], start: int, length: int, long_enough: bool) -> Edit:
    if star.end() == length:
        return Edit(start + star.start(), start + length, "*" if long_enough else "")
    return Edit(start + star.start(), start + star.end(), " " if star.start() else "")


def _distance(digits: str) -> int:
    if len(digits) > len(str(MAX_DISTANCE)) or int(digits) > MAX_DISTANCE:
        raise errors.distance_out_of_range()
    return int(digits)
