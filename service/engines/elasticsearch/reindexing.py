"""A new index in the place of the old one, while reads and writes go on.

The target is filled in the order of the source's sequence numbers, in rounds of which each is smaller than the one
before. The last one is taken under a write block, in which writers wait: counts and a sample are compared, and one
atomic action moves the alias. Every right of the run hangs on an alias of its own, so a run that was superseded, or
whose block was lifted, can do nothing any more, however late its requests arrive.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from index_mappings import load_mapping
from service.domain.errors import Conflict, EngineUnavailable, GisaError
from service.engines.elasticsearch.blocking import allow_writes, block_writes, change_aliases, fence, unfence
from service.engines.elasticsearch.comparing import (
    count,
    differing,
    same_count,
    take_out_deleted,
    take_out_surplus,
)
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.copying import Uncopyable, checkpoints, copy_round
from service.engines.elasticsearch.indices import ARTICLES, Indices, mapping_of, next_index
from service.engines.elasticsearch.journal import DeletionJournal, milliseconds
from service.engines.elasticsearch.operations import Operations, Phase, Reindexing, taken_over

_LOG = logging.getLogger("gisa.engine")
_FEW = 50  # articles of a round after which the next may be taken while writers wait
_ROUNDS = 20  # rounds until the last is tried all the same: with writers faster than copying none would be small
_ATTEMPTS = 10
_BLOCK = 1.5  # seconds until the last step must be ready to swap; writers wait for two
_LONGEST_BLOCK = 8.0  # seconds, reached after attempts that were too short; after ten a block counts as left behind
_SILENCE = 5.0  # seconds without a sign of life after which an interrupted run is gone on with
_POLL = 0.5
_PATIENCE = 30.0  # seconds that the cluster may be without an answer before copying is given up

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindex did: the index that is kept, the one now in use and the number of its articles."""

    source: str
    target: str
    articles: int


class _OverdueError(Exception):
    """The last step takes longer than writers wait."""


