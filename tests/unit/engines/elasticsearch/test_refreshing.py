"""Refreshes shared by those who wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.engines.elasticsearch.refreshing import Refresher


def test_those_who_come_during_a_refresh_share_the_next_one() -> None:
    begun, go_on, count = threading.Event(), threading.Event(), []

    def refresh() -> None:
        count.append(1)
        begun.set()
        assert go_on.wait(10)

    refresher = Refresher(refresh)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(refresher.wait)
        assert begun.wait(10)
        later = [pool.submit(refresher.wait) for _ in range(6)]
        while sum(future.running() for future in later) < 6:
            pass
        assert not first.done()
        go_on.set()
        for future in (first, *later):
            future.result(10)
    # One that was about to wait when the first ended may have begun the second before the others came.
    assert 2 <= len(count) <= 3


def test_a_failure_is_told_to_each_who_asked() -> None:
    def refresh() -> None:
        raise ConnectionError

    refresher = Refresher(refresh)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            refresher.wait()
