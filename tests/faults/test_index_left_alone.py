"""What keeps the index from being read or written without its files being at fault."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from service.engines.embedded import EmbeddedEngine, open_engine
from tests.faults.contents import require_equal, stored
from tests.faults.writing_process import BEFORE, put

_SECONDS = 30.0
_TROUBLE_SECONDS = 1.5
"""Long enough for several tries."""

Trouble = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A data directory with a dozen articles, all of them indexed."""
    engine = open_engine(tmp_path / "data")
    engine.wait_until_searchable(engine.write([put(key, version) for key, version in BEFORE.items()]))
    engine.close()
    return tmp_path / "data"


@contextmanager
def a_lock(generation: Path) -> Iterator[None]:
    """Hold the lock of tantivy's writer, as another process may for a moment."""
    with (generation / ".tantivy-writer.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _instead_of_a_segment(generation: Path, path: str) -> Iterator[None]:
    segment = next(generation.glob("*.store"))
    kept = segment.rename(generation.parent / "kept")
    segment.symlink_to(path)
    yield
    segment.unlink()
    kept.rename(segment)


def an_unreadable_disk(generation: Path) -> AbstractContextManager[None]:
    """Have the kernel answer EIO to whoever reads one of the files: nothing is mapped at the beginning of a memory."""
    return _instead_of_a_segment(generation, "/proc/self/mem")


def a_missing_right(generation: Path) -> AbstractContextManager[None]:
    """Have the kernel answer EACCES to whoever opens one of the files, root included: this one can only be written."""
    return _instead_of_a_segment(generation, "/proc/sys/net/ipv4/route/flush")


@pytest.mark.parametrize("trouble", [a_lock, an_unreadable_disk, a_missing_right])
def test_an_index_is_never_wiped_because_of_a_lock_a_permission_or_the_disk(directory: Path, trouble: Trouble) -> None:
    """Promise: only damage sets an index aside; what comes from outside is told, and passes."""
    [generation] = (directory / "index").glob("generation-*")
    with trouble(generation):
        engine = open_engine(directory)
        _wait_until(lambda: not _indexing_works(engine))
        engine.write([put("b0000", 1)])  # storing goes on
        time.sleep(_TROUBLE_SECONDS)
        assert not _indexing_works(engine)
    try:
        assert [path.name for path in (directory / "index").glob("*-0*")] == [generation.name]
        _wait_until(lambda: not engine.lag() and _indexing_works(engine))
        versions = stored(engine)
        assert versions == {**BEFORE, "b0000": 1}
        require_equal(engine, versions)
        assert [path.name for path in (directory / "index").iterdir()] == [generation.name]
    finally:
        engine.close()


def _indexing_works(engine: EmbeddedEngine) -> bool:
    return next(check.ready for check in engine.checks() if check.name == "indexing")


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
