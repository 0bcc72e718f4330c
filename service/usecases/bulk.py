"""Many articles as NDJSON: a line in, a result out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.article import load_article
from schemas.strict_json import parse_json
from service.domain.article import Article
from service.domain.errors import GisaError
from service.search.engine import Change, Refused, Written
from service.usecases.ingest import Ingest

BATCH_LINES = 100
BATCH_BYTES = 1 << 20
"""A batch is one transaction: large enough to share its fsync, small enough to hold and to answer soon."""


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


def ingest_lines(ingest: Ingest, lines: Iterable[Line], *, wait: bool = False) -> Iterator[LineResult | Summary]:
    """Yield a result for each line that is not blank, in order, and a last Summary.

    A line answered with a change is stored for good. No more than one batch is held at a time. With `wait` a result
    comes when its article can be found.
    """
    counts = dict.fromkeys(Change, 0)
    failed = 0
    for batch in _batches(lines):
        for result in _ingest_batch(ingest, batch, wait=wait):
            if result.change is None:
                failed += 1
            else:
                counts[result.change] += 1
            yield result
    taken = (counts[Change.CREATED], counts[Change.REPLACED], counts[Change.UNCHANGED])
    yield Summary(sum(taken) + failed, *taken, failed)


def _batches(lines: Iterable[Line]) -> Iterator[list[tuple[int, Line]]]:
    batch: list[tuple[int, Line]] = []
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


def _ingest_batch(ingest: Ingest, batch: list[tuple[int, Line]], *, wait: bool) -> Iterator[LineResult]:
    loaded = [_load(line) for _, line in batch]
    articles = [article for article in loaded if isinstance(article, Article)]
    outcomes = iter(_put(ingest, articles, wait=wait))
    for (number, _), article in zip(batch, loaded, strict=True):
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


def _load(line: Line) -> Article | GisaError:
    if isinstance(line, GisaError):
        return line
    try:
        return load_article(parse_json(line))
    except GisaError as error:
        return error


def _put(ingest: Ingest, articles: list[Article], *, wait: bool) -> Sequence[Written | Refused | GisaError]:
    # An engine that is away or a full disk refuses the lines of this batch, one by one; the next batch tries again.
    if not articles:
        return ()
    try:
        return ingest.put_many(articles, wait=wait)
    except GisaError as error:
        return [error] * len(articles)
