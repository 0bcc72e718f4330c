"""Processes that enrich many articles at a time, beside the one that reads and stores them."""

from __future__ import annotations

import gc
import logging
import math
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from pathlib import Path
from threading import RLock, Thread, Timer
from typing import TypeVar

from service.domain.article import Article
from service.search.engine import Put
from service.usecases.preparing import Delivery, Task, carry_out, order, prepare, unpacked

_Batch = TypeVar("_Batch")
_LOG = logging.getLogger("gisa.enrichment")
_CHUNK_ARTICLES = 20
_CHUNK_CHARACTERS = 100_000
"""A chunk is what one process takes at a time: small enough for all of them to have work until the end."""
_IDLE_SECONDS = 30.0
_START_SECONDS = 30.0  # then it is begun without them
_RECOVERY_SECONDS = 30.0  # from the death of a process until others are started: what killed it may still be there
_CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_WARM_UP = Article("warm-up", "가온시, 전차 노선 확정", "홍다온 가온시장은 9일 “전차를 놓겠다”고 말했다.")


class Watch:
    """Is told what a pool does; this one takes no note of it."""

    def enriched(self, articles: int, seconds: float) -> None:
        """Take note of the seconds of one process that these articles took together."""

    def waiting(self, chunks: int) -> None:
        """Take note of how many chunks the other processes have not given back."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """Articles on their way through the pool, in chunks; those without a future are done where the result is read."""

    pool: EnrichmentPool
    task: Task
    chunks: tuple[tuple[Sequence[Article], Future[Delivery] | None], ...]

    def result(self) -> list[Put]:
        """Return the operations in the order of the articles, once all are ready."""
        return [put for articles, future in self.chunks for put in self._done(articles, future)]

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to be done."""
        return not self.chunks

    def is_ready(self) -> bool:
        """Return whether no other process is at work on any of the articles."""
        return all(future is None or future.done() for _, future in self.chunks)

    def _done(self, articles: Sequence[Article], future: Future[Delivery] | None) -> list[Put]:
        if future is not None:
            try:
                delivery = future.result()
                self.pool.watch.enriched(len(articles), delivery.seconds)
                return unpacked(delivery)
            except (BrokenProcessPool, CancelledError, MemoryError) as error:
                # A process was killed or has no memory left: nothing is lost, it is done here.
                self.pool.abandon(error)
        return [self.pool.timed(self.task, article) for article in articles]