class Reindexer:
    """One run over an index of articles; `alias` is the one that this index has to itself."""

    def __init__(
        self, connection: Connection, indices: Indices, progress: Progress, alias: str = "", rest: Sequence[str] = ()
    ) -> None:
        self._connection = connection
        self._indices = indices
        self._alias = alias or indices.articles
        self._rest = rest
        self._operations = Operations(connection, indices.operations)
        self._journal = DeletionJournal(connection, indices.deletions)
        self._progress = progress

    def run(self) -> Reindexed:
        """Fill a new index and put it in the old one's place, or go on with what was interrupted.

        Raises Conflict while another process does so and EngineUnavailable where the cluster does not answer; the old
        index stays in use then, and running again goes on.
        """
        self._indices.ensure()
        state = self._interrupted() or self._begin()
        if self._indices.live_index(self._alias) == state.target:
            return self._end(state)
        for attempt in range(_ATTEMPTS):
            state = self._catch_up(state)
            state, swapped = self._blocked(state, min(_BLOCK * 1.3**attempt, _LONGEST_BLOCK))
            if swapped:
                return self._end(state)
        raise EngineUnavailable(
            "두 색인이 같아지지 않았습니다. 쓰기가 적을 때 다시 실행하면 이어서 합니다. 이전 색인은 그대로 쓰입니다.",
            "The two indices did not come to agree. Run this again when there are fewer writes: it goes on from here. "
            "The old index stays in use.",
        )

    def _begin(self) -> Reindexing:
        source = self._indices.live_index(self._alias)
        base = self._indices.layout.base_of(self._alias)
        target = next_index(base, load_mapping(ARTICLES), self._indices.all_of(ARTICLES))
        state = Reindexing(source, target, uuid4().hex[:8], mapping_digest(), milliseconds(), rest=self._rest)
        state = self._operations.write(state)
        self._indices.create(ARTICLES, target, {state.filling_alias: {}})
        _LOG.info("filling %s from %s", target, source)
        return state

    def _interrupted(self) -> Reindexing | None:
        """Return the state to go on from, None where there is none that can be gone on with."""
        state = self._operations.read()
        if state is None:
            return None
        state = self._await_silence(state)
        self._alias = self._indices.layout.alias_of(state.source)
        live = self._indices.live_index(self._alias)
        if live == state.target:
            return state
        known = state.target in self._indices.all_of(ARTICLES)
        state = self._operations.write(replace(state, run=uuid4().hex[:8], phase=Phase.COPYING))
        if known:
            fence(self._connection, state)
            if self._indices.live_index(self._alias) == state.target:
                return state
            if live == state.source:
                allow_writes(self._connection, state.source)
        if known and live == state.source and state.mapping == mapping_digest():
            _LOG.info("going on with filling %s from %s", state.target, state.source)
            return state
        if known:
            self._indices.drop(state.target)
        self._operations.remove()
        return None

    def _await_silence(self, state: Reindexing) -> Reindexing:
        deadline = time.monotonic() + _SILENCE
        while time.monotonic() < deadline:
            time.sleep(_POLL)
            now = self._operations.read()
            if now != state:
                raise Conflict(
                    "다른 `gisa index` 명령이 재색인을 하고 있습니다. `gisa index status`로 진행을 볼 수 있습니다.",
                    "Another `gisa index` command is reindexing. `gisa index status` shows how far it is.",
                )
        return state

    def _catch_up(self, state: Reindexing) -> Reindexing:
        total = count(self._connection, state.source)
        for _ in range(_ROUNDS):
            state, copied = self._patient_round(state, total)
            if copied <= _FEW:
                break
        take_out_deleted(self._connection, state, self._journal)
        return state

    def _patient_round(self, state: Reindexing, total: int) -> tuple[Reindexing, int]:
        """Copy a round; where the cluster loses a node on the way, go on from what is copied once it answers again."""
        before, last, deadline, interrupted = state.copied, state.copied, 0.0, False
        while True:
            try:
                state = self._kept(state) if interrupted else state
                state, _ = copy_round(self._connection, state, lambda now: self._keep(now, total))
                return state, state.copied - before
            except Uncopyable:
                raise
            except EngineUnavailable as error:
                if not interrupted or state.copied > last:
                    last, deadline = state.copied, time.monotonic() + _PATIENCE
                if time.monotonic() > deadline:
                    raise
                interrupted = True
                _LOG.warning("copying into %s goes on in a moment: %s", state.target, error)
                time.sleep(_POLL)

    def _kept(self, state: Reindexing) -> Reindexing:
        kept = self._operations.read()
        if kept is None or kept.run != state.run:
            raise taken_over()
        return kept

    def _blocked(self, state: Reindexing, seconds: float) -> tuple[Reindexing, bool]:
        """Take the last step under a write block of this length at most; return the state and whether it was taken."""
        state = self._operations.write(replace(state, phase=Phase.SWAPPING))
        deadline = time.monotonic() + seconds
        try:
            block_writes(self._connection, state.source)
            state, equal = self._last_round(state, deadline)
            different = differing(self._connection, state) if equal else []
            if equal and not different and time.monotonic() < deadline:
                self._swap(state)
                _LOG.info("%s is in use; writes waited %.2f s", state.target, seconds - (deadline - time.monotonic()))
                return state, True
        except _OverdueError:
            equal, different = True, []
        except GisaError:
            state, swapped = self._let_go()
            if not swapped:
                raise
            return state, True
        state, swapped = self._let_go()
        if different:
            raise _not_the_same(state, different)
        if not equal and not swapped:
            take_out_surplus(self._connection, state)
        return state, swapped

    def _last_round(self, state: Reindexing, deadline: float) -> tuple[Reindexing, bool]:
        def keep(now: Reindexing) -> Reindexing:
            if time.monotonic() > deadline:
                raise _OverdueError
            return self._operations.write(now)

        state, _ = copy_round(self._connection, state, keep)
        if same_count(self._connection, state):
            return state, True
        take_out_deleted(self._connection, state, self._journal)
        return state, same_count(self._connection, state)

    def _let_go(self) -> tuple[Reindexing, bool]:
        """Let writes go on and return the state, and whether the swap has happened after all."""
        state = self._operations.read()
        if state is None:
            raise taken_over()
        # A new run of its own: nothing sent under the old one can swap after the block is lifted.
        state = self._operations.write(replace(state, run=uuid4().hex[:8], phase=Phase.COPYING))
        fence(self._connection, state)
        if self._indices.live_index(self._alias) == state.target:
            return state, True
        allow_writes(self._connection, state.source)
        return state, False

    def _swap(self, state: Reindexing) -> None:
        moved = self._indices.layout.aliases(self._alias)
        change_aliases(
            self._connection,
            {"remove": {"index": state.target, "alias": state.filling_alias, "must_exist": True}},
            *({"remove": {"index": state.source, "alias": alias, "must_exist": True}} for alias in moved),
            *({"add": {"index": state.target, "alias": alias, **options}} for alias, options in moved.items()),
        )

    def _end(self, state: Reindexing) -> Reindexed:
        late = self._late_writes(state) if state.source in self._indices.all_of(ARTICLES) else {}
        unfence(self._connection, state.target)
        articles = count(self._connection, state.target)
        self._operations.remove()
        self._journal.purge()
        if late:
            raise _late(state, late)
        return Reindexed(state.source, state.target, articles)

    def _late_writes(self, state: Reindexing) -> dict[str, int]:
        # The old index stays blocked: a write that still names it is refused and goes to the new one.
        block_writes(self._connection, state.source)
        numbers = checkpoints(self._connection, state.source)
        return {shard: number for shard, number in numbers.items() if number > state.done.get(shard, -1)}

    def _keep(self, state: Reindexing, total: int) -> Reindexing:
        self._progress(min(state.copied, total), total)
        return self._operations.write(state)


def mapping_digest() -> str:
    """Return a digest of what an index of articles is made of today."""
    text = json.dumps(mapping_of(ARTICLES).body(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _late(state: Reindexing, late: Mapping[str, int]) -> EngineUnavailable:
    return EngineUnavailable(
        f"{state.target}이(가) 쓰이고 있지만, 누군가 쓰기 금지를 손으로 풀어 이전 색인 {state.source}에 늦은 쓰기가 "
        f"있습니다(샤드별 _seq_no: 복사 {dict(state.done)}, 지금 {dict(late)}). 이전 색인을 지우지 말고 그 기사를 다시 "
        "보내세요.",
        f"{state.target} is in use, but the block was lifted from outside and the old index {state.source} has later "
        f"writes (_seq_no by shard: copied {dict(state.done)}, now {dict(late)}). Keep the old index and send those "
        "articles again.",
    )


def _not_the_same(state: Reindexing, ids: list[str]) -> EngineUnavailable:
    named = ", ".join(ids[:5])
    return EngineUnavailable(
        f"새 색인 {state.target}의 기사가 이전과 다릅니다: {named}. 이전 색인을 계속 씁니다. 이 색인을 지우고 "
        "(`gisa index drop-old`) 다시 실행하세요.",
        f"Articles in the new index {state.target} differ from the old ones: {named}. The old index stays in use. Drop "
        "the new one (`gisa index drop-old`) and run this again.",
    )
