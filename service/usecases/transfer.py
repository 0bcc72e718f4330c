"""Moving everything from one engine into another: articles as they are stored, outlets, and counts of views."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from service.domain.article import Article
from service.domain.errors import GisaError
from service.search.engine import Change, Engine, Put, Refused, Scanned
from service.usecases.enrichment_pool import ALONE, EnrichmentPool, Preparing, begun_ahead
from service.usecases.licences.moving import carry_outlets, carry_views
from service.usecases.preparing import prepare_as_it_is

_AT_ONCE = 100
_SAMPLE = 100  # articles whose contents are compared in the end

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """An article that the target refused and why."""

    id: str
    error: GisaError


@dataclass(frozen=True, slots=True)
class Transferred:
    """What a transfer did and found: `in_source` and `in_target` count articles in the end.

    `outlets` says whether the table of outlets was carried over, `views` how many full-text views were added.
    `missing` names those of the source that the target lacks, `different` those of a sample whose contents differ.
    """

    written: int
    unchanged: int
    in_source: int
    in_target: int
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]
    different: tuple[str, ...]
    outlets: bool
    views: int

    @property
    def complete(self) -> bool:
        """Return whether everything of the source is in the target as it is in the source."""
        return not (self.problems or self.missing or self.different) and self.in_target >= self.in_source


def transfer(source: Engine, target: Engine, progress: Progress, pool: EnrichmentPool = ALONE) -> Transferred:
    """Put every article of the source into the target and check it; `progress` is told (done, in all).

    Only stories are found anew, and are the same: ids, given and derived fields, times and fingerprints stay, so a
    client that sends an article again finds it unchanged. What is in the target already is passed over, so an
    interrupted transfer is run again. Outlets with their licences come first, so that no article is there without
    them, and the counts of views last.
    """
    outlets = carry_outlets(source, target)
    total = source.count()
    written = unchanged = 0
    problems: list[Problem] = []
    parts = ((part, _without_known(target, part)) for part in _parts(source.scan()))

    def begin(parted: tuple[list[Scanned], list[Scanned]]) -> Preparing:
        return pool.prepare(prepare_as_it_is, [found.article for found in parted[1]])

    for (part, fresh), preparing in begun_ahead(pool, parts, begin, _AT_ONCE):
        outcomes = target.write(_operations(fresh, preparing)) if fresh else []
        refused = [Problem(outcome.id, outcome.error) for outcome in outcomes if isinstance(outcome, Refused)]
        problems += refused
        changed = sum(
            not isinstance(outcome, Refused) and outcome.change is not Change.UNCHANGED for outcome in outcomes
        )
        written += changed
        unchanged += len(part) - changed - len(refused)
        progress(written + unchanged + len(problems), max(total, written + unchanged))
    missing, different = _compared(source, target)
    counts = source.count(), target.count()
    views = carry_views(source, target)
    return Transferred(written, unchanged, *counts, tuple(problems), tuple(missing), tuple(different), outlets, views)


def _operations(fresh: Sequence[Scanned], preparing: Preparing) -> list[Put]:
    operations = zip(fresh, preparing.result(), strict=True)
    return [replace(operation, article=found.article, fingerprint=found.fingerprint) for found, operation in operations]


def _parts(scanned: Iterator[Scanned]) -> Iterator[list[Scanned]]:
    while part := list(islice(scanned, _AT_ONCE)):
        yield part


def _without_known(target: Engine, part: Sequence[Scanned]) -> list[Scanned]:
    known = target.fingerprints([found.article.id for found in part])
    return [found for found in part if known.get(found.article.id, ("", ""))[0] != found.fingerprint]


def _compared(source: Engine, target: Engine) -> tuple[list[str], list[str]]:
    """Return the ids that the target lacks or holds in another state, and those of a sample that differ."""
    chosen: list[Scanned] = []
    missing: list[str] = []
    seen = 0
    for part in _parts(source.scan()):
        missing += [found.article.id for found in _without_known(target, part)]
        for found in part:
            seen += 1
            # Reservoir sampling: every article has the same chance to be among the hundred.
            if len(chosen) < _SAMPLE:
                chosen.append(found)
            elif (place := random.randrange(seen)) < _SAMPLE:  # noqa: S311 -- a sample, no secret
                chosen[place] = found
    lacking = set(missing)
    different = [
        found.article.id
        for found in chosen
        if found.article.id not in lacking and not _is_same(target.get(found.article.id).article, found.article)
    ]
    return missing, different


def _is_same(one: Article, other: Article) -> bool:
    # The same article sent to the target directly arrived there at another time.
    return replace(one, received_at=None) == replace(other, received_at=None)
