"""Bringing stored articles to the enrichment of today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from service.domain.article import DERIVED_FIELDS, Article
from service.domain.errors import Conflict, GisaError, NotFound
from service.enrichment.pipeline import ENRICHMENT_VERSION
from service.search.engine import Engine, Outcome, Precondition, Put, Refused, Scanned
from service.usecases.enrichment_pool import ALONE, EnrichmentPool, Preparing, begun_ahead
from service.usecases.preparing import prepare

_AT_ONCE = 100
_KEPT = frozenset({"received_at"})  # derived from the moment of arrival, not from the text
_UNDERIVED: dict[str, Any] = {
    field.name: field.default for field in fields(Article) if field.name in DERIVED_FIELDS and field.name not in _KEPT
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """An article that could not be enriched anew and why."""

    id: str
    error: GisaError


@dataclass(frozen=True, slots=True)
class Reenriched:
    """What a run did: `renewed` articles, those `current` already, those that a client wrote or removed meanwhile."""

    renewed: int
    current: int
    overtaken: int
    problems: tuple[Problem, ...]


def reenrich(
    engine: Engine, progress: Progress, stopped: Callable[[], bool] = lambda: False, pool: EnrichmentPool = ALONE
) -> Reenriched:
    """Enrich every stored article of another version anew; `progress` is told (done, in all).

    What a client gave stands, and so does the time of arrival. An article that a client writes meanwhile is left as the
    client wrote it. Those that are current are passed over, so a run that was interrupted is run again.
    """
    total = engine.count()
    renewed = current = overtaken = 0
    problems: list[Problem] = []

    def begin(part: list[Scanned]) -> Preparing:
        engine.follow_dictionary()
        return pool.prepare(prepare, [_underived(found.article) for found in _behind(part)])

    for part, preparing in begun_ahead(pool, _parts(engine.scan()), begin, _AT_ONCE):
        if stopped():
            break
        behind = _behind(part)
        outcomes = _renew(engine, behind, preparing)
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        failed = [Problem(each.id, each.error) for each in refused if not isinstance(each.error, Conflict | NotFound)]
        problems += failed
        current += len(part) - len(behind)
        renewed += len(outcomes) - len(refused)
        overtaken += len(behind) - len(outcomes) + len(refused) - len(failed)
        done = renewed + current + overtaken + len(problems)
        progress(done, max(total, done))
    return Reenriched(renewed, current, overtaken, tuple(problems))


def _parts(scanned: Iterator[Scanned]) -> Iterator[list[Scanned]]:
    while part := list(islice(scanned, _AT_ONCE)):
        yield part


def _behind(part: Sequence[Scanned]) -> list[Scanned]:
    return [found for found in part if found.article.enrichment_version != ENRICHMENT_VERSION]


def _renew(engine: Engine, behind: Sequence[Scanned], preparing: Preparing) -> Sequence[Outcome]:
    if not behind:
        return []
    operations = preparing.result()
    stored = engine.fingerprints([found.article.id for found in behind])
    # Another fingerprint than the scan saw: a client has written the article since.
    same = [
        _over(operation, stored[found.article.id][1])
        for found, operation in zip(behind, operations, strict=True)
        if stored.get(found.article.id, ("", ""))[0] == found.fingerprint
    ]
    return engine.write(same) if same else []


def _underived(article: Article) -> Article:
    return replace(article, **{name: default for name, default in _UNDERIVED.items() if name not in article.given})


def _over(operation: Put, version: str) -> Put:
    return replace(operation, precondition=Precondition(versions=frozenset({version}), conflict=True))
