from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from service.engines.embedded import open_engine
from service.engines.embedded.checkpoint import Checkpoint, advance, install, journal_after, last_sequence
from service.engines.embedded.database import open_database
from service.search.engine import Delete, Put


def test_a_batch_of_the_journal_is_bounded_in_rows_and_in_bytes(tmp_path: Path, put: Callable[..., Put]) -> None:
    engine = open_engine(tmp_path, index=False)
    engine.write([put("a"), put("b"), put("a", body="새 본문"), Delete("b"), put("c")])
    engine.close()
    with open_database(tmp_path).connection() as connection:
        assert last_sequence(connection) == 5
        assert journal_after(connection, 0, 100) == (5, ["a", "b", "c"])
        assert journal_after(connection, 0, 2) == (2, ["a", "b"])
        assert journal_after(connection, 0, 100, size=1) == (1, ["a"])
        assert journal_after(connection, 3, 100, size=1) == (5, ["b", "c"])  # what is deleted takes no room
        assert journal_after(connection, 5, 100) == (5, [])


def test_a_checkpoint_moves_within_its_generation_only(tmp_path: Path) -> None:
    with open_database(tmp_path).transaction() as connection:
        install(connection, Checkpoint("two", 1, 1, 1))
        assert advance(connection, Checkpoint("two", 2, 2, 2))
        assert not advance(connection, Checkpoint("one", 9, 9, 9))
