"""The files an import reads, each article of them as a piece of bytes with its place; never a whole file in memory."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from service.commands.json_array import Element, split_array
from service.domain.errors import GisaError, MalformedRequest, NotFound, TooLarge
from service.web.lines import MAX_LINE_BYTES, read_lines

MAX_COPY = 4 << 20
"""Bytes of one press copy, the limit of the press-copy call."""


class Kind(StrEnum):
    """What a file holds."""

    PRESS_COPY = "press copy"
    JSON = "json"
    LINES = "lines"


_CHUNK = 1 << 16
_SUFFIXES = {
    ".txt": Kind.PRESS_COPY,
    ".json": Kind.JSON,
    ".jsonl": Kind.LINES,
    ".ndjson": Kind.LINES,
    ".jsonl.gz": Kind.LINES,
    ".ndjson.gz": Kind.LINES,
}
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, named as the user would name it; `size` in bytes is 0 where it cannot be known."""

    name: str
    kind: Kind
    size: int

    @property
    def path(self) -> Path:
        """Return the path of the file."""
        return Path(self.name)


@dataclass(frozen=True, slots=True)
class Piece:
    """One article as it stands in a file: its bytes, or the error for which it cannot even be read; line from 1."""

    source: str
    line: int
    content: bytes | GisaError


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, those that cannot be, and how many others the folders hold."""

    sources: tuple[Source, ...]
    refused: tuple[Piece, ...]
    passed_over: int


class Position:
    """How many bytes of the files have been read."""

    def __init__(self) -> None:
        self._before = 0
        self._now = 0

    @property
    def bytes(self) -> int:
        """Return the bytes read of all files so far."""
        return self._before + self._now

    def at(self, offset: int) -> None:
        """Say how far the present file has been read."""
        self._now = offset

    def ended(self, size: int) -> None:
        """Say that the present file is done."""
        self._before += size
        self._now = 0


def list_sources(paths: tuple[str, ...]) -> Listing:
    """Return the files that these paths name, those of folders in the order of their names, hidden ones left out."""
    sources: list[Source] = []
    refused: list[Piece] = []
    passed_over = 0
    for path in paths:
        for found in _files_under(path):
            kind = Kind.LINES if found == STANDARD_INPUT else _kind_of(found)
            if kind is None and found != path:
                passed_over += 1
            elif kind is None:
                refused.append(Piece(path, 0, _unknown_kind(path)))
            else:
                sources.append(Source(found, kind, 0 if found == STANDARD_INPUT else Path(found).stat().st_size))
    return Listing(tuple(sources), tuple(refused), passed_over)


def pieces_of(source: Source, position: Position) -> Iterator[Piece]:
    """Yield the articles of a file of JSON or of lines; what cannot be read comes as a piece with its error."""
    line = 0
    try:
        with _opened(source) as raw:
            reader = _elements(raw) if source.kind is Kind.JSON else _lines(_inflated(raw, source.name))
            for element in reader:
                line = element.line
                if source.size:
                    position.at(raw.tell())
                yield Piece(source.name, line, element.content)
    except (OSError, EOFError, zlib.error) as error:
        yield Piece(source.name, line + 1, _unreadable(error))
    position.ended(source.size)


def copy_of(source: Source, position: Position) -> Piece:
    """Return the whole of a file of press copy."""
    content: bytes | GisaError
    try:
        with source.path.open("rb") as file:
            content = file.read(MAX_COPY + 1)
    except OSError as error:
        content = _unreadable(error)
    position.ended(source.size)
    if isinstance(content, bytes) and len(content) > MAX_COPY:
        content = TooLarge(
            "보도자료 파일이 4MiB를 넘습니다. 기사별로 나누세요.",
            "The file of press copy is over 4 MiB. Split it by article.",
        )
    return Piece(source.name, 1, content)


def _files_under(path: str) -> Iterator[str]:
    if path == STANDARD_INPUT or not Path(path).is_dir():
        if path != STANDARD_INPUT and not Path(path).exists():
            raise NotFound(f"{path}이(가) 없습니다. 경로를 확인하세요.", f"There is no {path}. Check the path.")
        yield path
        return
    for found in sorted(Path(path).rglob("*")):
        if found.is_file() and not any(part.startswith(".") for part in found.relative_to(path).parts):
            yield str(found)


def _kind_of(name: str) -> Kind | None:
    lower = name.lower()
    return next((kind for suffix, kind in _SUFFIXES.items() if lower.endswith(suffix)), None)


def _opened(source: Source) -> AbstractContextManager[BinaryIO]:
    if source.name == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    return source.path.open("rb")


def _inflated(raw: BinaryIO, name: str) -> BinaryIO:
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if name.lower().endswith(".gz") else raw


def _lines(stream: BinaryIO) -> Iterator[Element]:
    chunks = iter(lambda: stream.read(_CHUNK), b"")
    return (Element(number, line) for number, line in enumerate(read_lines(chunks), start=1))


def _elements(stream: BinaryIO) -> Iterator[Element]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield from split_array(text, MAX_LINE_BYTES)
    finally:
        text.detach()


def _unknown_kind(path: str) -> MalformedRequest:
    return MalformedRequest(
        f"{Path(path).name}은(는) 읽을 수 있는 형식이 아닙니다. .txt .json .jsonl .jsonl.gz 파일을 지정하세요.",
        f"{Path(path).name} is of no kind that can be read. Name files in .txt .json .jsonl .jsonl.gz.",
    )


def _unreadable(error: Exception) -> MalformedRequest:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return MalformedRequest(
        f"파일을 여기부터 읽을 수 없습니다 ({reason}). 파일이 온전한지 확인하세요.",
        f"The file cannot be read from here on ({reason}). Check that it is whole.",
    )
