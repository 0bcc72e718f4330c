"""Since when the index holds everything: the time of a file, which every process can read."""

from __future__ import annotations

import os
import time
from pathlib import Path

_FILE = "indexed"


def mark_indexed(directory: Path, moment: float) -> None:
    """Note that what was written before this moment (seconds since 1970) can be searched."""
    path = directory / _FILE
    try:
        os.utime(path, (moment, moment))
    except FileNotFoundError:
        path.touch()
        os.utime(path, (moment, moment))


def seconds_behind(directory: Path) -> float:
    """Return the seconds since everything written could be searched; 0 before that was ever so."""
    try:
        return max(time.time() - (directory / _FILE).stat().st_mtime, 0.0)
    except FileNotFoundError:
        return 0.0
