"""Real processes beside this one: what they deliver, and what becomes of it all when one of them is killed."""

from __future__ import annotations

import json
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from index_mappings import parse_words
from service.domain.article import Article
from service.korean.dictionary import dictionary_of, in_force, put_in_force
from service.search.engine import Change, Engine
from service.search.stored_tokens import decode_tokens
from service.search.tree import TextField
from service.usecases.bulk import BATCH_LINES, LineResult, Summary, ingest_lines
from service.usecases.enrichment_pool import EnrichmentPool, available_cores, begun_ahead
from service.usecases.ingest import Ingest
from service.usecases.preparing import Task, prepare, prepare_as_it_is

PATIENCE = 60.0
PARENT = """
from service.domain.article import Article
from service.usecases.enrichment_pool import EnrichmentPool
import time
if __name__ == "__main__":
    pool = EnrichmentPool(2)
    while not pool.batches_ahead(100):
        time.sleep(0.05)
    print("ready", flush=True)
    time.sleep(600)
"""


def article(number: int) -> Article:
    body = f"홍다온 가온시장은 9일 누리동에서 “전차 {number}대를 놓겠다”고 말했다. 사업비는 {number + 1}억원이다."
    return Article(f"a{number}", f"가온시, 전차 {number}호", body, given=frozenset({"title", "body"}))


