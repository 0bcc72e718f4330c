"""The indexing worker: whichever process gets the lock carries the journal over into the index."""

from __future__ import annotations

import logging
import threading
import time

from service.engines.embedded.builder import SetAside, build, changes_of, record_set_aside
from service.engines.embedded.checkpoint import (
    Checkpoint,
    advance,
    journal_after,
    last_sequence,
    prune,
    read_checkpoint,
)
from service.engines.embedded.database import Database
from service.engines.embedded.dictionary import DictionaryInUse
from service.engines.embedded.failpoints import Failpoint, reach
from service.engines.embedded.freshness import mark_indexed
from service.engines.embedded.generations import (
    IndexDamaged,
    IndexOutdated,
    generation_path,
    remove_unused,
    set_aside,
    verify,
)
from service.engines.embedded.locks import BUILDING, INDEXING, FileLock
from service.engines.embedded.replay import Replay
from service.engines.embedded.rows import count_articles
from service.engines.embedded.status import clear_suspected, read_suspected, write_failure

_LOG = logging.getLogger("gisa.engine")
_POLL = 0.025  # seconds between two looks at the journal
_LOCK_POLL = 0.5  # seconds between two tries for the lock
_BATCH = 1_000  # journal rows in one commit, at most
_BATCH_SIZE = 8 << 20  # bytes of compressed articles in one commit, about: they take ten times as much once read
_SUSPICION_POLL = 40  # looks at the journal between two looks at whether a reader met damage
_LONGEST_PAUSE = 10.0  # seconds between two tries after errors


class _Stopped(BaseException):
    """The worker has been told to stop."""


class Indexer:
    """A background thread that becomes the indexing worker when the lock is free."""

    def __init__(self, database: Database, dictionary: DictionaryInUse) -> None:
        self._database = database
        self._dictionary = dictionary
        self._lock = FileLock(database.directory / INDEXING)
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gisa-indexer", daemon=True)

    def start(self) -> None:
        """Begin to try for the lock."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the journal at once."""
        self._wake.set()

    def close(self) -> None:
        """Finish the commit under way, stop, and let go of the lock."""
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        pause = _LOCK_POLL
        try:
            while not self._stop.is_set():
                try:
                    while self._lock.acquire() and not self._stop.is_set():
                        self._work()  # returns when another generation has come into use
                        pause = _LOCK_POLL
                except _Stopped:
                    return
                except BaseException as error:  # noqa: BLE001 -- a panic of tantivy is one; the worker must live on
                    _LOG.error("indexing failed, trying again in %.1f s: %r", pause, error)
                    self._report(repr(error)[:500])
                    pause = min(pause * 2, _LONGEST_PAUSE)
                self._stop.wait(pause)
        finally:
            self._lock.release()

    def _work(self) -> None:
        checkpoint = self._sound_checkpoint()
        replay = Replay(generation_path(self._database.directory, checkpoint.generation))
        try:
            self._remove_unused(checkpoint)
            self._report(None)
            self._follow(replay, checkpoint.generation)
        finally:
            replay.close()

    def _sound_checkpoint(self) -> Checkpoint:
        with self._database.connection() as connection:
            checkpoint = read_checkpoint(connection)
        if checkpoint is None:
            return self._build()
        self._dictionary.follow()
        try:
            verify(generation_path(self._database.directory, checkpoint.generation), checkpoint)
        except IndexOutdated as reason:
            _LOG.warning("building the index anew: %s", reason)
            return self._build()
        except IndexDamaged as reason:
            return self._replace_damaged(checkpoint.generation, reason)
        return checkpoint

    def _replace_damaged(self, generation: str, reason: IndexDamaged) -> Checkpoint:
        _LOG.error("the index %s is damaged, set aside and built anew: %s", generation, reason)
        set_aside(self._database.directory, generation)
        reach(Failpoint.AFTER_SETTING_ASIDE)
        return self._build()

    def _build(self) -> Checkpoint:
        lock = FileLock(self._database.directory / BUILDING)
        while not lock.acquire():
            # A rebuild by hand is under way: what it builds will do.
            if self._stop.wait(_LOCK_POLL):
                raise _Stopped
        try:
            checkpoint = build(self._database)
            self._dictionary.follow()
            return checkpoint
        finally:
            lock.release()

    def _follow(self, replay: Replay, generation: str) -> None:
        counted, looks = False, 0
        while not self._stop.is_set():
            looked_at = time.time()
            with self._database.connection() as connection:
                checkpoint = read_checkpoint(connection)
                if checkpoint is None or checkpoint.generation != generation:
                    return
                seq, keys = journal_after(connection, checkpoint.seq, _BATCH, _BATCH_SIZE)
                is_all = not keys or seq == last_sequence(connection)
            if keys:
                self._index(replay, checkpoint, seq, keys)
            if is_all and (keys or looks % _SUSPICION_POLL == 0):
                mark_indexed(self._database.directory, looked_at)
            if keys:
                continue
            if not counted:
                counted = self._require_count(replay, checkpoint)
            looks += 1
            if looks % _SUSPICION_POLL == 0:
                self._look_into_suspicion(checkpoint)
            self._wake.wait(_POLL)
            self._wake.clear()

    def _index(self, replay: Replay, checkpoint: Checkpoint, seq: int, keys: list[str]) -> None:
        with self._database.connection() as connection:
            changes, refused = changes_of(connection, keys)
        committed, guilty = replay.apply(changes)
        for key, reason in guilty.items():
            _LOG.error("article %s breaks the index and is set aside: %s", key, reason)
        refused += [SetAside(key, seq, reason) for key, reason in guilty.items()]
        # Whether pruning is allowed is asked first: a rebuild that starts after this has a later beginning.
        with FileLock(self._database.directory / BUILDING).tried() as free, self._database.transaction() as connection:
            if not advance(connection, Checkpoint(checkpoint.generation, seq, *committed)):
                return
            record_set_aside(connection, keys, refused)
            if free:
                prune(connection, seq)
            reach(Failpoint.BEFORE_CHECKPOINT)
        reach(Failpoint.AFTER_CHECKPOINT)

    def _require_count(self, replay: Replay, checkpoint: Checkpoint) -> bool:
        with self._database.snapshot() as connection:
            if read_checkpoint(connection) != checkpoint or last_sequence(connection) != checkpoint.seq:
                return False
            expected = count_articles(connection) - int(connection.execute("SELECT count(*) FROM set_aside").get)
        documents = replay.documents()
        if documents != expected:
            replay.close()
            reason = IndexDamaged(f"{documents} documents for {expected} articles")
            self._replace_damaged(checkpoint.generation, reason)
        return True

    def _look_into_suspicion(self, checkpoint: Checkpoint) -> None:
        with self._database.connection() as connection:
            suspected = read_suspected(connection)
        if suspected is None:
            return
        if suspected == checkpoint.generation:
            try:
                verify(generation_path(self._database.directory, suspected), checkpoint)
                _LOG.error("a search failed in the index %s, whose files are sound", suspected)
            except IndexDamaged as reason:
                self._replace_damaged(suspected, reason)
        clear_suspected(self._database)

    def _remove_unused(self, checkpoint: Checkpoint) -> None:
        with FileLock(self._database.directory / BUILDING).tried() as free:
            if free:
                remove_unused(self._database.directory, checkpoint.generation)

    def _report(self, failure: str | None) -> None:
        try:
            write_failure(self._database, failure)
        except Exception as error:  # noqa: BLE001 -- the store may be what fails; the log has it then
            _LOG.error("the state of indexing could not be written down: %r", error)
