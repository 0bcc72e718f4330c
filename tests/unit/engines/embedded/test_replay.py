"""Indexing goes on whatever fails, and what cannot be indexed is seen."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from service.engines.embedded import EmbeddedEngine, builder, index_writer, open_engine
from service.engines.embedded.index_document import index_document
from service.engines.embedded.index_writer import Change, Committed, IndexWriter
from service.engines.embedded.replay import Replay
from service.search.engine import Check, Put
from service.search.request import SearchRequest
from service.search.stored_tokens import decode_tokens

PutOf = Callable[..., Put]


class Panic(BaseException):
    """Stands for tantivy's panics, which are no Exceptions."""


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    path = tmp_path / "generation"
    path.mkdir()
    IndexWriter(path, create=True).close()
    return path


def _change(put: Put) -> Change:
    return Change(put.article.id, index_document(put.article, decode_tokens(put.tokens)))


def _fail_on(monkeypatch: pytest.MonkeyPatch, error: BaseException, *guilty: str, times: int = 1 << 30) -> None:
    apply = IndexWriter.apply
    left = [times]

    def failing(self: IndexWriter, changes: Sequence[Change]) -> Committed:
        bad = any(change.key in guilty and change.document is not None for change in changes)
        if left[0] and (bad or not guilty):
            left[0] -= 1
            self.add(changes)  # as a commit that fails leaves it: the writer holds what is not committed
            raise error
        return apply(self, changes)

    monkeypatch.setattr(IndexWriter, "apply", failing)


@pytest.mark.parametrize("error", [ValueError("a wrong type"), Panic("a panic")])
def test_the_guilty_articles_alone_are_set_aside(
    generation: Path, put: PutOf, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    replay = Replay(generation)
    replay.apply([_change(put("a3", body="옛 본문"))])
    _fail_on(monkeypatch, error, "a3", "a7")
    committed, guilty = replay.apply([_change(put(f"a{number}")) for number in range(10)])
    assert set(guilty) == {"a3", "a7"}
    assert committed.documents == replay.documents() == 8  # the old text of a3 is not found any more either
    replay.close()


def test_a_batch_that_fails_once_is_indexed_whole(
    generation: Path, put: PutOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay = Replay(generation)
    _fail_on(monkeypatch, ValueError("once"), times=1)
    committed, guilty = replay.apply([_change(put(f"a{number}")) for number in range(10)])
    assert (committed.documents, guilty) == (10, {})
    replay.close()


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), ValueError("An IO error: 'Permission denied'")]
)
def test_no_article_is_blamed_for_the_disk(
    generation: Path, put: PutOf, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    replay = Replay(generation)
    _fail_on(monkeypatch, error)
    with pytest.raises(type(error)):
        replay.apply([_change(put("a")), _change(put("b"))])
    replay.close()


def test_replaying_again_changes_nothing(generation: Path, put: PutOf) -> None:
    replay = Replay(generation)
    changes = [_change(put("a")), Change("gone", None)]
    assert replay.apply(changes)[0].documents == 1
    assert replay.apply(changes)[0].documents == 1
    assert replay.apply([Change("a", None)])[0].documents == 0
    replay.close()


def _check(engine: EmbeddedEngine, name: str) -> Check:
    return next(check for check in engine.checks() if check.name == name)


def test_an_article_that_cannot_be_indexed_is_stored_and_named(
    engine: EmbeddedEngine, put: PutOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(article, tokens):  # type: ignore[no-untyped-def]
        if article.body == "나쁜 본문":
            raise ValueError("no such document")
        return index_document(article, tokens)

    monkeypatch.setattr(builder, "index_document", failing)
    outcomes = engine.write([put("good"), put("bad", body="나쁜 본문")])
    engine.wait_until_searchable(outcomes)
    assert engine.search(SearchRequest()).total == 1
    assert engine.get("bad").article.body == "나쁜 본문"
    check = _check(engine, "set_aside")
    assert not check.ready
    assert check.message
    assert "bad" in check.message.ko
    engine.wait_until_searchable(engine.write([put("bad", body="고친 본문")]))
    assert engine.search(SearchRequest()).total == 2
    assert _check(engine, "set_aside").ready


def test_indexing_goes_on_when_the_disk_has_room_again(
    engine: EmbeddedEngine, put: PutOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        _fail_on(patched, OSError(errno.ENOSPC, "No space left on device"))
        outcomes = engine.write([put("a")])
        deadline = time.monotonic() + 60
        while _check(engine, "indexing").ready and time.monotonic() < deadline:
            time.sleep(0.02)
        check = _check(engine, "indexing")
        assert check.message
        assert "No space left" in check.message.en
        assert engine.lag() == 1
        assert engine.get("a")
        assert engine.search(SearchRequest()).total == 0
    engine.wait_until_searchable(outcomes)
    assert engine.search(SearchRequest()).total == 1
    assert all(check.ready for check in engine.checks())


def test_without_an_indexing_process_the_checks_say_so(tmp_path: Path, put: PutOf) -> None:
    open_engine(tmp_path).close()
    engine = open_engine(tmp_path, index=False)
    engine.write([put("a")])
    assert engine.lag() == 1
    message = _check(engine, "indexing").message
    assert message
    assert "No process indexes" in message.en
    engine.close()


def test_what_comes_from_the_disk_is_told_from_what_comes_from_an_article() -> None:
    assert index_writer.is_environment(PermissionError("x"))
    assert index_writer.is_environment(ValueError("Failed to acquire Lockfile: LockBusy."))
    assert not index_writer.is_environment(ValueError("expected type U64, got Str"))
