"""When the last backup was made: the time of a file in the data directory."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

_FILE = "last-backup"


def note_backup(directory: Path, created_at: datetime) -> None:
    """Note that a backup of this moment was made and checked."""
    path, moment = directory / _FILE, created_at.timestamp()
    path.touch()
    os.utime(path, (moment, moment))


def last_backup(directory: Path) -> float:
    """Return the moment of the last backup in seconds since 1970, 0 before the first."""
    try:
        return (directory / _FILE).stat().st_mtime
    except FileNotFoundError:
        return 0.0
