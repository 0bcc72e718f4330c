"""The files an import reads: which, of what kind, and their articles with their places."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from service.commands.sources import Kind, Piece, Position, Source, copy_of, list_sources, pieces_of
from service.domain.errors import GisaError, MalformedRequest, NotFound, TooLarge


def write(folder: Path, **files: bytes) -> None:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)


def pieces(path: Path) -> list[Piece]:
    (source,) = list_sources((str(path),)).sources
    return list(pieces_of(source, Position()))


def test_a_folder_is_listed_with_all_below_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(tmp_path, z__TXT=b"", a__json=b"[]", readme__md=b"", one__jsonl__gz=b"", __hidden__txt=b"")
    write(tmp_path / "b", c__ndjson=b"")
    listing = list_sources((str(tmp_path),))
    assert [(source.path.relative_to(tmp_path).as_posix(), source.kind) for source in listing.sources] == [
        ("a.json", Kind.JSON),
        ("b/c.ndjson", Kind.LINES),
        ("one.jsonl.gz", Kind.LINES),
        ("z.TXT", Kind.PRESS_COPY),
    ]
    assert listing.passed_over == 1


def test_a_file_that_is_named_and_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    write(tmp_path, report__pdf=b"%PDF")
    listing = list_sources((str(tmp_path / "report.pdf"),))
    assert listing.sources == ()
    assert isinstance(listing.refused[0].content, MalformedRequest)


def test_a_path_that_is_not_there_stops_the_import_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="absent"):
        list_sources((str(tmp_path / "absent"),))


def test_standard_input_is_lines() -> None:
    assert list_sources(("-",)).sources == (Source("-", Kind.LINES, 0),)


def test_lines_keep_their_numbers_blank_ones_too(tmp_path: Path) -> None:
    write(tmp_path, a__jsonl=b'{"a": 1}\r\n\n{"b": 2}')
    path = tmp_path / "a.jsonl"
    assert pieces(path) == [
        Piece(str(path), 1, b'{"a": 1}\r'),
        Piece(str(path), 2, b""),
        Piece(str(path), 3, b'{"b": 2}'),
    ]


def test_a_line_over_the_limit_is_refused_alone(tmp_path: Path) -> None:
    write(tmp_path, a__jsonl=b"1\n" + b"x" * ((1 << 20) + 1) + b"\n3\n")
    first, second, third = pieces(tmp_path / "a.jsonl")
    assert (first.content, third.content, third.line) == (b"1", b"3", 3)
    assert isinstance(second.content, TooLarge)


def test_gzip_is_inflated(tmp_path: Path) -> None:
    write(tmp_path, a__jsonl__gz=gzip.compress(b"1\n2\n") + gzip.compress(b"3\n"))
    assert [piece.content for piece in pieces(tmp_path / "a.jsonl.gz")] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("cut", [8, 12, -10, -4])
def test_a_broken_gzip_gives_what_can_be_read_and_says_so(tmp_path: Path, cut: int) -> None:
    write(tmp_path, a__jsonl__gz=gzip.compress(b"1\n2\n")[:cut])
    assert isinstance(pieces(tmp_path / "a.jsonl.gz")[-1].content, MalformedRequest)


def test_a_file_that_is_no_gzip_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a__jsonl__gz=b"plain text")
    (piece,) = pieces(tmp_path / "a.jsonl.gz")
    assert isinstance(piece.content, MalformedRequest)


def test_a_byte_order_mark_before_json_is_taken(tmp_path: Path) -> None:
    write(tmp_path, a__json=b'\xef\xbb\xbf[{"a": 1}]')
    assert [piece.content for piece in pieces(tmp_path / "a.json")] == [b'{"a": 1}']


def test_json_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a__json="[{'a': '가'}]".encode("cp949"))
    assert isinstance(pieces(tmp_path / "a.json")[-1].content, MalformedRequest)


def test_press_copy_comes_whole_in_its_own_encoding(tmp_path: Path) -> None:
    write(tmp_path, a__txt="제목\n본문".encode("cp949"))
    (source,) = list_sources((str(tmp_path),)).sources
    assert copy_of(source, Position()).content == "제목\n본문".encode("cp949")


def test_press_copy_over_four_mebibytes_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a__txt=b"x" * ((4 << 20) + 1))
    (source,) = list_sources((str(tmp_path),)).sources
    assert isinstance(copy_of(source, Position()).content, TooLarge)


def test_a_file_that_went_away_is_refused(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    assert isinstance(copy_of(Source(gone + ".txt", Kind.PRESS_COPY, 1), Position()).content, GisaError)
    (piece,) = pieces_of(Source(gone + ".jsonl", Kind.LINES, 1), Position())
    assert isinstance(piece.content, GisaError)


def test_the_position_counts_the_bytes_read(tmp_path: Path) -> None:
    write(tmp_path, a__jsonl=b"1\n2\n", b__txt=b"12345")
    position = Position()
    lines, copy = list_sources((str(tmp_path),)).sources
    list(pieces_of(lines, position))
    assert position.bytes == 4
    copy_of(copy, position)
    assert position.bytes == 9
