"""The index in a backup: a copy beside a running service from which a restored store goes on."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import apsw

from service.engines.embedded.checkpoint import Checkpoint, install, read_checkpoint
from service.engines.embedded.database import FILE_NAME, connect
from service.engines.embedded.dictionary import own_words
from service.engines.embedded.failures import translated_at_start
from service.engines.embedded.generations import (
    MANIFEST,
    IndexDamaged,
    IndexOutdated,
    files_of,
    generation_path,
    verify,
)
from service.engines.embedded.locks import BUILDING, FileLock
from service.korean.dictionary import Dictionary, dictionary_of

_MANAGED = ".managed.json"  # tantivy removes what is named in it and belongs to no segment
_CHUNK = 1 << 20
_PATIENCE = 5.0  # seconds: the indexing worker holds the lock for a moment after each commit
_TRIES = 20  # each meets a commit that removes files between two looks

Progress = Callable[[int, int], None]


class IndexCopy:
    """The copy of an index, and where in the journal the store goes on from it."""

    def __init__(self, checkpoint: Checkpoint, files: Sequence[Path]) -> None:
        self.checkpoint = checkpoint
        self.files = tuple(files)

    def remember(self, directory: Path) -> None:
        """Have the copied store in this directory go on from this index."""
        connection = apsw.Connection(str(directory / FILE_NAME))
        try:
            with connection:
                install(connection, self.checkpoint)
        finally:
            connection.close()


@contextmanager
def journal_kept(directory: Path) -> Iterator[bool]:
    """Keep every row of the journal for the block, in which no other index comes into use; gives whether that is so.

    It is not where an index is being built.
    """
    lock, deadline = FileLock(directory / BUILDING), time.monotonic() + _PATIENCE
    while not (held := lock.acquire()) and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield held
    finally:
        lock.release()


def copy_index(directory: Path, target: Path, progress: Progress) -> IndexCopy | None:
    """Copy the index in use into `target` and return the copy; None where there is no sound one.

    To be called with the journal kept, before the store is copied: the index holds at least what the checkpoint says
    that is read first, and replaying what comes after it changes nothing that is indexed already.
    """
    with translated_at_start(directory):
        checkpoint, dictionary = _goes_on_from(directory)
    if checkpoint is None:
        return None
    copied = generation_path(target, checkpoint.generation)
    copied.mkdir(parents=True, mode=0o700)
    try:
        _copy_living(generation_path(directory, checkpoint.generation), copied, progress)
        files = sorted(copied.iterdir())
        verify(copied, checkpoint, dictionary)
    except (IndexDamaged, IndexOutdated):
        shutil.rmtree(copied.parent)  # a restore builds it; the service finds out about its own by itself
        return None
    for opened in set(copied.iterdir()) - set(files):
        opened.unlink()  # a lock of tantivy's
    return IndexCopy(checkpoint, files)


def damage_of_copied_index(directory: Path) -> str | None:
    """Return what keeps a restored store from going on with the index copied along, None where nothing does."""
    checkpoint, dictionary = _goes_on_from(directory)
    if checkpoint is None:
        return "no checkpoint"
    try:
        verify(generation_path(directory, checkpoint.generation), checkpoint, dictionary)
    except (IndexDamaged, IndexOutdated) as reason:
        return str(reason)
    return None


def _goes_on_from(directory: Path) -> tuple[Checkpoint | None, Dictionary]:
    """Return where the store in this directory stands in its index, and the dictionary that its index is cut by."""
    connection = connect(str(directory / FILE_NAME))
    try:
        return read_checkpoint(connection), dictionary_of(own_words(connection))
    finally:
        connection.close()


def _copy_living(source: Path, target: Path, progress: Progress) -> None:
    with ExitStack() as stack:
        opened = _opened(source, stack)
        total = sum(file.seek(0, 2) for file in opened.values())
        done = 0
        for name, file in opened.items():
            file.seek(0)
            with (target / name).open("wb") as copy:
                while chunk := file.read(_CHUNK):
                    copy.write(chunk)
                    done += len(chunk)
                    progress(done, total)
    managed = [name for name in opened if name != MANIFEST]
    (target / _MANAGED).write_text(json.dumps(managed), encoding="utf-8")
    for path in target.iterdir():
        path.chmod(0o600)


def _opened(source: Path, stack: ExitStack) -> dict[str, BinaryIO]:
    # What is open stays readable when a commit removes it, and no file is changed once it is written.
    for _ in range(_TRIES):
        with ExitStack() as tried:
            names = files_of(source)
            try:
                opened: dict[str, BinaryIO] = {name: tried.enter_context((source / name).open("rb")) for name in names}
            except FileNotFoundError:
                continue
            if files_of(source) != names:
                continue  # the meta.json that was opened may be of another commit than these files
            stack.enter_context(tried.pop_all())
            return opened
    raise IndexDamaged(f"{source.name} lacks files of its segments")
