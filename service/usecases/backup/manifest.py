"""The manifest of a backup: what it holds and by which hashes that is known to be whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

import msgspec

from service.domain.errors import BackupDamaged, StartupError
from service.search.digest import Digest

FILE_NAME = "manifest.json"
FORMAT = 1
_CHECKSUM = "checksum"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the backup: its bytes and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where Elasticsearch keeps the articles: the repository, the snapshot, and kind, alias and index of each part."""

    repository: str
    name: str
    indices: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `version` is that of Gisa, `created_at` has an offset, `rows` counts the rows or documents by table or index,
    `files` describes every file beside the manifest that a restore needs, `index` those of the index, by their paths:
    without them, or where one of them is damaged, a restore builds the index.
    """

    version: str
    engine: str
    created_at: datetime
    articles: Digest
    rows: Mapping[str, int]
    files: Mapping[str, Part] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    index: Mapping[str, Part] = field(default_factory=dict)


def dump_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON with a checksum over itself."""
    document = {"format": FORMAT, **asdict(manifest), "created_at": manifest.created_at.isoformat()}
    document[_CHECKSUM] = _checksum(document)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(directory: Path) -> Manifest:
    """Return the manifest of the backup in this directory; BackupDamaged where it is none or was changed."""
    try:
        document = json.loads((directory / FILE_NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BackupDamaged(
            f"{directory}에는 끝까지 만들어진 백업이 없습니다({FILE_NAME}이 없음). 백업 폴더의 경로를 확인하거나 다른 "
            "백업을 쓰세요.",
            f"There is no finished backup in {directory} ({FILE_NAME} is missing). Check the path of the backup or use "
            "another one.",
        ) from error
    except (ValueError, OSError) as error:
        raise _unreadable(directory, str(error)) from error
    if not isinstance(document, dict) or document.pop(_CHECKSUM, None) != _checksum(document):
        raise _unreadable(directory, "checksum")
    return _loaded(document, directory)


def _loaded(document: dict[str, Any], directory: Path) -> Manifest:
    form = document.pop("format", None)
    if form != FORMAT:
        raise StartupError(
            f"{directory}의 백업은 이 버전이 모르는 형식({form})입니다. 백업을 만든 버전의 gisa로 되살리세요.",
            f"The backup in {directory} has a format ({form}) that this version does not know. Restore it with the "
            "version of gisa that made it.",
        )
    try:
        manifest = msgspec.convert(document, Manifest)
    except msgspec.ValidationError as error:
        raise _unreadable(directory, str(error)) from error
    for name in (*manifest.files, *manifest.index):
        if not _is_inside(PurePath(name)):
            raise _unreadable(directory, f"file name {name!r}")
    return manifest


def _is_inside(path: PurePath) -> bool:
    # Its checksum can be made by anyone: a restore writes nowhere but into its own folder.
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _checksum(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _unreadable(directory: Path, reason: str) -> BackupDamaged:
    return BackupDamaged(
        f"{directory / FILE_NAME}이 손상되었습니다({reason}). 바뀐 것은 없습니다. 다른 백업을 쓰세요.",
        f"{directory / FILE_NAME} is damaged ({reason}). Nothing was changed. Use another backup.",
    )
