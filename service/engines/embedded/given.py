"""What the pages so far have given: the ground on which pages by score and by story neither repeat nor miss a hit.

A score hangs on every article of the index, so it moves with every write, and with it the place of each hit. What was
given does not move: the next page holds the best of the others. A few numbers travel in the cursor itself, many are
kept in a file beside the articles, which grows page by page.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import os
import re
import secrets
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from service.domain.errors import ExpiredCursor, InvalidCursor, StorageFull

_DIRECTORY = "pages"
_INLINE = 64  # numbers that a cursor holds itself: some 900 characters
_SIZE = 8  # bytes of a number
_KEPT_SECONDS = 3_600.0  # since the last page that was added
_MOST_BYTES = 256 << 20  # over all files; those not paged on for the longest go first
_SWEEP_SECONDS = 30.0
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Given(NamedTuple):
    """The numbers of the hits given so far, in their order; `name` is that of the file they are kept in."""

    numbers: array[int]
    name: str | None = None


NOTHING = Given(array("Q"))


class GivenPages:
    """The files of one data directory; safe to use by several processes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / _DIRECTORY
        self._swept = 0.0

    def read(self, position: Sequence[Any]) -> Given:
        """Return what `write` was given; InvalidCursor where it is none of ours, ExpiredCursor where it has gone."""
        match position:
            case [str() as packed]:
                return Given(_unpacked(packed))
            case [str() as name, int() as count] if _NAME.fullmatch(name) and count > 0:
                return Given(self._numbers(name, count), name)
        raise foreign_cursor()

    def write(self, before: Given, numbers: Iterable[int]) -> list[Any]:
        """Keep what was given before and now, and return the position that `read` takes; StorageFull."""
        whole = before.numbers + array("Q", numbers)
        if len(whole) <= _INLINE:
            return [base64.b85encode(_bytes(whole)).decode("ascii")]
        try:
            name = before.name
            if name is None or not self._extended(name, len(before.numbers), whole):
                name = self._kept(whole)
        except OSError as error:
            raise StorageFull(
                f"다음 쪽을 위한 자리를 적지 못했습니다({error}). 디스크를 비운 뒤 다시 검색하세요.",
                f"Where the next page begins could not be written down ({error}). Free some space and search again.",
            ) from error
        return [name, len(whole)]

    def _numbers(self, name: str, count: int) -> array[int]:
        try:
            with (self._directory / name).open("rb") as file:
                content = file.read(count * _SIZE)
        except FileNotFoundError as error:
            raise _expired() from error
        if len(content) < count * _SIZE:
            raise _expired()
        return _numbers(content)

    def _extended(self, name: str, count: int, whole: array[int]) -> bool:
        """Return whether the file holds the whole now: another page may have been added to it from the same cursor."""
        added = _bytes(whole[count:])
        try:
            with (self._directory / name).open("r+b") as file, _locked(file):
                file.seek(count * _SIZE)
                after = file.read(len(added))
                if after and after != added:
                    return False
                if not after:
                    file.write(added)
        except FileNotFoundError:
            return False
        return True

    def _kept(self, whole: array[int]) -> str:
        self._sweep()
        self._directory.mkdir(exist_ok=True)
        name = secrets.token_hex(16)
        (self._directory / name).write_bytes(_bytes(whole))
        return name

    def _sweep(self) -> None:
        now = time.time()
        if now - self._swept < _SWEEP_SECONDS:
            return
        self._swept = now
        try:
            files = sorted((status.st_mtime, status.st_size, path) for path, status in _files(self._directory))
        except FileNotFoundError:
            return
        held = sum(size for _, size, _ in files)
        for written, size, path in files:
            if now - written > _KEPT_SECONDS or held > _MOST_BYTES:
                Path(path).unlink(missing_ok=True)
                held -= size


def key_number(key: str) -> int:
    """Return a number for an article, in the index and in what was given."""
    return int.from_bytes(hashlib.blake2b(f"key {key}".encode(), digest_size=_SIZE).digest()) >> 1


def foreign_cursor() -> InvalidCursor:
    """Return the error of a cursor that this engine cannot have given."""
    return InvalidCursor(
        "이 커서는 다른 엔진의 것입니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
        "This cursor was given by another engine. Search again from the first page, without a cursor.",
    )


def _expired() -> ExpiredCursor:
    return ExpiredCursor(
        "커서의 유효 시간이 지났습니다. 커서 없이 첫 쪽부터 다시 검색하세요.",
        "The cursor has expired. Search again from the first page, without a cursor.",
    )


def _unpacked(packed: str) -> array[int]:
    try:
        return _numbers(base64.b85decode(packed))
    except (ValueError, binascii.Error) as error:
        raise foreign_cursor() from error


def _numbers(content: bytes) -> array[int]:
    numbers = array("Q")
    numbers.frombytes(content)
    return numbers


def _bytes(numbers: array[int]) -> bytes:
    return numbers.tobytes()


def _files(directory: Path) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(directory) as entries:
        for entry in entries:
            try:
                yield entry.path, entry.stat()
            except FileNotFoundError:
                continue  # another process has removed it


@contextmanager
def _locked(file: BinaryIO) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        # What was written has to be in the file before another process looks.
        file.flush()
        fcntl.flock(file, fcntl.LOCK_UN)
