"""Articles and press copy out of files into the engine, the same way in as over HTTP."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from threading import Event

from service.commands.rejects import Rejects
from service.commands.sources import Kind, Piece, Position, Source, copy_of, pieces_of
from service.domain.errors import EngineUnavailable, GisaError, StorageFull
from service.enrichment.press_copy import decode
from service.search.engine import Change
from service.usecases.bulk import LineResult, ingest_lines
from service.usecases.ingest import Ingest
from service.usecases.press_copy import PressCopyDefaults, PressCopyIngest

Progress = Iterator[None]


class Importer:
    """One run over a list of files; `counts` and the rejects say what became of them."""

    def __init__(self, ingest: Ingest, rejects: Rejects, stop: Event) -> None:
        self.counts: Counter[Change] = Counter()
        self.position = Position()
        self.failure: GisaError | None = None
        self._ingest = ingest
        self._press_copy = PressCopyIngest(ingest)
        self._rejects = rejects
        self._stop = stop

    def run(self, sources: Iterable[Source]) -> Progress:
        """Read the files in order and yield after each article; ends early where `stop` is set or the engine fails."""
        for is_copy, group in groupby(sources, key=lambda source: source.kind is Kind.PRESS_COPY):
            read = self._copies if is_copy else self._articles
            yield from read(group)

    def _articles(self, sources: Iterable[Source]) -> Progress:
        waiting: deque[tuple[int, Piece]] = deque()

        def contents() -> Iterator[bytes | GisaError]:
            for number, piece in enumerate(self._pieces(sources), start=1):
                waiting.append((number, piece))
                yield piece.content

        for result in ingest_lines(self._ingest, contents()):
            if isinstance(result, LineResult):
                self._count(result, _taken(waiting, result.line))
                yield

    def _pieces(self, sources: Iterable[Source]) -> Iterator[Piece]:
        for source in sources:
            for piece in pieces_of(source, self.position):
                if self._stop.is_set():
                    return
                yield piece

    def _copies(self, sources: Iterable[Source]) -> Progress:
        for source in sources:
            if self._stop.is_set():
                return
            piece = copy_of(source, self.position)
            try:
                entries = self._press_copy.store(_text_of(piece), PressCopyDefaults())
            except GisaError as error:
                self._refuse(piece, error)
            else:
                self.counts.update(entry.change for entry in entries if entry.change)
            yield

    def _count(self, result: LineResult, piece: Piece) -> None:
        if result.error is not None:
            self._refuse(piece, result.error)
        elif result.change is not None:
            self.counts[result.change] += 1

    def _refuse(self, piece: Piece, error: GisaError) -> None:
        self._rejects.add(piece, error)
        if isinstance(error, StorageFull | EngineUnavailable):
            # Not the fault of this article: every other would fail the same way.
            self.failure = error
            self._stop.set()


def _taken(waiting: deque[tuple[int, Piece]], line: int) -> Piece:
    # Blank lines are passed over without a result.
    while True:
        number, piece = waiting.popleft()
        if number == line:
            return piece


def _text_of(piece: Piece) -> str:
    if isinstance(piece.content, GisaError):
        raise piece.content
    return decode(piece.content)
