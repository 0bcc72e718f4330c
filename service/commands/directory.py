"""The data directory: made, checked, and held by one service at a time."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from service.domain.errors import StartupError
from service.engines.embedded.locks import FileLock, is_held

_LOCK = "serve.lock"
_LOCK_PATIENCE = 3.0
"""Seconds: the workers of a service that was killed notice it and let go of the lock within two."""


def prepare_directory(directory: Path) -> None:
    """Make the data directory where it is missing; StartupError where nothing can be written in it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise StartupError(
            f"데이터 폴더 {directory}이(가) 폴더가 아닙니다. GISA_DATA_DIR에 다른 폴더를 지정하세요.",
            f"The data directory {directory} is not a folder. Set GISA_DATA_DIR to another one.",
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StartupError(
            f"데이터 폴더 {directory}에 쓸 수 없습니다 ({reason}). 권한을 고치거나 GISA_DATA_DIR에 다른 폴더를 "
            "지정하세요.",
            f"The data directory {directory} cannot be written ({reason}). Mend its permissions or set GISA_DATA_DIR "
            "to another folder.",
        ) from error


def hold_directory(directory: Path) -> FileLock:
    """Return the lock that keeps every other service off this directory; StartupError where one has it.

    It lasts as long as this process or one forked from it lives.
    """
    lock = FileLock(directory / _LOCK)
    deadline = time.monotonic() + _LOCK_PATIENCE
    while not lock.acquire():
        if time.monotonic() > deadline:
            raise StartupError(
                f"다른 gisa 서비스가 이미 데이터 폴더 {directory}을(를) 쓰고 있습니다. 그 서비스를 멈추거나 "
                "GISA_DATA_DIR에 다른 폴더를 지정하세요.",
                f"Another gisa service is already using the data directory {directory}. Stop it or set GISA_DATA_DIR "
                "to another folder.",
            )
        time.sleep(0.1)
    return lock


def is_served(directory: Path) -> bool:
    """Return whether a service is running on this directory."""
    path = directory / _LOCK
    return path.exists() and is_held(path)
