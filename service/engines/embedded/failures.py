"""Errors of SQLite and of the file system as the service's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from service.domain.errors import EngineUnavailable, GisaError, StartupError, StorageFull

_NEARLY_FULL = 1 << 20  # bytes: less than this is free where an I/O error stands for a full disk
_REMEDY_KO = (
    "`gisa restore 백업 --replace`로 백업을 되살리거나, 백업이 없으면 gisa.sqlite3를 다른 곳으로 옮기고 "
    "`gisa import`로 기사를 다시 가져오세요."
)
_REMEDY_EN = (
    "restore a backup with `gisa restore BACKUP --replace`, or, where there is none, move gisa.sqlite3 away and bring "
    "the articles in with `gisa import`."
)


@contextmanager
def translated(directory: Path) -> Iterator[None]:
    """Raise SQLite's errors as StorageFull or EngineUnavailable with what to do."""
    try:
        yield
    except apsw.FullError as error:
        raise _full() from error
    except apsw.IOError as error:
        if shutil.disk_usage(directory).free < _NEARLY_FULL:
            raise _full() from error
        raise _unavailable(error) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise EngineUnavailable(
            "다른 쓰기가 끝나지 않았습니다. 잠시 뒤 다시 시도하세요.",
            "Another write has not finished. Try again shortly.",
        ) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise EngineUnavailable(
            f"데이터베이스가 손상되었습니다. 서비스를 멈추고 {_REMEDY_KO}",
            f"The database is damaged. Stop the service and {_REMEDY_EN}",
            retry_after=60,
        ) from error
    except apsw.Error as error:
        raise _unavailable(error) from error


@contextmanager
def translated_at_start(directory: Path) -> Iterator[None]:
    """Raise whatever keeps the store from opening as StartupError with what to do."""
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise damaged(directory, str(error)) from error
    except (OSError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError, apsw.AuthError) as error:
        raise StartupError(
            f"데이터 폴더 {directory}에 쓸 수 없습니다({error}). 폴더의 권한과 GISA_DATA_DIR를 확인하세요.",
            f"The data directory {directory} cannot be written ({error}). Check its permissions and GISA_DATA_DIR.",
        ) from error
    except apsw.FullError as error:
        raise StartupError(
            f"데이터 폴더 {directory}의 디스크가 가득 찼습니다. 공간을 비우고 다시 시작하세요.",
            f"The disk of the data directory {directory} is full. Free some space and start again.",
        ) from error
    except apsw.Error as error:
        raise StartupError(
            f"데이터베이스를 열 수 없습니다({error}). 잠시 뒤 다시 시작하세요.",
            f"The database cannot be opened ({error}). Start again shortly.",
        ) from error


def damaged(directory: Path, reason: str) -> StartupError:
    """Return the error for a store that must be restored from a backup."""
    return StartupError(
        f"데이터베이스가 손상되었습니다({directory}: {reason}). 바꾼 파일은 없습니다. {_REMEDY_KO}",
        f"The database is damaged ({directory}: {reason}). No file was changed: {_REMEDY_EN}",
    )


def _full() -> GisaError:
    return StorageFull(
        "디스크가 가득 차서 저장하지 못했습니다. 공간을 비운 뒤 다시 시도하세요. 검색은 계속됩니다.",
        "The disk is full, so nothing was stored. Free some space and try again. Searching goes on.",
    )


def _unavailable(error: apsw.Error) -> EngineUnavailable:
    return EngineUnavailable(
        f"데이터베이스가 지금 답하지 못합니다({error}). 잠시 뒤 다시 시도하세요.",
        f"The database cannot answer now ({error}). Try again shortly.",
    )
