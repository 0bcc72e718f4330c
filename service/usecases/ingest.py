"""The one way in: articles are identified, enriched and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain.article import Article
from service.domain.errors import Conflict, PreconditionFailed
from service.domain.time import KST
from service.search.engine import (
    NO_PRECONDITION,
    Change,
    Delete,
    Engine,
    Operation,
    Outcome,
    Precondition,
    Put,
    Refused,
    Stored,
    Written,
)
from service.stories.membership import Membership
from service.usecases.enrichment_pool import ALONE, EnrichmentPool, Preparing
from service.usecases.identity import derive_id, fingerprint
from service.usecases.preparing import prepare

_PATCH_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Saved:
    """An article as it is stored after a write, its version and what the write did."""

    article: Article
    version: str
    change: Change


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch that is being enriched, to be written next or later; `known` are those that are stored just so."""

    ids: tuple[str, ...]
    known: Mapping[str, Written]
    preparing: Preparing


def now() -> datetime:
    """Return the present time in KST."""
    return datetime.now(KST)


class Ingest:
    """Writes to and single reads from an engine."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now, pool: EnrichmentPool = ALONE) -> None:
        self.pool = pool
        self._engine = engine
        self._clock = clock

    def get(self, article_id: str) -> Stored:
        """Return the article as stored; NotFound where there is none."""
        return self._engine.get(article_id)

    def put(self, article: Article, precondition: Precondition = NO_PRECONDITION, *, wait: bool = False) -> Saved:
        """Store the article, under an id derived from what identifies it where it has none.

        Raises PreconditionFailed or Conflict where the precondition does not hold. `wait` returns when it can be found.
        """
        operation = self._operation(article, precondition)
        written = self._write_one(operation, wait=wait)
        if written.change is Change.UNCHANGED:
            stored = self._engine.get(written.id)
            return Saved(stored.article, stored.version, written.change)
        return Saved(_placed(operation.article, written.membership), written.version, written.change)

    def patch(
        self,
        article_id: str,
        change: Callable[[Article], Article],
        precondition: Precondition = NO_PRECONDITION,
        *,
        wait: bool = False,
    ) -> Saved:
        """Store what `change` makes of the stored article; it sees the article again where another write came between.

        Raises NotFound, PreconditionFailed, and Conflict where other writes kept coming between.
        """
        for _ in range(_PATCH_ATTEMPTS):
            stored = self._engine.get(article_id)
            _check(precondition, stored)
            changed = change(stored.article)
            seen = Precondition(versions=frozenset({stored.version}), conflict=True)
            try:
                return self.put(replace(changed, id=article_id), seen, wait=wait)
            except Conflict:
                continue
        raise Conflict(
            "다른 변경이 계속 먼저 저장되었습니다. 기사를 다시 읽고 다시 시도하세요.",
            "Other writes kept coming first. Read the article again and try again.",
        )

    def delete(self, article_id: str, precondition: Precondition = NO_PRECONDITION, *, wait: bool = False) -> None:
        """Remove the article; NotFound where there is none, PreconditionFailed where the precondition does not hold."""
        self._write_one(Delete(article_id, precondition), wait=wait)

    def put_many(self, articles: Sequence[Article], *, wait: bool = False) -> list[Written | Refused]:
        """Store the articles in one batch and return one outcome for each, in order.

        Those already stored just so are not enriched again.
        """
        return self.finish(self.begin(articles, wait=wait), wait=wait)

    def begin(self, articles: Sequence[Article], under_way: Collection[str] = (), *, wait: bool = False) -> Begun:
        """Begin to enrich a batch, in other processes where there are any.

        `under_way` are the ids of the batches begun before and not finished yet: those are still to be written.
        """
        identified = [self._identified(article) for article in articles]
        known = {} if wait else self._unchanged(identified, under_way)
        self._engine.follow_dictionary()
        preparing = self.pool.prepare(prepare, [article for article in identified if article.id not in known])
        return Begun(tuple(article.id for article in identified), known, preparing)

    def finish(self, begun: Begun, *, wait: bool = False) -> list[Written | Refused]:
        """Store a batch and return one outcome for each of its articles, in order; to be called in the order begun."""
        operations = begun.preparing.result()
        written = iter(self._engine.write(operations) if operations else ())
        outcomes = [begun.known[each] if each in begun.known else next(written) for each in begun.ids]
        if wait:
            self._engine.wait_until_searchable(outcomes)
        return outcomes

    def _unchanged(self, articles: Sequence[Article], under_way: Collection[str]) -> dict[str, Written]:
        # An id that comes twice has to see its own earlier write, which only the engine can tell.
        times = Counter(article.id for article in articles)
        once = {article.id: article for article in articles if times[article.id] == 1 and article.id not in under_way}
        return {
            article_id: Written(article_id, Change.UNCHANGED, version, sequence=0)
            for article_id, (stored, version) in self._engine.fingerprints(once.keys()).items()
            if stored == fingerprint(once[article_id])
        }

    def _operation(self, article: Article, precondition: Precondition) -> Put:
        self._engine.follow_dictionary()
        return replace(self.pool.timed(prepare, self._identified(article)), precondition=precondition)

    def _identified(self, article: Article) -> Article:
        return replace(article, id=article.id or derive_id(article), received_at=self._clock())

    def _write_one(self, operation: Operation, *, wait: bool) -> Written:
        outcome: Outcome = self._engine.write([operation])[0]
        if isinstance(outcome, Refused):
            raise outcome.error
        if wait:
            self._engine.wait_until_searchable([outcome])
        return outcome


def _placed(article: Article, membership: Membership | None) -> Article:
    if membership is None:
        return article
    return replace(article, story_id=membership.story_id, duplicate_of=membership.duplicate_of)


def _check(precondition: Precondition, stored: Stored) -> None:
    other = precondition.versions is not None and stored.version not in precondition.versions
    if precondition.absent or other:
        raise PreconditionFailed(
            "기사가 그 사이에 바뀌었습니다. 다시 읽고 새 ETag로 시도하세요.",
            "The article has changed meanwhile. Read it again and use its new ETag.",
        )
