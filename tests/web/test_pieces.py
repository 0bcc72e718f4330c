"""The pieces that streams are made of."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from threading import Thread

import pytest
import structlog
import zstandard

from service.domain.errors import MalformedRequest, TooLarge, UnsupportedMediaType
from service.web.inflating import PIECE_BYTES, inflate
from service.web.lines import read_lines
from service.web.logs import configure_logs
from service.web.spool import MEMORY_BYTES, Abandoned, Spool, Unfinished


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_every_member_is_inflated_however_it_is_cut(compress: object, size: int) -> None:
    assert callable(compress)
    name = "gzip" if compress is gzip.compress else "zstd"
    data = compress("가나다".encode() * 999) + compress(b"") + compress(b"rest")
    assert b"".join(inflate(pieces(data, size), name)) == "가나다".encode() * 999 + b"rest"


def test_a_bomb_unfolds_piece_by_piece() -> None:
    bomb = gzip.compress(b"\0" * (32 << 20))
    assert max(map(len, inflate(iter([bomb]), "gzip"))) <= PIECE_BYTES
    bomb = zstandard.compress(b"\0" * (64 << 20))
    assert max(map(len, inflate(iter([bomb]), "zstd"))) <= 8 << 20


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_damage_is_told(name: str) -> None:
    data = {"gzip": gzip.compress, "zstd": zstandard.compress}[name](b"text" * 100)
    for damaged in (b"", data[:-1], data + b"\0x", b"\0" + data, data[:10] + b"\xff\xff\xff" + data[13:]):
        with pytest.raises(MalformedRequest):
            b"".join(inflate(iter([damaged]), name))


def test_another_encoding_is_not_taken() -> None:
    with pytest.raises(UnsupportedMediaType):
        inflate(iter([b""]), "deflate")


@pytest.mark.parametrize("size", [1, 3, 100])
def test_lines_are_the_same_however_they_come(size: int) -> None:
    data = b"\nab\r\n\n" + b"c" * 10 + b"\n" + b"d" * 11 + b"\n" + b"e" * 40 + b"\nend"
    found = [line if isinstance(line, bytes) else type(line) for line in read_lines(pieces(data, size), limit=10)]
    assert found == [b"", b"ab\r", b"", b"c" * 10, TooLarge, TooLarge, b"end"]


def test_a_stream_that_breaks_ends_with_its_error() -> None:
    def breaking() -> Iterator[bytes]:
        yield b"a\nhalf"
        raise MalformedRequest("끊김", "broken")

    first, error = read_lines(breaking())
    assert first == b"a"
    assert isinstance(error, MalformedRequest)


def test_a_spool_is_read_while_it_is_written() -> None:
    spool = Spool()
    written = [bytes([number % 256]) * 70_000 for number in range(40)]

    def write() -> None:
        for piece in written:
            spool.write(piece)
        spool.end()

    writer = Thread(target=write)
    writer.start()
    assert b"".join(spool.read()) == b"".join(written)
    writer.join()
    assert sum(map(len, written)) > MEMORY_BYTES
    spool.abandon()


def test_a_writer_is_told_that_its_reader_has_gone() -> None:
    spool = Spool()
    spool.write(b"a")
    spool.abandon()
    assert spool.abandoned
    with pytest.raises(Abandoned):
        spool.write(b"b")
    assert list(spool.read()) == []


def test_a_reader_is_told_that_its_writer_failed() -> None:
    spool = Spool()
    spool.write(b"a")
    spool.end(failed=True)
    reader = spool.read()
    assert next(reader) == b"a"
    with pytest.raises(Unfinished):
        next(reader)


@pytest.mark.parametrize("form", ["json", "text", "auto"])
def test_a_log_line_is_one_line_with_hangul_as_it_is(form: str) -> None:
    stream = io.StringIO()
    configure_logs("info", form, stream)
    structlog.get_logger().info("도서관", path="/a\r\nforged \u2028 line", bad="\ud800")
    structlog.get_logger().debug("not this")
    text = stream.getvalue()
    assert len(text.splitlines()) == 1
    assert "도서관" in text
    if form != "text":
        assert json.loads(text)["path"].startswith("/a\r\nforged")
