"""Finishing the moves that put a restored store in its place."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

from service.engines.embedded.locks import FileLock

PLAN = "restore.json"
_LOCK = "restore.lock"


def finish_moves(directory: Path) -> None:
    """Do what is left of the plan in this directory, where there is one, and remove it.

    Each move is done once at most, however often this is interrupted: its source is there and its target is not.
    """
    plan = directory / PLAN
    if not plan.exists():
        return
    lock = FileLock(directory / _LOCK)
    while not lock.acquire():
        time.sleep(0.01)
    try:
        if not plan.exists():
            return  # another process was faster
        document = json.loads(plan.read_text(encoding="utf-8"))
        for source, target in document["moves"]:
            _move(directory / source, directory / target)
        _sync(directory)
        plan.unlink()
        shutil.rmtree(directory / document["remove"], ignore_errors=True)
        _sync(directory)
    finally:
        lock.release()


def _move(source: Path, target: Path) -> None:
    if source.exists() and not target.exists():
        source.rename(target)
        _sync(target.parent)


def _sync(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
