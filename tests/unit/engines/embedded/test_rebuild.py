"""Building the index anew beside a running service."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from service.domain.errors import EngineUnavailable
from service.engines.embedded import EmbeddedEngine, builder, open_engine, rebuild
from service.engines.embedded.locks import BUILDING, FileLock
from service.search.engine import Delete, Put
from service.search.request import SearchRequest
from service.search.tree import Word

PutOf = Callable[..., Put]


def _generations(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / "index").iterdir())


def test_a_rebuild_beside_a_service_loses_nothing_that_is_written_meanwhile(
    tmp_path: Path, put: PutOf, word: Callable[..., Word], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, other = open_engine(tmp_path), open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([put(f"a{number}", body="전차") for number in range(50)]))
    monkeypatch.setattr(builder, "_ROWS", 10)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        outcomes = other.write([put(f"b{done}", body="전차"), Delete(f"a{done}"), put("a0", body=f"지하철 {done}")])
        other.wait_until_searchable(outcomes)

    documents = rebuild(tmp_path, progress)
    assert told[-1][0] == told[-1][1] >= 50
    engine.wait_until_searchable(other.write([put("last", body="전차")]))
    for one in (engine, other):
        results = one.search(SearchRequest(word("전차"), size=100))
        assert results.total == len(results.hits) == one.count() - 1
        assert one.search(SearchRequest(word("지하철"))).total == 1
    assert documents == engine.count() - 1
    assert "generation-000002" in _generations(tmp_path)
    for one in (other, engine):
        one.close()


def test_readers_follow_to_the_new_index_and_the_old_one_is_removed(engine: EmbeddedEngine, tmp_path: Path) -> None:
    assert _generations(tmp_path / "data") == ["generation-000001"]
    assert rebuild(tmp_path / "data") == 0
    assert engine.search(SearchRequest()).total == 0
    assert _generations(tmp_path / "data") == ["generation-000002"]


def test_one_rebuild_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_engine(tmp_path).close()
    monkeypatch.setattr(builder, "_PATIENCE", 0.05)
    with FileLock(tmp_path / BUILDING).tried() as held:
        assert held
        with pytest.raises(EngineUnavailable, match="Another rebuild"):
            rebuild(tmp_path)


def test_a_rebuild_that_breaks_off_leaves_the_old_index_in_use(
    engine: EmbeddedEngine, tmp_path: Path, put: PutOf, word: Callable[..., Word]
) -> None:
    engine.wait_until_searchable(engine.write([put("a", body="전차")]))

    def breaking_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path / "data", breaking_off)
    assert engine.search(SearchRequest(word("전차"))).total == 1
    assert rebuild(tmp_path / "data") == 1
    assert engine.search(SearchRequest(word("전차"))).total == 1
    assert _generations(tmp_path / "data") == ["generation-000003"]


def test_the_journal_is_pruned_but_not_during_a_rebuild(engine: EmbeddedEngine, tmp_path: Path, put: PutOf) -> None:
    def rows() -> int:
        with engine._database.connection() as connection:
            return int(connection.execute("SELECT count(*) FROM journal").get)

    engine.wait_until_searchable(engine.write([put("a"), put("b")]))
    assert rows() == 0
    with FileLock(tmp_path / "data" / BUILDING).tried():
        engine.wait_until_searchable(engine.write([put("c")]))
        assert rows() == 1


def test_searches_go_on_while_generations_are_swapped(tmp_path: Path, put: PutOf, word: Callable[..., Word]) -> None:
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([put(f"a{number}", body="전차") for number in range(20)]))
    stop, failures, totals = threading.Event(), [], set()

    def search() -> None:
        while not stop.is_set():
            try:
                totals.add(engine.search(SearchRequest(word("전차"))).total)
            except BaseException as error:  # noqa: BLE001 -- whatever it is, it is a failure
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        rebuild(tmp_path)
    stop.set()
    for thread in threads:
        thread.join()
    engine.close()
    assert (failures, totals) == ([], {20})
