"""How long writes have waited to be searched: told by any process, and 0 once all of them can be."""

from __future__ import annotations

import time
from pathlib import Path

from service.engines.embedded import open_engine
from service.engines.embedded.freshness import mark_indexed, seconds_behind
from tests.unit.engines.embedded.conftest import make_put


def test_nothing_has_waited_before_the_first_index(tmp_path: Path) -> None:
    assert seconds_behind(tmp_path) == 0


def test_the_moment_is_read_back(tmp_path: Path) -> None:
    for ago in (100.0, 50.0):
        mark_indexed(tmp_path, time.time() - ago)
        assert ago <= seconds_behind(tmp_path) < ago + 5


def test_writes_without_an_indexing_process_wait_and_are_indexed_by_the_next(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    engine.wait_until_searchable(engine.write([make_put("a")]))
    engine.close()
    mark_indexed(tmp_path, time.time() - 30)
    alone = open_engine(tmp_path, index=False)
    alone.write([make_put("b"), make_put("c")])
    state = alone.indexing()
    assert (state.waiting, state.set_aside) == (2, 0)
    assert 30 <= state.seconds < 60
    indexing = open_engine(tmp_path)
    indexing.wait_until_searchable(indexing.write([make_put("d")]))
    assert (alone.indexing().waiting, alone.indexing().seconds) == (0, 0)
    indexing.close()
    alone.close()
    assert seconds_behind(tmp_path) < 30
