from __future__ import annotations

import random
from itertools import product

import pytest

from service.engines.embedded.amounts import amount_terms, range_terms

_AMOUNTS = [-5.0, -0.0, 0, 0.01, 1, 15, 16, 17, 255, 256, 750_000_000, 750_000_001, 7.5e8 + 0.5, 1e12, 10**30, 10**400]


def _matches(amount: float, low: float | None, high: float | None, *, low_in: bool, high_in: bool) -> bool:
    above = low is None or (amount >= low if low_in else amount > low)
    return above and (high is None or (amount <= high if high_in else amount < high))


@pytest.mark.parametrize(("low_in", "high_in"), list(product((True, False), repeat=2)))
def test_a_range_holds_exactly_the_sums_within_it(low_in: bool, high_in: bool) -> None:
    bounds = [None, *_AMOUNTS[:-1]]
    for low, high in product(bounds, bounds):
        terms = set(range_terms("KRW", low, high, low_in, high_in))
        for amount in _AMOUNTS:
            found = bool(terms & set(amount_terms("KRW", amount)))
            assert found == _matches(amount, low, high, low_in=low_in, high_in=high_in), (amount, low, high)


def test_a_range_over_random_sums_is_exact_and_short() -> None:
    random.seed(7)
    for _ in range(300):
        low, high = sorted(random.uniform(-1e6, 1e13) for _ in range(2))
        terms = range_terms("USD", low, high, True, True)
        assert len(terms) <= 480
        amounts = [low, high, random.uniform(low, high), random.uniform(-1e6, 1e13)]
        for amount in amounts:
            assert bool(set(terms) & set(amount_terms("USD", amount))) == (low <= amount <= high)


def test_currencies_are_kept_apart() -> None:
    assert not set(amount_terms("USD", 100)) & set(range_terms("KRW", None, None, True, True))
