"""What the pages so far have given is kept in the cursor while it is little, in files when it is much."""

from __future__ import annotations

import json
import os
from array import array
from pathlib import Path
from typing import Any

import pytest

from service.domain.errors import ExpiredCursor, InvalidCursor
from service.engines.embedded.given import NOTHING, GivenPages, key_number

MANY = range(1, 101)


@pytest.fixture
def pages(tmp_path: Path) -> GivenPages:
    return GivenPages(tmp_path)


def through_json(position: list[Any]) -> list[Any]:
    return list(json.loads(json.dumps(position)))


def files(directory: Path) -> list[Path]:
    return sorted((directory / "pages").iterdir()) if (directory / "pages").exists() else []


def test_a_few_numbers_leave_no_file(pages: GivenPages, tmp_path: Path) -> None:
    numbers = [0, 1, (1 << 63) - 1, key_number("a")]
    position = through_json(pages.write(NOTHING, numbers))
    assert list(pages.read(position).numbers) == numbers
    assert files(tmp_path) == []


def test_many_numbers_go_into_one_file_that_grows(pages: GivenPages, tmp_path: Path) -> None:
    first = pages.write(NOTHING, MANY)
    second = pages.write(pages.read(through_json(first)), range(200, 300))
    assert list(pages.read(second).numbers) == [*MANY, *range(200, 300)]
    assert list(pages.read(first).numbers) == list(MANY), "the cursor of the page before still says what it said"
    assert len(files(tmp_path)) == 1


def test_the_same_page_again_writes_nothing(pages: GivenPages, tmp_path: Path) -> None:
    first = pages.read(pages.write(NOTHING, MANY))
    once, again = pages.write(first, [7, 8]), pages.write(first, [7, 8])
    assert once == again
    assert [file.stat().st_size for file in files(tmp_path)] == [102 * 8]


def test_another_page_from_the_same_cursor_leaves_the_first_alone(pages: GivenPages, tmp_path: Path) -> None:
    first = pages.read(pages.write(NOTHING, MANY))
    one, other = pages.write(first, [7, 8]), pages.write(first, [7, 9])
    assert list(pages.read(one).numbers) == [*MANY, 7, 8]
    assert list(pages.read(other).numbers) == [*MANY, 7, 9]
    assert len(files(tmp_path)) == 2


def test_what_a_kill_has_cut_off_is_not_taken_for_a_page(pages: GivenPages, tmp_path: Path) -> None:
    first = pages.read(pages.write(NOTHING, MANY))
    [file] = files(tmp_path)
    file.write_bytes(file.read_bytes() + b"abc")
    assert list(pages.read(pages.write(first, [7, 8])).numbers) == [*MANY, 7, 8]


def test_a_file_that_has_gone_or_is_too_short_is_expired(pages: GivenPages, tmp_path: Path) -> None:
    position = pages.write(NOTHING, MANY)
    with pytest.raises(ExpiredCursor):
        pages.read([position[0], 101])
    [file] = files(tmp_path)
    file.unlink()
    with pytest.raises(ExpiredCursor):
        pages.read(position)


@pytest.mark.parametrize(
    "position",
    [
        [],
        [1.5, "a"],
        ["é"],
        ["abc"],
        ["../gisa.sqlite3", 3],
        ["../" + "0" * 29, 3],
        ["0" * 32 + "\n", 3],
        ["A" * 32, 3],
        ["0" * 32, 0],
        ["0" * 32, -1],
        ["0" * 32, "3"],
        ["0" * 32, 3, 4],
        [None, ["a"]],
    ],
)
def test_what_no_page_has_written_is_refused(pages: GivenPages, position: list[Any]) -> None:
    with pytest.raises(InvalidCursor):
        pages.read(position)


def test_files_that_nobody_pages_on_are_removed(pages: GivenPages, tmp_path: Path) -> None:
    old = pages.write(NOTHING, MANY)
    os.utime(tmp_path / "pages" / old[0], (1, 1))
    kept = GivenPages(tmp_path).write(NOTHING, MANY)
    assert [file.name for file in files(tmp_path)] == [kept[0]]


def test_the_oldest_go_where_they_take_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.engines.embedded.given._MOST_BYTES", 1_000)
    positions = []
    for age in (30, 20, 10):
        positions.append(GivenPages(tmp_path).write(NOTHING, MANY))
        path = tmp_path / "pages" / positions[-1][0]
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    GivenPages(tmp_path).write(NOTHING, MANY)
    with pytest.raises(ExpiredCursor):
        GivenPages(tmp_path).read(positions[0])
    assert GivenPages(tmp_path).read(positions[2]).numbers == array("Q", MANY)
