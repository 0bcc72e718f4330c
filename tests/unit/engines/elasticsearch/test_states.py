"""States of the index shared by searches that begin together, and closed when no page is to follow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from service.engines.elasticsearch.breaker import away
from service.engines.elasticsearch.states import FRESH, States


class Cluster:
    """Opens states named 1, 2, 3 and takes note of those that are closed."""

    def __init__(self) -> None:
        self.now = 10.0
        self.closed: list[str] = []
        self._numbers = count(1)
        self.states = States(lambda: str(next(self._numbers)), self.closed.append, lambda: self.now)

    def search(self, *, keep: bool = False) -> str:
        """Return the state that a search looked at."""
        with self.states.lease() as lease:
            name = lease.current()
            if keep:
                lease.keep()
        return name

    def wait_for(self, closed: list[str]) -> None:
        """Return when these and no others are closed."""
        deadline = time.monotonic() + 60
        while self.closed != closed and time.monotonic() < deadline:
            time.sleep(0.01)
        assert self.closed == closed


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.states.close()


def test_searches_that_begin_together_share_a_state(cluster: Cluster) -> None:
    assert [cluster.search(), cluster.search()] == ["1", "1"]
    cluster.now += FRESH / 4
    assert cluster.search() == "1"
    cluster.now += FRESH
    assert cluster.search() == "2"


def test_while_searches_come_the_next_state_is_opened_ahead(cluster: Cluster) -> None:
    cluster.search()
    cluster.now += FRESH * 0.75
    assert cluster.search() == "1", "no search waits for the next state"
    deadline = time.monotonic() + 60
    while (looked_at := cluster.search()) == "1" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert looked_at == "2"
    cluster.wait_for(["1"])


def test_a_state_that_cannot_be_opened_ahead_is_opened_by_the_search_that_needs_it() -> None:
    answers: list[str | None] = ["1", None, "3"]
    now, closed = [10.0], []  # type: ignore[var-annotated]

    def open_state() -> str:
        answer = answers.pop(0)
        if answer is None:
            raise away()
        return answer

    states = States(open_state, closed.append, lambda: now[0])
    looked_at = []
    for elapsed in (0, FRESH * 0.75, FRESH):
        now[0] += elapsed
        with states.lease() as lease:
            looked_at.append(lease.current())
        deadline = time.monotonic() + 60
        while elapsed == FRESH * 0.75 and len(answers) > 1 and time.monotonic() < deadline:
            time.sleep(0.01)
    states.close()
    assert looked_at == ["1", "1", "3"]


def test_a_state_that_is_lost_is_given_no_more(cluster: Cluster) -> None:
    assert cluster.search() == "1"
    cluster.states.forget()
    assert cluster.search() == "2"


def test_a_state_is_closed_once_it_is_given_to_nobody_any_more(cluster: Cluster) -> None:
    cluster.search()
    time.sleep(2.5 * FRESH)
    assert cluster.closed == [], "another search may begin with it yet"
    cluster.now += 2 * FRESH
    cluster.wait_for(["1"])
    assert cluster.search() == "2"


def test_a_state_in_use_is_closed_by_its_last_user(cluster: Cluster) -> None:
    with cluster.states.lease() as lease:
        lease.current()
        cluster.search()
        cluster.now += 2 * FRESH
        time.sleep(2.5 * FRESH)
        assert cluster.closed == []
    cluster.wait_for(["1"])


def test_a_state_with_pages_to_come_is_left_open_whoever_else_used_it(cluster: Cluster) -> None:
    cluster.search(keep=True)
    cluster.search()
    cluster.now += 2 * FRESH
    cluster.search()
    cluster.now += 2 * FRESH
    cluster.wait_for(["2"])


def test_a_search_that_fails_leaves_nothing_open(cluster: Cluster) -> None:
    def fail() -> None:
        with cluster.states.lease() as lease:
            lease.current()
            lease.forget()
            lease.current()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    cluster.states.close()
    assert sorted(cluster.closed) == ["1", "2"]


def test_searches_side_by_side_leave_nothing_open() -> None:
    opened, closed = count(1), []  # type: ignore[var-annotated]
    states = States(lambda: str(next(opened)), closed.append)

    def search() -> None:
        for _ in range(200):
            with states.lease() as lease:
                assert lease.current() not in closed
            time.sleep(0.001)

    _side_by_side(search, 8)
    time.sleep(4 * FRESH)
    number = next(opened) - 1
    assert sorted(map(int, closed)) == list(range(1, number + 1))


def _side_by_side(task: Callable[[], None], times: int) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            task()
        except BaseException as error:  # noqa: BLE001 -- raised below
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
