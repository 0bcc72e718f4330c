from __future__ import annotations

import json
from collections.abc import Iterator

from service.domain.errors import MalformedRequest, TooLarge, ValidationFailed
from service.search.engine import Change
from service.usecases.bulk import BATCH_LINES, LineResult, Summary, ingest_lines
from service.usecases.ingest import Ingest


def line(article_id: str, body: str = "가온시가 전차 노선을 확정했다.") -> bytes:
    return json.dumps({"id": article_id, "title": "가온시 소식", "body": body}).encode()


def test_each_line_has_its_result_and_the_last_is_the_summary(ingest: Ingest) -> None:
    sent = [line("a"), b"", line("a"), line("a", "고친 본문이다."), b"{", b'{"id": "b"}']
    *results, summary = ingest_lines(ingest, sent)
    assert [(result.line, result.change) for result in results if isinstance(result, LineResult)] == [
        (1, Change.CREATED),
        (3, Change.UNCHANGED),
        (4, Change.REPLACED),
        (5, None),
        (6, None),
    ]
    errors = [result.error for result in results if isinstance(result, LineResult)]
    assert isinstance(errors[3], MalformedRequest)
    assert isinstance(errors[4], ValidationFailed)
    assert summary == Summary(lines=5, created=1, replaced=1, unchanged=1, failed=2)


def test_a_line_its_reader_refused_fails_alone(ingest: Ingest) -> None:
    too_large = TooLarge("줄이 너무 깁니다.", "The line is too long.")
    results = list(ingest_lines(ingest, [line("a"), too_large, line("b")]))
    assert results[1] == LineResult(2, None, None, too_large)
    assert results[-1] == Summary(lines=3, created=2, replaced=0, unchanged=0, failed=1)


def test_no_more_than_a_batch_is_read_ahead(ingest: Ingest) -> None:
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        for number in range(3 * BATCH_LINES):
            read += 1
            yield line(f"a{number}")

    results = ingest_lines(ingest, lines())
    next(results)
    assert read == BATCH_LINES
    assert sum(1 for _ in results) == 3 * BATCH_LINES


def test_nothing_in_gives_a_summary_of_nothing(ingest: Ingest) -> None:
    assert list(ingest_lines(ingest, [b"  ", b""])) == [Summary(0, 0, 0, 0, 0)]
