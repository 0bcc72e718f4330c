"""How much of two texts is the same, and whether one is a copy of the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from service.stories.signature import Signature

_NEARLY_ALL = 0.8  # of the longer text: a copy, whatever was put in front of it
_MOST = 0.6  # of the longer text: a rewrite has that much of its original, its lead with it
_ALL_OF_THE_SHORTER = 0.9  # of the shorter text: what was cut off is gone, the rest stands
_NOT_A_SCRAP = 0.25  # of the longer text: one brief among others in a round-up makes no story of them all
_NUMBERS = 4  # pairs with digits in each text, from which on they are a witness of their own
_SAME_NUMBERS = 0.5
_COMPARABLE = 12  # pairs
_LEAD = 12  # pairs at the beginning: quotes and notices that articles share stand further down
_OF_THE_LEAD = 4


class _Shared(NamedTuple):
    both: int
    shorter: int
    longer: int


def similarity(one: Signature, other: Signature) -> float:
    """Return the share of both texts that is the same in the same order, from 0 to 1 (Dice's coefficient)."""
    if one.exact or other.exact:
        return float(one == other)
    both, shorter, longer = _shared(*_comparable(one, other))
    return 2 * both / (shorter + longer) if shorter else 0.0


def is_copy(one: Signature, other: Signature) -> bool:
    """Return whether one text is a copy, a rewrite or the beginning of the other; the same whichever comes first.

    Only texts that share a band are. Words count where they stand in the same order, so that articles made of the same
    sentences do not pass for copies; where the words agree and the numbers do not, one form was filled in twice.
    """
    if not set(one.bands) & set(other.bands):
        return False
    if one.exact or other.exact:
        return one == other
    texts = _comparable(one, other)
    both, shorter, longer = _shared(*texts)
    if shorter < _COMPARABLE or both < _NOT_A_SCRAP * longer:
        return False
    if both < _NEARLY_ALL * longer and both < _ALL_OF_THE_SHORTER * shorter:
        return both >= _MOST * longer and _leads_agree(*texts) and _numbers_agree(*texts)
    return _numbers_agree(*texts)


def _comparable(one: Signature, other: Signature) -> tuple[Sequence[int], Sequence[int]]:
    level = max(one.level, other.level)
    return one.at_level(level), other.at_level(level)


def _shared(one: Sequence[int], other: Sequence[int]) -> _Shared:
    places = {pair: place for place, pair in enumerate(other)}
    found = [places[pair] for pair in one if pair in places]
    return _Shared(_longest_rise(found), min(len(one), len(other)), max(len(one), len(other)))


def _longest_rise(places: Sequence[int]) -> int:
    """Return the length of the longest increasing subsequence (Fredman 1975)."""
    ends: list[int] = []
    for place in places:
        index = bisect_left(ends, place)
        ends[index : index + 1] = [place]
    return len(ends)


def _leads_agree(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(
        len(set(beginning[:_LEAD]).intersection(whole)) >= _OF_THE_LEAD
        for beginning, whole in ((one, other), (other, one))
    )


def _numbers_agree(one: Sequence[int], other: Sequence[int]) -> bool:
    first, second = ({pair for pair in pairs if pair & 1} for pairs in (one, other))
    fewer = min(len(first), len(second))
    return fewer < _NUMBERS or len(first & second) >= _SAME_NUMBERS * fewer
