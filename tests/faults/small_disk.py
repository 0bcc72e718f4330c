"""A disk of 64 MB that a test may fill, where the system lets the test mount one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LEFT_OUT = "left out, as it has to mount a disk of its own"
_SIZE = "64m"
_PIECE = 1 << 16


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of 64 MB in this folder; where that is not allowed the test is left out.

    Where GISA_TEST_REQUIRE_TMPFS is 1 it fails instead.
    """
    folder.mkdir()
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder))
    if mounted.returncode:
        _leave_out(mounted.stderr.strip())
    try:
        yield folder
    finally:
        assert _run("umount", "--lazy", str(folder)).returncode == 0


def make_read_only(folder: Path) -> None:
    """Let nothing more be written on the disk in this folder."""
    done = _run("mount", "-o", "remount,ro", str(folder))
    assert done.returncode == 0, done.stderr


def fill(folder: Path) -> Path:
    """Write a file until there is no room left, and return it."""
    path = folder / "ballast"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(descriptor, bytes(_PIECE))
    except OSError:
        return path
    finally:
        os.close(descriptor)


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def _leave_out(reason: str) -> None:
    if os.environ.get("GISA_TEST_REQUIRE_TMPFS") == "1":
        pytest.fail(f"a disk is required and cannot be mounted here: {reason}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}: {reason}")
