"""Full-text views are counted once each, whatever the engine does meanwhile."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from threading import Event, Thread

import pytest

from service.domain.errors import EngineUnavailable
from service.search.records import CountedView, View
from service.usecases.licences.counting import ViewCounter

ONE = View("2026-01", "하늘일보", "intranet", "a")
OTHER = View("2026-01", "하늘일보", "intranet", "b")


class KeptViews:
    """Counts in memory, which may be away; like those of an engine they count what is tried again once."""

    def __init__(self) -> None:
        self.counts: Counter[View] = Counter()
        self.away = False
        self.asked: list[dict[View, int]] = []
        self.held = Event()
        self.held.set()
        self.entered = Event()

    def add(self, counts: Mapping[View, int]) -> None:
        self.asked.append(dict(counts))
        self.entered.set()
        self.held.wait()
        if self.away:
            raise EngineUnavailable("없음", "away")
        self.counts.update(counts)

    def counted(self, first: str, last: str, outlet: str | None = None) -> Iterator[CountedView]:
        raise NotImplementedError  # a counter only adds: were it to read, its test is to fail


@pytest.fixture
def kept() -> KeptViews:
    return KeptViews()


def never(kept: KeptViews) -> ViewCounter:
    """Return a counter whose thread does not come to write in the time of a test."""
    return ViewCounter(lambda: kept, every=3600)


def test_views_reach_the_engine_by_themselves(kept: KeptViews) -> None:
    counter = ViewCounter(lambda: kept, every=0.01)
    counter.count([ONE, OTHER, ONE])
    until = time.monotonic() + 10
    while kept.counts.total() < 3 and time.monotonic() < until:
        time.sleep(0.01)
    assert kept.counts == {ONE: 2, OTHER: 1}
    counter.close()


def test_what_the_engine_did_not_take_is_tried_again_with_the_same_or_more(kept: KeptViews) -> None:
    counter = never(kept)
    kept.away = True
    counter.count([ONE])
    assert not counter.flush()
    counter.count([ONE, OTHER])
    assert not counter.flush()
    kept.away = False
    assert counter.flush()
    assert kept.asked == [{ONE: 1}, {ONE: 2, OTHER: 1}, {ONE: 2, OTHER: 1}]
    assert counter.flush()
    assert len(kept.asked) == 3  # nothing was left
    assert kept.counts == {ONE: 2, OTHER: 1}
    counter.close()


def test_closing_writes_what_is_left(kept: KeptViews, caplog: pytest.LogCaptureFixture) -> None:
    counter = never(kept)
    counter.count([ONE])
    counter.close()
    assert kept.counts == {ONE: 1}
    kept.away = True
    counter.count([OTHER, OTHER])
    with caplog.at_level(logging.ERROR):
        counter.close()
    assert "2 views could not be written and are lost." in caplog.text


def test_readers_do_not_wait_for_the_engine(kept: KeptViews) -> None:
    counter = never(kept)
    counter.count([ONE])
    kept.held.clear()
    writing = Thread(target=counter.flush)
    writing.start()
    assert kept.entered.wait(10)
    counting = Thread(target=lambda: counter.count([OTHER]))
    counting.start()
    counting.join(10)
    assert not counting.is_alive()
    kept.held.set()
    writing.join()
    counter.close()
    assert kept.counts == {ONE: 1, OTHER: 1}


def test_an_unforeseen_error_ends_neither_the_thread_nor_the_counts(
    kept: KeptViews, caplog: pytest.LogCaptureFixture
) -> None:
    broken = iter([True, False])

    def views() -> KeptViews:
        if next(broken, False):
            raise RuntimeError("unforeseen")
        return kept

    counter = ViewCounter(views, every=0.01)
    counter.count([ONE])
    until = time.monotonic() + 10
    while not kept.counts and time.monotonic() < until:
        time.sleep(0.01)
    counter.close()
    assert kept.counts == {ONE: 1}
    assert "unforeseen" in caplog.text
