"""How much a term marks articles out."""

from __future__ import annotations

import math

import pytest

from service.search.significance import Frequency, significance


def test_it_is_the_log_likelihood_ratio_of_the_table() -> None:
    # 4 of 5 hits and 6 of 95 other articles have the term.
    expected = 2 * (
        4 * math.log(4 / (5 * 0.1))
        + 1 * math.log(1 / (5 * 0.9))
        + 6 * math.log(6 / (95 * 0.1))
        + 89 * math.log(89 / (95 * 0.9))
    )
    assert significance(Frequency(4, 10), Frequency(5, 100)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("term", "articles"),
    [
        (Frequency(1, 20), Frequency(5, 100)),  # as frequent elsewhere
        (Frequency(0, 20), Frequency(5, 100)),
        (Frequency(100, 100), Frequency(100, 100)),  # there is no elsewhere
        (Frequency(0, 0), Frequency(0, 100)),
        (Frequency(0, 0), Frequency(0, 0)),
        (Frequency(5, 100), Frequency(5, 100)),
    ],
)
def test_what_is_no_more_frequent_among_the_hits_says_nothing(term: Frequency, articles: Frequency) -> None:
    assert significance(term, articles) == 0


def test_more_hits_and_rarer_elsewhere_say_more() -> None:
    articles = Frequency(10, 1_000)
    grows = [significance(Frequency(found, found + 5), articles) for found in range(1, 11)]
    falls = [significance(Frequency(5, 5 + others), articles) for others in range(0, 400, 20)]
    assert grows == sorted(grows)
    assert falls == sorted(falls, reverse=True)


def test_counts_taken_while_others_write_do_no_harm() -> None:
    assert significance(Frequency(5, 3), Frequency(10, 100)) > 0
    assert significance(Frequency(5, 200), Frequency(10, 100)) == 0
