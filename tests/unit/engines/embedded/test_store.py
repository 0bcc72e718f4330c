from __future__ import annotations

import resource
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from service.domain.article import Money
from service.domain.errors import Conflict, EngineUnavailable, NotFound, PreconditionFailed, StartupError, StorageFull
from service.engines.embedded import EmbeddedEngine, database, open_engine
from service.engines.embedded.failures import translated
from service.search.engine import Change, Delete, Operation, Precondition, Put, Refused, Remembered, Written

PutOf = Callable[..., Put]


def _changes(engine: EmbeddedEngine, *operations: Operation) -> list[Change | type]:
    outcomes = engine.write(operations)
    return [outcome.change if isinstance(outcome, Written) else type(outcome.error) for outcome in outcomes]


def test_operations_see_those_before_them_and_a_refused_one_refuses_alone(engine: EmbeddedEngine, put: PutOf) -> None:
    one, other = put("a"), put("a", body="다른 본문")
    assert _changes(engine, one, one, other, Delete("b"), Delete("a"), one) == [
        Change.CREATED, Change.UNCHANGED, Change.REPLACED, NotFound, Change.DELETED, Change.CREATED,
    ]  # fmt: skip
    assert engine.get("a").article == one.article


def test_versions_are_unique_and_grow(engine: EmbeddedEngine, put: PutOf) -> None:
    outcomes = [*engine.write([put("a"), put("b")]), *engine.write([put("a", body="새 본문"), Delete("b")])]
    versions = [int(outcome.version) for outcome in outcomes if isinstance(outcome, Written)]
    assert versions == sorted(set(versions))
    assert engine.get("a").version == outcomes[2].version  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("precondition", "existing", "expected"),
    [
        (Precondition(absent=True), False, Change.CREATED),
        (Precondition(absent=True), True, PreconditionFailed),
        (Precondition(present=True), False, PreconditionFailed),
        (Precondition(present=True), True, Change.REPLACED),
        (Precondition(versions=frozenset({"1", "7"})), True, Change.REPLACED),
        (Precondition(versions=frozenset({"7"})), True, PreconditionFailed),
        (Precondition(versions=frozenset({"1"})), False, PreconditionFailed),
        (Precondition(versions=frozenset({"7"}), conflict=True), True, Conflict),
        (Precondition(absent=True, conflict=True), True, Conflict),
    ],
)
def test_a_precondition_is_held_to(
    engine: EmbeddedEngine, put: PutOf, precondition: Precondition, existing: bool, expected: object
) -> None:
    if existing:
        engine.write([put("a")])
    assert _changes(engine, replace(put("a", body="새 본문"), precondition=precondition)) == [expected]


def test_of_writers_that_read_one_version_exactly_one_wins(engine: EmbeddedEngine, put: PutOf) -> None:
    engine.write([put("a", body="0")])
    version = engine.get("a").version
    outcomes = []

    def write(number: int) -> None:
        condition = Precondition(versions=frozenset({version}))
        outcomes.extend(engine.write([replace(put("a", body=f"본문 {number}"), precondition=condition)]))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 8
    assert sum(isinstance(outcome, Written) for outcome in outcomes) == 1


def test_a_sum_over_64_bits_is_stored(engine: EmbeddedEngine, put: PutOf) -> None:
    engine.write([put("a", money=(Money("1000해 원", 10**23, "KRW"), Money("2원", 2, "KRW")))])
    assert [sum_.amount for sum_ in engine.get("a").article.money] == [float(10**23), 2]


def test_fingerprints_tell_what_is_stored(engine: EmbeddedEngine, put: PutOf) -> None:
    engine.write([put("a")])
    assert engine.fingerprints(["a", "b"]) == {"a": (put("a").fingerprint, engine.get("a").version)}
    with pytest.raises(NotFound):
        engine.get("b")


def test_every_connection_waits_for_durability(tmp_path: Path) -> None:
    opened = database.open_database(tmp_path)
    with opened.connection() as one, opened.transaction() as other:
        for connection in (one, other):
            assert connection.execute("PRAGMA synchronous").get == 2
            assert connection.execute("PRAGMA journal_mode").get == "wal"


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.51.2")
    with pytest.raises(StartupError, match="can damage the data"):
        open_engine(tmp_path)


def test_a_write_that_finds_no_room_is_refused_and_reads_go_on(
    tmp_path: Path, put: PutOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(tmp_path, index=False)
    engine.write([put("a")])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (tmp_path / (database.FILE_NAME + "-wal")).stat().st_size
    free = shutil.disk_usage(tmp_path)
    # The limit on file sizes stands in for a full disk: the write-ahead log cannot grow.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free._replace(free=0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        with pytest.raises(StorageFull):
            engine.write([put("b", body="가나다라 " * 5_000)])
        assert engine.get("a").article.id == "a"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert _changes(engine, put("b")) == [Change.CREATED]
    engine.close()


@pytest.mark.parametrize(
    ("raised", "expected"),
    [(apsw.FullError, StorageFull), (apsw.BusyError, EngineUnavailable), (apsw.CorruptError, EngineUnavailable)],
)
def test_errors_of_the_database_become_our_own(tmp_path: Path, raised: type[apsw.Error], expected: type) -> None:
    with pytest.raises(expected), translated(tmp_path):
        raise raised("as it comes")


def test_a_closed_engine_says_so(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, index=False)
    engine.close()
    with pytest.raises(EngineUnavailable, match="closed"):
        engine.count()


def test_the_first_answer_kept_for_a_key_stands(engine: EmbeddedEngine) -> None:
    first = Remembered("digest", 201, {"ETag": '"1"'}, "본문".encode())
    engine.remember("key", first)
    engine.remember("key", replace(first, status=500))
    assert engine.recall("key") == first
    assert engine.recall("other") is None


def test_an_answer_is_forgotten_after_a_day(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Remembered("digest", 201, {}, b"")
    monkeypatch.setattr("service.engines.embedded.idempotency.time.time", lambda: 1_000_000.0)
    engine.remember("key", answer)
    monkeypatch.setattr("service.engines.embedded.idempotency.time.time", lambda: 1_000_000.0 + 86_399)
    assert engine.recall("key") == answer
    monkeypatch.setattr("service.engines.embedded.idempotency.time.time", lambda: 1_000_000.0 + 86_400)
    assert engine.recall("key") is None
    engine.remember("key", replace(answer, status=200))
    assert engine.recall("key") == replace(answer, status=200)


def test_a_delete_is_refused_as_not_found_where_there_is_nothing(engine: EmbeddedEngine) -> None:
    (outcome,) = engine.write([Delete("a")])
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.error, NotFound)
