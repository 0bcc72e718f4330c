"""A JSON file of one article or of an array of them, taken apart without holding more than one article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from service.domain.errors import GisaError, MalformedRequest, TooLarge

_CHUNK = 1 << 16
_PATIENCE = 4  # times the limit: where an element has no end by then, the rest of the file is given up
_BLANKS = " \t\r\n"
# Lenient and cheap, as it only finds where a value ends: numbers stay text, control characters pass.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


class Element(NamedTuple):
    """One article and the line it begins in, from 1; or the error for which the rest cannot be taken apart."""

    line: int
    content: bytes | GisaError


class _Window:
    """The part of the text that has been read and not yet taken."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.rest = ""
        self.line = 1

    def more(self) -> bool:
        """Read on and return whether there was anything."""
        # The window doubles, so that an element is parsed again only as often as its length has doubled.
        chunk = self._text.read(max(_CHUNK, len(self.rest)))
        self.rest += chunk
        return bool(chunk)

    def take(self, length: int) -> str:
        """Return so many characters and leave them behind."""
        taken, self.rest = self.rest[:length], self.rest[length:]
        self.line += taken.count("\n")
        return taken

    def peek(self) -> str:
        """Return the next character that is not blank, "" at the end."""
        while True:
            self.take(len(self.rest) - len(self.rest.lstrip(_BLANKS)))
            if self.rest or not self.more():
                return self.rest[:1]


def split_array(text: TextIO, most_bytes: int) -> Iterator[Element]:
    """Yield each element of an array, or the one value there is, as UTF-8 bytes just as it is written.

    The values are cut out, not checked: whoever parses them does that. An element over the limit is refused by itself;
    where brackets or commas are wrong nothing after that place can be told apart, so a last error says so.
    """
    window = _Window(text)
    try:
        yield from _split(window, most_bytes)
    except TooLarge as error:
        yield Element(window.line, error)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        yield Element(window.line, _malformed(error))


def _split(window: _Window, most_bytes: int) -> Iterator[Element]:
    if window.peek() != "[":
        yield _element(window, most_bytes)
        if window.peek():
            raise ValueError("text after the value; one article to a line belongs into a .jsonl file")
        return
    window.take(1)
    if window.peek() == "]":
        window.take(1)
    else:
        while True:
            yield _element(window, most_bytes)
            separator = window.peek()
            window.take(1)
            if separator == "]":
                break
            if separator != ",":
                raise ValueError("a comma or ] is missing")
    if window.peek():
        raise ValueError("text after the array")


def _element(window: _Window, most_bytes: int) -> Element:
    window.peek()
    line = window.line
    while True:
        try:
            _, end = _DECODER.raw_decode(window.rest)
            # A number may go on in what has not been read yet.
            if end < len(window.rest) or not window.more():
                break
        except ValueError:
            if len(window.rest) > _PATIENCE * most_bytes:
                raise _too_long() from None
            if not window.more():
                raise
    content = window.take(end).encode()
    return Element(line, content if len(content) <= most_bytes else _too_long())


def _too_long() -> TooLarge:
    return TooLarge("기사 하나가 1MiB를 넘습니다. 본문을 줄이세요.", "One article is over 1 MiB. Shorten its body.")


def _malformed(error: Exception) -> MalformedRequest:
    return MalformedRequest(
        f"이 줄부터 JSON을 읽을 수 없습니다 ({error}). 파일을 고쳐 다시 가져오세요.",
        f"The JSON cannot be read from this line on ({error}). Mend the file and import it again.",
    )
