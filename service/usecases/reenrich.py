"""Bringing stored articles to the enrichment of today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from service.domain.article import DERIVED_FIELDS, Article
from service.domain.errors import Conflict, GisaError, NotFound
from service.enrichment.pipeline import ENRICHMENT_VERSION, enrich
from service.search.engine import Engine, Outcome, Precondition, Put, Refused, Scanned
from service.search.stored_tokens import encode_tokens
from service.usecases.identity import fingerprint

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


def reenrich(engine: Engine, progress: Progress, stopped: Callable[[], bool] = lambda: False) -> Reenriched:
    """Enrich every stored article of another version anew; `progress` is told (done, in all).

    What a client gave stands, and so does the time of arrival. An article that a client writes meanwhile is left as the
    client wrote it. Those that are current are passed over, so a run that was interrupted is run again.
    """
    total = engine.count()
    renewed = current = overtaken = 0
    problems: list[Problem] = []
    for part in _parts(engine.scan()):
        if stopped():
            break
        behind = [found for found in part if found.article.enrichment_version != ENRICHMENT_VERSION]
        outcomes = _renew(engine, behind)
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


def _renew(engine: Engine, behind: Sequence[Scanned]) -> Sequence[Outcome]:
    if not behind:
        return []
    stored = engine.fingerprints([found.article.id for found in behind])
    # Another fingerprint than the scan saw: a client has written the article since.
    same = [found for found in behind if stored.get(found.article.id, ("", ""))[0] == found.fingerprint]
    return engine.write([_put(found.article, stored[found.article.id][1]) for found in same]) if same else []


def _put(article: Article, version: str) -> Put:
    derived = {name: default for name, default in _UNDERIVED.items() if name not in article.given}
    enriched = enrich(replace(article, **derived))
    seen = Precondition(versions=frozenset({version}), conflict=True)
    tokens = encode_tokens(enriched.texts.by_field())
    return Put(enriched.article, tokens, fingerprint(enriched.article), seen, enriched.signature)
