"""The buckets of callers, with a clock of the test."""

from __future__ import annotations

import pytest

from service.web import rate_limits
from service.web.rate_limits import RateLimits


class Clock:
    """A clock that goes when it is told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_taken_and_then_one_for_each_share_of_a_minute() -> None:
    clock = Clock()
    limits = RateLimits(6, clock)
    assert [limits.take("a") for _ in range(7)] == [0] * 6 + [10]
    clock.now += 9
    assert limits.take("a") == 1
    clock.now += 1
    assert [limits.take("a"), limits.take("a")] == [0, 10]
    clock.now += 3600
    assert [limits.take("a") for _ in range(7)] == [0] * 6 + [10]


def test_whoever_comes_again_when_told_is_taken() -> None:
    clock = Clock()
    limits = RateLimits(7, clock)
    for _ in range(100):
        seconds = limits.take("a")
        clock.now += seconds
        assert not seconds or limits.take("a") == 0


def test_callers_do_not_share_a_limit() -> None:
    limits = RateLimits(1, Clock())
    assert [limits.take(caller) for caller in "abcabc"] == [0, 0, 0, 60, 60, 60]


def test_there_may_be_no_limit() -> None:
    limits = RateLimits(0, Clock())
    assert not any(limits.take("a") for _ in range(1000))


def test_what_is_full_again_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_MOST_CALLERS", 3)
    clock = Clock()
    limits = RateLimits(1, clock)
    for number in range(100):
        limits.take(f"address {number}")
        clock.now += 60
    assert len(limits._buckets) <= 3