def line(number: int, body: str = "가온시가 전차 노선을 확정했다.") -> bytes:
    return json.dumps({"id": f"a{number}", "title": "가온시 소식", "body": body}, ensure_ascii=False).encode()


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def children(pid: int) -> set[int]:
    """Return the processes that enrich for this one."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    found = {int(child) for path in listed for child in path.read_text(encoding="ascii").split()}
    return {child for child in found if b"spawn_main" in command(child)}


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def shared() -> Iterator[EnrichmentPool]:
    with_processes = EnrichmentPool(2, idle_seconds=600)  # a busy machine takes its time between two tests
    until(lambda: with_processes.batches_ahead(BATCH_LINES))
    yield with_processes
    with_processes.close()


@pytest.fixture
def pool() -> Iterator[EnrichmentPool]:
    own = EnrichmentPool(1, idle_seconds=0.5)
    yield own
    own.close()


def test_processes_that_were_started_take_the_first_articles_too() -> None:
    pool = EnrichmentPool(1)
    try:
        pool.start()
        preparing = pool.prepare(prepare, [article(1)])
        assert [future is not None for _, future in preparing.chunks] == [True]
        assert preparing.result() == [prepare(article(1))]
    finally:
        pool.close()


def test_a_pool_of_no_processes_has_nothing_to_start() -> None:
    pool = EnrichmentPool(0)
    pool.start()
    assert pool.prepare(prepare, [article(1)]).result() == [prepare(article(1))]


def test_processes_deliver_what_this_one_would(shared: EnrichmentPool) -> None:
    articles = [article(number) for number in range(50)]
    for task in (prepare, prepare_as_it_is):
        preparing = shared.prepare(task, articles)
        assert all(future is not None for _, future in preparing.chunks)
        assert preparing.result() == [task(each) for each in articles]


def test_processes_cut_by_the_dictionary_in_force_here(shared: EnrichmentPool) -> None:
    before = in_force()
    words, _ = parse_words("전차놓기운동")
    odd = Article("a", "전차놓기운동 시작", "본문")
    try:
        put_in_force(dictionary_of(words))
        [own] = shared.prepare(prepare, [odd]).result()
    finally:
        put_in_force(before)
    [again] = shared.prepare(prepare, [odd]).result()
    assert decode_tokens(own.tokens)[TextField.TITLE][0].terms[0] == "전차놓기운동"
    assert decode_tokens(again.tokens)[TextField.TITLE][0].terms[0] != "전차놓기운동"


def test_an_error_of_the_work_is_raised_where_the_result_is_read(shared: EnrichmentPool) -> None:
    # It stands for a mistake in a step; what a test module holds could not be read in another process.
    mistaken = cast(Task, operator.neg)
    with pytest.raises(TypeError, match="bad operand type"):
        shared.prepare(mistaken, [article(1)]).result()
    again = shared.prepare(prepare, [article(1)])
    assert all(future is not None for _, future in again.chunks)
    assert again.result() == [prepare(article(1))]


def test_the_lines_of_a_bulk_are_answered_in_order(engine: Engine, shared: EnrichmentPool) -> None:
    ingest = Ingest(engine, pool=shared)
    *results, summary = ingest_lines(ingest, [line(number) if number % 7 else b"{" for number in range(630)])
    assert [result.line for result in results if isinstance(result, LineResult)] == list(range(1, 631))
    assert [result.id for result in results if isinstance(result, LineResult)] == [
        f"a{number}" if number % 7 else None for number in range(630)
    ]
    assert summary == Summary(630, 540, 0, 0, 90)


def test_a_line_is_no_news_only_where_nothing_under_way_changes_it(engine: Engine, shared: EnrichmentPool) -> None:
    ingest = Ingest(engine, pool=shared)
    first, other = line(0), line(0, "고친 본문이다.")
    ingest_lines_of(ingest, [first])
    numbers = count(1)
    batches = [[body, *(line(next(numbers)) for _ in range(BATCH_LINES - 1))] for body in (first, other, first, other)]
    changes = [result.change for result in ingest_lines_of(ingest, [each for batch in batches for each in batch])]
    assert changes[::BATCH_LINES] == [Change.UNCHANGED, *[Change.REPLACED] * 3]
    assert ingest.get("a0").article.body == "고친 본문이다."


def ingest_lines_of(ingest: Ingest, lines: list[bytes]) -> list[LineResult]:
    return [result for result in ingest_lines(ingest, lines) if isinstance(result, LineResult)]


def test_answers_do_not_wait_for_lines_that_have_not_come(engine: Engine, shared: EnrichmentPool) -> None:
    answered: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(5 * BATCH_LINES):
            if number and number % BATCH_LINES == 0:
                until(lambda wanted=number: len(answered) == wanted)  # type: ignore[misc] # bound at once
            yield line(number)

    for result in ingest_lines(Ingest(engine, pool=shared), lines()):
        answered.append(result.line if isinstance(result, LineResult) else 0)
    assert len(answered) == 5 * BATCH_LINES + 1


def test_a_process_that_is_killed_loses_nothing(engine: Engine) -> None:
    of_others = children(os.getpid())
    pool = EnrichmentPool(2)
    until(lambda: pool.batches_ahead(BATCH_LINES))
    killed: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(6 * BATCH_LINES):
            if number == 4 * BATCH_LINES:
                killed.extend(children(os.getpid()) - of_others)
                os.kill(killed[0], signal.SIGKILL)
            yield line(number)

    *_, summary = ingest_lines(Ingest(engine, pool=pool), lines())
    assert killed
    assert summary == Summary(600, 600, 0, 0, 0)
    assert pool.batches_ahead(BATCH_LINES) == 0  # no others are started for a while
    pool.close()


def test_one_batch_and_what_is_there_already_start_no_process(engine: Engine, pool: EnrichmentPool) -> None:
    ingest = Ingest(engine, pool=pool)
    before = children(os.getpid())
    ingest_lines_of(ingest, [line(number) for number in range(BATCH_LINES)])
    ingest_lines_of(ingest, [line(number % BATCH_LINES) for number in range(3 * BATCH_LINES)])
    assert children(os.getpid()) == before


def test_processes_end_when_idle_and_are_started_again(pool: EnrichmentPool) -> None:
    expected = [prepare(article(1))]  # here it takes longer the first time than the processes stay
    before = children(os.getpid())
    for _ in range(2):
        until(lambda: pool.batches_ahead(BATCH_LINES))
        assert pool.prepare(prepare, [article(1)]).result() == expected
        assert len(children(os.getpid()) - before) == 1
        until(lambda: children(os.getpid()) == before)


def test_batches_come_in_order_and_those_after_have_begun(shared: EnrichmentPool) -> None:
    begun: list[int] = []

    def begin(batch: list[Article]):  # type: ignore[no-untyped-def] # what prepare returns
        begun.append(len(begun))
        return shared.prepare(prepare, batch)

    batches = [[article(10 * batch + number) for number in range(10)] for batch in range(5)]
    ahead = []
    for place, (batch, preparing) in enumerate(begun_ahead(shared, iter(batches), begin, 10)):
        assert batch == batches[place]
        assert [put.article.id for put in preparing.result()] == [each.id for each in batch]
        ahead.append(len(begun) - place - 1)
    assert max(ahead) > 0


def test_no_process_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        until(lambda: len(children(parent.pid)) == 2)
        orphans = children(parent.pid)
        parent.kill()
    until(lambda: not any(b"spawn_main" in command(orphan) for orphan in orphans))


def test_there_is_a_core_at_least() -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)
