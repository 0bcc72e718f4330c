"""The files of a backup: written so that a backup is whole or not there, and checked while they are read."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from service.domain.errors import BackupDamaged, StartupError, StorageFull
from service.usecases.backup.manifest import FILE_NAME, Manifest, Part, dump_manifest

_CHUNK = 1 << 20
_SPARE = 64 << 20  # bytes left free beyond what is written

Progress = Callable[[int, int], None]
"""Is told how much is done of how much."""


@contextmanager
def new_backup(target: Path) -> Iterator[Path]:
    """Give a folder to fill that becomes `target` when the block ends well; StartupError where that is not empty.

    Until then it lies beside it as `.<name>.unfinished`, which the next backup of that name removes.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StartupError(
            f"{target}이(가) 비어 있지 않습니다. 새 폴더를 지정하세요.",
            f"{target} is not empty. Name a new folder.",
        )
    unfinished = target.with_name(f".{target.name}.unfinished")
    with _writing(target):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
    try:
        with _writing(target):
            yield unfinished
            for folder in (unfinished, *(path for path in unfinished.rglob("*") if path.is_dir())):
                _sync_folder(folder)
            unfinished.rename(target)
            _sync_folder(target.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write the manifest, on disk when this returns."""
    write_durably(directory / FILE_NAME, dump_manifest(manifest))


def write_durably(path: Path, data: bytes) -> None:
    """Write a file for its owner alone, on disk when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def described(path: Path, progress: Progress | None = None) -> Part:
    """Return size and hash of a file, which is on disk when this returns."""
    size, done, digest = path.stat().st_size, 0, hashlib.sha256()
    with path.open("rb") as file:
        os.fsync(file.fileno())
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if progress:
                progress(done, size)
    return Part(done, digest.hexdigest())


def check_files(directory: Path, files: Mapping[str, Part], progress: Progress | None = None) -> None:
    """Read these files of a backup; BackupDamaged names one that is missing, cut off or changed."""
    _check_sizes(directory, files)
    total, before = total_size(files), 0
    for name, part in files.items():
        own = (lambda done, _, before=before: progress(before + done, total)) if progress else None
        _require(directory / name, described(directory / name, own), part)
        before += part.size


def copy_files(directory: Path, target: Path, files: Mapping[str, Part], progress: Progress) -> None:
    """Copy these files of a backup into a folder; BackupDamaged where what was copied is not what was backed up."""
    _check_sizes(directory, files)
    total, before = total_size(files), 0
    require_room(target, total)
    with _writing(target):
        for name, part in files.items():
            shown = before
            (target / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _require(directory / name, _copied(directory / name, target / name, progress, shown, total), part)
            before += part.size
        _sync_folder(target)


def require_room(directory: Path, size: int) -> None:
    """Raise StorageFull where the disk of this folder has not this many bytes to spare."""
    free = shutil.disk_usage(directory).free
    if free < size + _SPARE:
        raise StorageFull(
            f"{directory}의 디스크에 {(size + _SPARE) >> 20:,} MiB가 필요한데 {free >> 20:,} MiB만 남았습니다. 비운 뒤 "
            "다시 시도하세요.",
            f"The disk of {directory} needs {(size + _SPARE) >> 20:,} MiB and has {free >> 20:,} MiB left. Free some "
            "and try again.",
        )


def total_size(files: Mapping[str, Part]) -> int:
    """Return the bytes of these files together."""
    return sum(part.size for part in files.values())


def _copied(source: Path, target: Path, progress: Progress, before: int, total: int) -> Part:
    done, digest = 0, hashlib.sha256()
    with source.open("rb") as file, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        while chunk := file.read(_CHUNK):
            to.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress(before + done, total)
        to.flush()
        os.fsync(to.fileno())
    return Part(done, digest.hexdigest())


def _check_sizes(directory: Path, files: Mapping[str, Part]) -> None:
    # Before anything is read to its end: what is missing or cut off is told at once.
    for name, part in files.items():
        path = directory / name
        if not path.is_file():
            raise _damaged(path, "없음", "it is missing")
        if (size := path.stat().st_size) != part.size:
            raise _damaged(
                path, f"{part.size:,}바이트가 아니라 {size:,}바이트", f"{size:,} bytes in the place of {part.size:,}"
            )


def _require(path: Path, found: Part, wanted: Part) -> None:
    if found != wanted:
        raise _damaged(path, "내용이 바뀜", "its contents have changed")


def _damaged(path: Path, ko: str, en: str) -> BackupDamaged:
    return BackupDamaged(
        f"백업이 손상되었습니다({path}: {ko}). 서비스의 기사는 그대로입니다. 다른 백업을 쓰거나, 백업의 사본이 있으면 "
        "그 파일을 다시 가져오세요.",
        f"The backup is damaged ({path}: {en}). The articles of the service are as they were. Use another backup, or "
        "bring this file again from a copy of it.",
    )


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFull(
                f"{path}의 디스크가 가득 찼습니다. 비운 뒤 다시 시도하세요.",
                f"The disk of {path} is full. Free some space and try again.",
            ) from error
        reason = error.strerror or str(error)
        raise StartupError(
            f"{path}에 쓸 수 없습니다({reason}). 경로와 권한을 확인하세요.",
            f"{path} cannot be written ({reason}). Check the path and its permissions.",
        ) from error
