"""Libraries that are searched within a process: each gets a process of its own, so that its memory can be told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from bench.contenders.contender import Answered, Memory, NotOffered, folder_bytes, memory_of
from bench.kinds import Kind
from service.search.engine import Put


class Library(Protocol):
    """An index of a library, opened in the process that calls it."""

    def add(self, puts: Sequence[Put]) -> None:
        """Take articles."""
        ...

    def finish(self) -> None:
        """Have all that were taken be found."""
        ...

    def search(self, kind: Kind) -> int:
        """Answer a search, hits and highlights read, and return the number of hits; NotOffered."""
        ...


class InProcess:
    """A contender out of a library; the process that has it times its searches itself."""

    most_articles: int | None = None

    def __init__(self, name: str, opened: Callable[[Path], Library], most_articles: int | None = None) -> None:
        self.name = name
        self.most_articles = most_articles
        self._opened = opened

    def load(self, folder: Path, parts: Iterable[Sequence[Put]]) -> float:
        """Store the articles; their tokens are there already."""
        folder.mkdir(parents=True, exist_ok=True)
        library = self._opened(folder)
        seconds = 0.0
        for part in parts:
            began = time.monotonic()
            library.add(part)
            seconds += time.monotonic() - began
        began = time.monotonic()
        library.finish()
        return seconds + time.monotonic() - began

    def open(self, folder: Path) -> float | None:
        """Start the process and wait for its first answer."""
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        began = time.monotonic()
        self._process = context.Process(target=_serve, args=(self._opened, folder, theirs), daemon=True)
        self._process.start()
        theirs.close()  # else a process that ends would be waited for, for ever
        self.search(Kind("first", words=("정부",)))
        return time.monotonic() - began

    def search(self, kind: Kind) -> Answered:
        """Have the process answer."""
        self._pipe.send(kind)
        answer: Any = self._pipe.recv()
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Answered)
        return answer

    def url(self, kind: Kind) -> str | None:  # noqa: ARG002 -- every contender is asked
        """Return None."""
        return None

    def memory(self) -> Memory | None:
        """Return what the process holds."""
        assert self._process.pid
        return memory_of([self._process.pid])

    def stored_bytes(self, folder: Path) -> int:
        """Return the size of the folder."""
        return folder_bytes(folder)

    def close(self) -> None:
        """End the process."""
        self._pipe.send(None)
        self._process.join()

    def remove(self, folder: Path) -> None:
        """Do nothing: all of it is in the folder."""


def _serve(opened: Callable[[Path], Library], folder: Path, pipe: Connection) -> None:
    library = opened(folder)
    while (kind := pipe.recv()) is not None:
        began = time.perf_counter()
        try:
            total = library.search(kind)
            pipe.send(Answered((time.perf_counter() - began) * 1000, total))
        except NotOffered as error:
            pipe.send(error)
