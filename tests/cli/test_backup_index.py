"""The index in a backup: restored along, and built anew where it is damaged, of other words or left out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from service.usecases.backup.files import described as part_of
from service.usecases.backup.files import write_manifest
from service.usecases.backup.manifest import read_manifest
from tests.cli.backups import ARTICLES, cut, flip, ran, remove, state


@pytest.mark.parametrize("harm", [flip, cut, remove])
def test_an_index_that_is_damaged_in_the_backup_is_built_anew(
    archive: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    backup = tmp_path / "backup"
    shutil.copytree(archive / "backup", backup)
    harm(next(backup.glob("index/*/*.term")))
    checked = ran(tmp_path / "data", "restore", "--check", str(backup))
    assert checked.returncode == 0
    assert "a restore builds it anew" in checked.stderr
    done = ran(tmp_path / "data", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "is built anew" in done.stderr
    assert state(tmp_path / "data") == state(archive / "data")
    found = ran(tmp_path / "data", "search", "도서관", "--json", "--size", "1")
    assert json.loads(found.stdout)["total"]["value"] == ARTICLES


def test_an_index_of_other_words_than_the_store_is_built_anew(archive: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert ran(archive / "data", "backup", str(backup)).returncode == 0
    (described,) = backup.glob("index/*/gisa.json")
    manifest = read_manifest(backup)
    described.write_text(json.dumps(json.loads(described.read_text()) | {"analysis": "another"}))
    changed = replace(manifest, index=manifest.index | {str(described.relative_to(backup)): part_of(described)})
    write_manifest(backup, changed)
    done = ran(tmp_path / "data", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "is built anew" in done.stderr
    assert state(tmp_path / "data") == state(archive / "data")


def test_a_backup_can_leave_the_index_out(archive: Path, tmp_path: Path) -> None:
    assert ran(archive / "data", "backup", "--without-index", str(tmp_path / "backup")).returncode == 0
    assert not (tmp_path / "backup" / "index").exists()
    assert ran(tmp_path / "data", "restore", str(tmp_path / "backup")).returncode == 0
    found = ran(tmp_path / "data", "search", "도서관", "--json", "--size", "1")
    assert json.loads(found.stdout)["total"]["value"] == ARTICLES


def test_an_index_that_is_damaged_in_the_service_is_left_out(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(archive / "data", tmp_path / "data")
    flip(next((tmp_path / "data").glob("index/*/*.term")))
    done = ran(tmp_path / "data", "backup", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stderr
    assert "The index is not in the backup" in done.stderr
    assert ran(tmp_path / "restored", "restore", str(tmp_path / "backup")).returncode == 0
    assert state(tmp_path / "restored") == state(archive / "data")
