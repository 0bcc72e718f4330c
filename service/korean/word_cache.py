"""Answers about words, kept as the same words come in every article; a "word" without an end is not kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

LONGEST_KEPT = 200
"""Characters; a text with a longer run between two blanks leaves nothing behind."""

_CACHES: list[_lru_cache_wrapper[Any]] = []


def kept_for_words(entries: int) -> Callable[[Callable[_Asked, _Answer]], Callable[_Asked, _Answer]]:
    """Return a decorator that keeps so many answers of a function of a word, until `forget_after` forgets them."""

    def decorate(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
        cached = lru_cache(maxsize=entries)(function)
        _CACHES.append(cached)
        return cast("Callable[_Asked, _Answer]", cached)  # which takes what can be a key, as a word can

    return decorate


def forget_after(*texts: str | None) -> None:
    """Forget all that is kept where one of these texts, just looked through, holds a run longer than LONGEST_KEPT.

    A cache bounds its entries, not their length: ten thousand pasted blobs would stay in memory for good. Looking at
    each word before it is asked for would cost every article; forgetting costs the one that holds such a run.
    """
    if any(len(run) > LONGEST_KEPT for text in texts if text for run in text.split()):
        for cache in _CACHES:
            cache.cache_clear()
