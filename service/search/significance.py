"""How much a term marks some articles out from all of them."""

from __future__ import annotations

import math
from typing import NamedTuple


class Frequency(NamedTuple):
    """The articles with a term among those that were found and among all of them, both counted exactly."""

    found: int
    all: int


def significance(term: Frequency, articles: Frequency) -> float:
    """Return Dunning's log-likelihood ratio (G²) of a term, 0 where it is no more frequent among those found.

    `articles` counts the found ones and all of them. Source: T. Dunning, Accurate Methods for the Statistics of
    Surprise and Coincidence, 1993. It stays sound where counts are small, unlike ratios of frequencies.
    """
    others = articles.all - articles.found
    with_term = max(term.all - term.found, 0)  # the two are counted one after the other, while others write
    if not articles.found or others <= 0 or term.found * others <= with_term * articles.found:
        return 0.0
    table = (
        (term.found, articles.found),
        (articles.found - term.found, articles.found),
        (with_term, others),
        (others - with_term, others),
    )
    share = (term.found + with_term) / articles.all
    expected = (share, 1 - share, share, 1 - share)
    return 2 * sum(
        count * math.log(count / (of * part)) for (count, of), part in zip(table, expected, strict=True) if count > 0
    )
