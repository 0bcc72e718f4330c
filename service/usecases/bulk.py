"""Many articles as NDJSON: a line in, a result out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from schemas.article import load_article
from schemas.strict_json import parse_json
from service.domain.article import Article
from service.domain.errors import GisaError
from service.search.engine import Change, Refused, Written
from service.usecases.ingest import Begun, Ingest
from service.usecases.read_ahead import ReadAhead

BATCH_LINES = 100
BATCH_BYTES = 1 << 20
"""A batch is one transaction: large enough to share its fsync, small enough to hold and to answer soon."""
_LOOK = 0.02  # seconds between two looks at whether a batch is ready while the next has not come


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one line (counted from 1, blank lines too): a change, or the error that refused it."""

    line: int
    id: str | None
    change: Change | None
    error: GisaError | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many lines with content there were, and what became of them."""

    lines: int
    created: int
    replaced: int
    unchanged: int
    failed: int


Line = bytes | GisaError
"""A line as it came, or the error for which its reader refused it."""
_Batch = list[tuple[int, Line]]


class _Begun(NamedTuple):
    """The lines of a batch as loaded, and the batch that they make: none without an article, or why there is none."""

    loaded: list[tuple[int, Article | GisaError]]
    batch: Begun | GisaError | None

    def is_ready(self) -> bool:
        """Return whether the batch can be written without waiting for another process."""
        return not isinstance(self.batch, Begun) or self.batch.preparing.is_ready()


def ingest_lines(ingest: Ingest, lines: Iterable[Line], *, wait: bool = False) -> Iterator[LineResult | Summary]:
    """Yield a result for each line that is not blank, in order, and a last Summary.

    A line answered with a change is stored for good. Lines are read ahead while others are enriched and written, some
    batches at most; no answer waits for a line that has not come. With `wait` a result comes when its article can be
    found.
    """
    counts = dict.fromkeys(Change, 0)
    failed = 0
    for result in _results(ingest, _batches(lines), wait=wait):
        if result.change is None:
            failed += 1
        else:
            counts[result.change] += 1
        yield result
    taken = (counts[Change.CREATED], counts[Change.REPLACED], counts[Change.UNCHANGED])
    yield Summary(sum(taken) + failed, *taken, failed)


def _results(ingest: Ingest, batches: Iterator[_Batch], *, wait: bool) -> Iterator[LineResult]:
    for first in islice(batches, 1):  # a bulk of one batch needs neither thread nor process beside this
        yield from _finished(ingest, _begun(ingest, first, (), wait=wait), wait=wait)
    with ReadAhead(batches) as ahead:
        waiting: deque[_Begun] = deque()
        for batch in ahead:
            waiting.append(_begun(ingest, batch, waiting, wait=wait))
            while waiting and (len(waiting) > _batches_ahead(ingest, waiting) or _comes_first(waiting[0], ahead)):
                yield from _finished(ingest, waiting.popleft(), wait=wait)
        while waiting:
            yield from _finished(ingest, waiting.popleft(), wait=wait)


def _batches_ahead(ingest: Ingest, waiting: Iterable[_Begun]) -> int:
    # What is stored already just so needs no processes to be started.
    works = any(isinstance(begun.batch, Begun) and not begun.batch.preparing.is_empty for begun in waiting)
    return ingest.pool.batches_ahead(BATCH_LINES) if works else 0


def _comes_first(begun: _Begun, ahead: ReadAhead[_Batch]) -> bool:
    # Where no other batch comes, the client may be waiting for the answers to what it has sent.
    while not begun.is_ready():
        if ahead.at_hand(_LOOK):
            return False
    return not ahead.at_hand(0)


def _batches(lines: Iterable[Line]) -> Iterator[_Batch]:
    batch: _Batch = []
    size = 0
    for number, line in enumerate(lines, start=1):
        if isinstance(line, bytes):
            if not line.strip():
                continue
            size += len(line)
        batch.append((number, line))
        if len(batch) >= BATCH_LINES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _begun(ingest: Ingest, batch: _Batch, before: Iterable[_Begun], *, wait: bool) -> _Begun:
    loaded = [(number, _load(line)) for number, line in batch]
    articles = [article for _, article in loaded if isinstance(article, Article)]
    under_way = {each for begun in before if isinstance(begun.batch, Begun) for each in begun.batch.ids}
    # An engine that is away or a full disk refuses the lines of this batch, one by one; the next batch tries again.
    try:
        return _Begun(loaded, ingest.begin(articles, under_way, wait=wait) if articles else None)
    except GisaError as error:
        return _Begun(loaded, error)


def _finished(ingest: Ingest, begun: _Begun, *, wait: bool) -> Iterator[LineResult]:
    outcomes = iter(_outcomes(ingest, begun, wait=wait))
    for number, article in begun.loaded:
        if isinstance(article, GisaError):
            yield LineResult(number, None, None, article)
            continue
        outcome = next(outcomes)
        if isinstance(outcome, GisaError):
            yield LineResult(number, article.id or None, None, outcome)
        elif isinstance(outcome, Refused):
            yield LineResult(number, outcome.id, None, outcome.error)
        else:
            yield LineResult(number, outcome.id, outcome.change, None)


def _outcomes(ingest: Ingest, begun: _Begun, *, wait: bool) -> Sequence[Written | Refused | GisaError]:
    if begun.batch is None:
        return ()
    if isinstance(begun.batch, GisaError):
        return [begun.batch] * len(begun.loaded)
    try:
        return ingest.finish(begun.batch, wait=wait)
    except GisaError as error:
        return [error] * len(begun.loaded)


def _load(line: Line) -> Article | GisaError:
    if isinstance(line, GisaError):
        return line
    try:
        return load_article(parse_json(line))
    except GisaError as error:
        return error
