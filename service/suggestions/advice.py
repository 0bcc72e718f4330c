"""What is said besides the hits of a search that has few or none."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.errors import Message


@dataclass(frozen=True, slots=True)
class Advice:
    """A whole corrected query that finds more; the words that no article has; the hits with `match=any`.

    `match_any_total` is None where `match` is `any` already, where there is one word alone, or where there are hits.
    """

    did_you_mean: str | None = None
    missing_words: tuple[str, ...] = ()
    match_any_total: int | None = None
    warnings: tuple[Message, ...] = ()


NO_ADVICE = Advice()
