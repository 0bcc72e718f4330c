"""The manifest of a backup: read as written, refused where any byte of it is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.domain.errors import BackupDamaged, StartupError
from service.search.digest import Digest
from service.usecases.backup import manifest as manifests
from service.usecases.backup.manifest import FILE_NAME, Manifest, Part, Snapshot, dump_manifest, read_manifest

MANIFEST = Manifest(
    "1.0",
    "embedded",
    datetime(2026, 11, 28, tzinfo=UTC),
    Digest(3, "ab" * 32),
    {"articles": 3},
    {"gisa.sqlite3": Part(10, "cd" * 32)},
    Snapshot("backup", "gisa-1", (("articles", "gisa-articles", "gisa-articles-v1-000001"),)),
)


def written(directory: Path, data: bytes) -> Path:
    (directory / FILE_NAME).write_bytes(data)
    return directory


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_manifest(written(tmp_path, dump_manifest(MANIFEST))) == MANIFEST


def test_no_byte_of_it_can_be_changed(tmp_path: Path) -> None:
    data = dump_manifest(MANIFEST)
    for place, byte in enumerate(data):
        changed = data[:place] + bytes([byte ^ 1]) + data[place + 1 :]
        if changed.split() == data.split():  # white space between its values
            continue
        with pytest.raises((BackupDamaged, StartupError)):
            read_manifest(written(tmp_path, changed))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\xff\xfe", dump_manifest(MANIFEST)[:-20]])
def test_what_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BackupDamaged, match="Use another backup"):
        read_manifest(written(tmp_path, data))


@pytest.mark.parametrize("name", ["/etc/gisa", "../gisa.sqlite3", "index/../../gisa.sqlite3", ""])
def test_no_file_of_it_lies_outside(tmp_path: Path, name: str) -> None:
    names = {name: Part(10, "cd" * 32)}
    for outside in (replace(MANIFEST, files=names), replace(MANIFEST, index=names)):
        with pytest.raises(BackupDamaged, match="file name"):
            read_manifest(written(tmp_path, dump_manifest(outside)))


def test_a_folder_without_one_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupDamaged, match="no finished backup"):
        read_manifest(tmp_path)


def test_a_format_of_later_is_left_to_later_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifests, "FORMAT", 2)
    data = dump_manifest(MANIFEST)
    monkeypatch.undo()
    with pytest.raises(StartupError, match="version of gisa that made it"):
        read_manifest(written(tmp_path, data))