class EnrichmentPool:
    """Processes that are started when a bulk is long enough to gain by them, and ended once idle for half a minute.

    To be shared by all of a process; safe to call from several threads. With 0 processes all is done in this one.
    """

    def __init__(
        self, processes: int | None = None, idle_seconds: float = _IDLE_SECONDS, watch: Watch | None = None
    ) -> None:
        self.watch = watch or Watch()
        self.processes = available_cores() if processes is None else processes
        self._idle_seconds = idle_seconds
        self._lock = RLock()  # a future that is done already calls back from within the submission
        self._executor: ProcessPoolExecutor | None = None
        self._started: Future[None] | None = None
        self._under_way = 0
        self._timer: Timer | None = None
        self._not_before = 0.0

    def timed(self, task: Task, article: Article) -> Put:
        """Return the work on one article, done here, and have its time watched."""
        began = time.perf_counter()
        put = task(article)
        self.watch.enriched(1, time.perf_counter() - began)
        return put

    def batches_ahead(self, batch_size: int) -> int:
        """Return how many batches are to be under way beside the one that is waited for, to keep every process busy.

        Starts the processes where there are none; 0 until the first of them is ready.
        """
        with self._lock:
            if self._executor is None and self.processes and time.monotonic() >= self._not_before:
                self._start()
            ready = self._ready()
        return 1 + math.ceil(2 * self.processes * _CHUNK_ARTICLES / batch_size) if ready else 0

    def start(self) -> None:
        """Start the processes and return once one is ready: for whoever knows that there is much to do."""
        with self._lock:
            if self._executor is None and self.processes:
                self._start()
            started = self._started
        if started is not None:
            wait([started], _START_SECONDS)

    def prepare(self, task: Task, articles: Sequence[Article]) -> Preparing:
        """Begin to work on the articles, in other processes where there are any that are ready."""
        with self._lock:
            chunks = [(chunk, self._submitted(task, chunk)) for chunk in _chunks(articles)]
        return Preparing(self, task, tuple(chunks))

    def abandon(self, error: BaseException) -> None:
        """Go on without the other processes for a while, as one of them has failed."""
        with self._lock:
            executor, self._executor, self._started = self._executor, None, None
            self._not_before = time.monotonic() + _RECOVERY_SECONDS
        if executor is not None:
            _LOG.warning("enrichment goes on in this process, as another one failed: %r", error)
            executor.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the processes; what is still under way is done in this one."""
        with self._lock:
            executor, self._executor, self._started = self._executor, None, None
            self._stop_timer()
        if executor is not None:
            executor.shutdown(cancel_futures=True)

    def _start(self) -> None:
        # Never forked: this process has threads, and what they hold at that moment would be held for ever.
        executor = ProcessPoolExecutor(self.processes, get_context("spawn"), initializer=_begin)
        # Ctrl-C reaches every process of the terminal; this one alone decides. The mask is inherited, a handler is not.
        resource_tracker.ensure_running()
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._executor = executor
            started = [executor.submit(_nothing) for _ in range(self.processes)]  # each starts one, as none is idle yet
            self._started = started[0]
            for future in started:
                self._counted(future)
        except OSError as error:
            self.abandon(error)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def _ready(self) -> bool:
        if self._started is None or not self._started.done():
            return False
        if error := self._started.exception():
            self.abandon(error)
            return False
        return True

    def _submitted(self, task: Task, articles: Sequence[Article]) -> Future[Delivery] | None:
        if self._executor is None or not self._ready():
            return None
        try:
            future = self._executor.submit(carry_out, order(task, articles))
        except (BrokenProcessPool, OSError) as error:
            self.abandon(error)
            return None
        self._counted(future)
        return future

    def _counted(self, future: Future[None] | Future[Delivery]) -> None:
        self._stop_timer()
        self._under_way += 1
        self.watch.waiting(self._under_way)
        future.add_done_callback(lambda _: self._finished())

    def _finished(self) -> None:
        with self._lock:
            self._under_way -= 1
            self.watch.waiting(self._under_way)
            if not self._under_way and self._executor is not None:
                self._stop_timer()
                self._timer = Timer(self._idle_seconds, self._end_idle)
                self._timer.daemon = True
                self._timer.start()

    def _end_idle(self) -> None:
        with self._lock:
            if self._under_way:
                return
        self.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def begun_ahead(
    pool: EnrichmentPool, batches: Iterable[_Batch], begin: Callable[[_Batch], Preparing], batch_size: int
) -> Iterator[tuple[_Batch, Preparing]]:
    """Yield each batch with the work on it, in order; the work on the next ones has begun by then."""
    waiting: deque[tuple[_Batch, Preparing]] = deque()
    busy = 0
    for batch in batches:
        preparing = begin(batch)
        waiting.append((batch, preparing))
        busy += not preparing.is_empty
        # One batch alone is done before a process would have started.
        while len(waiting) > (pool.batches_ahead(batch_size) if busy > 1 else 0):
            yield waiting.popleft()
    yield from waiting


def available_cores() -> int:
    """Return the number of cores this process may use: those it is bound to, or fewer by the quota of its container."""
    bound = len(os.sched_getaffinity(0))
    try:
        quota, period = _CPU_QUOTA.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return bound
    return bound if quota == "max" else max(1, min(bound, int(quota) // int(period)))


def _chunks(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    chunk: list[Article] = []
    characters = 0
    for article in articles:
        chunk.append(article)
        characters += len(article.body)
        if len(chunk) >= _CHUNK_ARTICLES or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def make_ready() -> None:
    """Make a process that only enriches ready: models read, garbage looked for no more often than is worth it."""
    prepare(_WARM_UP)
    # An article is thousands of small tuples without a cycle: looking for cycles as often as usual takes a tenth more.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _begin() -> None:
    """Begin a process of the pool: it ends with its parent, and is ready before it takes an order."""
    Thread(target=_end_with_parent, daemon=True).start()
    make_ready()


def _end_with_parent() -> None:
    # A parent that was killed closes nothing: this process would wait for orders for ever.
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _nothing() -> None:
    """Return once a process is ready."""


ALONE = EnrichmentPool(0)
"""For whoever has no other processes."""
