"""The circuit breaker."""

from __future__ import annotations

import pytest

from service.domain.errors import EngineUnavailable
from service.engines.elasticsearch.breaker import CircuitBreaker


class Clock:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_three_failures_nobody_asks_for_a_while_and_then_one_does() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock)
    for _ in range(3):
        breaker.check()
        breaker.failed()
    with pytest.raises(EngineUnavailable):
        breaker.check()
    clock.now += 2.1
    breaker.check()
    with pytest.raises(EngineUnavailable):
        breaker.check()


def test_an_answer_closes_it() -> None:
    breaker = CircuitBreaker(Clock())
    for _ in range(2):
        breaker.failed()
    breaker.succeeded()
    breaker.failed()
    breaker.check()
