"""States of the index shared by searches that begin together."""

from __future__ import annotations

from itertools import count

from service.engines.elasticsearch.states import FRESH, States


def test_searches_that_begin_together_share_a_state() -> None:
    now = 10.0
    numbers = count(1)
    states = States(lambda: str(next(numbers)), lambda: now)
    assert [states.current(), states.current()] == ["1", "1"]
    now += FRESH / 2
    assert states.current() == "1"
    now += FRESH
    assert states.current() == "2"


def test_a_state_that_is_lost_is_given_no_more() -> None:
    numbers = count(1)
    states = States(lambda: str(next(numbers)), lambda: 10.0)
    assert states.current() == "1"
    states.forget()
    assert states.current() == "2"
