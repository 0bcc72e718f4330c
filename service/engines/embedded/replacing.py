"""Putting a restored store in the place of the present one: all of it or nothing, whenever the process is killed."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import apsw

from service.domain.errors import StartupError
from service.engines.embedded.database import FILE_NAME, connect
from service.engines.embedded.failures import translated_at_start
from service.engines.embedded.moves import PLAN, finish_moves

STAGING = "restoring"
"""The folder in the data directory in which a restored store is made ready."""
INDEX = "index"
"""The folder of the index in the data directory."""
_OF_STORE = (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", INDEX)
_PATIENCE = 3_000  # milliseconds


def present(directory: Path, files: Iterable[str]) -> tuple[str, ...]:
    """Return what lies in the data directory that a restore of these files would replace."""
    return tuple(name for name in dict.fromkeys((*_OF_STORE, *files)) if (directory / name).exists())


def new_staging(directory: Path) -> Path:
    """Return the emptied folder to make a store ready in; what a restore left that was killed is removed."""
    staging = directory / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    return staging


def require_alone(directory: Path) -> None:
    """Raise StartupError where some other process has the present store open; a damaged one is nobody's."""
    if not (directory / FILE_NAME).is_file():
        return
    connection = connect(str(directory / FILE_NAME))
    try:
        connection.set_busy_timeout(_PATIENCE)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StartupError(
            f"다른 gisa가 {directory}을(를) 쓰고 있습니다. 서비스와 `gisa import` 등을 모두 멈추고 다시 시도하세요.",
            f"Another gisa is using {directory}. Stop the service, `gisa import` and the like, and try again.",
        ) from error
    except (apsw.CorruptError, apsw.NotADBError, apsw.IOError):
        return
    finally:
        connection.close()


def put_in_place(directory: Path, replaced: str) -> Path | None:
    """Move what is staged into its place and what it replaces into the folder `replaced`, whose path is returned.

    From the moment the plan is written the restored store is the one in force: whoever opens the directory next
    finishes the moves. Before that moment the present one stands.
    """
    staging = directory / STAGING
    names = sorted(path.name for path in staging.iterdir() if path.name not in _LEFT)
    aside = [name for name in dict.fromkeys((*_OF_STORE, *names)) if (directory / name).exists()]
    moves = [[name, f"{replaced}/{name}"] for name in aside] + [[f"{STAGING}/{name}", name] for name in names]
    with translated_at_start(directory):
        if os.geteuid() == 0:
            _give_to_owner(directory, staging)
        if aside:
            (directory / replaced).mkdir(mode=0o700)
        unfinished = directory / f"{PLAN}.unfinished"
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"moves": moves, "remove": STAGING}, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(directory / PLAN)
        finish_moves(directory)
    return directory / replaced if aside else None


def replaced_name(directory: Path) -> str:
    """Return the name of the folder in the data directory into which what is replaced now goes; nothing has it yet."""
    name = time.strftime("replaced-%Y%m%dT%H%M%SZ", time.gmtime())
    # A restore that was killed and run again within a second finds the folder of the first.
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(free for free in names if not (directory / free).exists())


_LEFT = ("building.lock", "indexing.lock", "manifest.json")
"""What staging holds beside the store."""


def _give_to_owner(directory: Path, staging: Path) -> None:
    # What root restores would else be files that the service, which is not root, cannot write.
    owner = directory.stat()
    for path in (staging, *staging.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
