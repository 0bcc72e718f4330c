"""`gisa backup` and `gisa restore` over Elasticsearch: a snapshot beside a writer, and back behind the aliases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import ApiError, Elasticsearch

from service.engines.elasticsearch import ElasticsearchSettings, open_engine
from service.engines.elasticsearch.connection import Connection
from service.engines.elasticsearch.snapshots import Snapshots
from service.search.engine import Delete
from tests.elasticsearch.administering import Command, Writer, text_of
from tests.elasticsearch_node.node import start_node


@dataclass(frozen=True)
class Place:
    """A node, a snapshot repository of it and a prefix of its own."""

    url: str
    repository: str
    prefix: str

    @property
    def settings(self) -> ElasticsearchSettings:
        """Return the settings of an engine there."""
        return ElasticsearchSettings((self.url,), index_prefix=self.prefix, timeout=60, number_of_replicas=0)

    def state(self) -> dict[str, str]:
        """Return the fingerprint of every article."""
        engine = open_engine(self.settings)
        try:
            engine.count()
            return {found.article.id: found.fingerprint for found in engine.scan()}
        finally:
            engine.close()


@pytest.fixture(scope="module")
def node(elasticsearch_url: str) -> Iterator[str]:
    """Return the address of a node that keeps snapshots: the shared one, or where it keeps none, one of its own."""
    with Elasticsearch(elasticsearch_url) as client:
        try:
            _register(client, "gisa-test-probe")
        except ApiError:
            pass
        else:
            client.snapshot.delete_repository(name="gisa-test-probe")
            yield elasticsearch_url
            return
    with start_node() as own:
        yield own.url


@pytest.fixture
def place(node: str) -> Iterator[Place]:
    name = f"gisa-test-{uuid4().hex[:12]}"
    with Elasticsearch(node, request_timeout=60) as client:
        _register(client, name)
        yield Place(node, name, f"{name}-")
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)
        client.snapshot.delete(repository=name, snapshot="*")
        client.snapshot.delete_repository(name=name)


def _register(client: Elasticsearch, name: str) -> None:
    client.snapshot.create_repository(name=name, repository={"type": "fs", "settings": {"location": name}})


@pytest.fixture
def command(place: Place, tmp_path: Path) -> Command:
    return Command(place.url, place.prefix, tmp_path)


def test_a_snapshot_beside_a_writer_comes_back_as_it_was(place: Place, command: Command, tmp_path: Path) -> None:
    engine = open_engine(place.settings)
    writer = Writer(engine, 60, seed=1, pause=0.05)
    writer.thread.start()
    try:
        done = command.run("backup", str(tmp_path / "backup"), "--repository", place.repository)
        assert done.returncode == 0, done.stderr
        writer.finish()
        engine.write([text_of(number, 9) for number in range(70, 75)])
        kept = place.state()
        refused = command.run("restore", str(tmp_path / "backup"))
        assert refused.returncode == 2
        assert "--replace" in refused.stderr
        assert place.state() == kept
        done = command.run("restore", str(tmp_path / "backup"), "--replace")
        assert done.returncode == 0, done.stderr
        assert "counts and hash equal the backup's" in done.stderr
    finally:
        engine.close()
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_bytes())
    restored = place.state()
    assert len(restored) == manifest["articles"]["count"]
    assert "w.00074" in kept
    assert "w.00074" not in restored
    again = open_engine(place.settings)
    try:
        again.write([text_of(99, 1), Delete(next(iter(restored)))] if restored else [text_of(99, 1)])
        assert all(check.ready for check in again.checks())
    finally:
        again.close()


def test_a_snapshot_that_is_not_what_was_recorded_changes_nothing(place: Place, tmp_path: Path) -> None:
    engine = open_engine(place.settings)
    engine.write([text_of(number, 0) for number in range(5)])
    engine.close()
    snapshots = Snapshots(place.settings)
    try:
        parts = snapshots.take(place.repository, "one")
        digest, rows = snapshots.contents(place.repository, "one", parts, lambda *_: None)
        assert digest.count == 5
        before, indices = place.state(), _indices(place)
        wrong = type(digest)(digest.count, "0" * 64)
        with pytest.raises(Exception, match="Use another backup"):
            snapshots.bring_back(place.repository, "one", parts, (wrong, rows), lambda *_: None)
        with pytest.raises(Exception, match="Use another backup"):
            snapshots.bring_back(place.repository, "gone", parts, (digest, rows), lambda *_: None)
        assert (place.state(), _indices(place)) == (before, indices)
    finally:
        snapshots.close()


def test_a_killed_restore_leaves_the_old_state_and_is_run_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(place.settings)
    engine.write([text_of(number, 0) for number in range(5)])
    snapshots = Snapshots(place.settings)
    try:
        parts = snapshots.take(place.repository, "one")
        wanted = snapshots.contents(place.repository, "one", parts, lambda *_: None)
        engine.write([text_of(7, 0)])
        before = place.state()
        with monkeypatch.context() as patched:
            patched.setattr(Snapshots, "_swap", _end)
            patched.setattr(Snapshots, "_drop_unfinished", lambda _: None)
            with pytest.raises(_Killed):
                snapshots.bring_back(place.repository, "one", parts, wanted, lambda *_: None)
        assert place.state() == before
        left = _indices(place)
        replaced = snapshots.bring_back(place.repository, "one", parts, wanted, lambda *_: None)
        assert len(place.state()) == 5
        assert len(_indices(place)) == len(left)
        assert set(replaced) <= _indices(place)
    finally:
        snapshots.close()
        engine.close()


def test_what_is_missing_is_named(place: Place, command: Command, tmp_path: Path) -> None:
    open_engine(place.settings).close()
    Connection(place.settings).close()
    refused = command.run("backup", str(tmp_path / "backup"), "--repository", "none-such")
    assert refused.returncode == 2
    assert "PUT _snapshot/none-such" in refused.stderr
    assert not (tmp_path / "backup").exists()


class _Killed(BaseException):
    """As hard as a kill."""


def _end(*_: object) -> None:
    raise _Killed


def _indices(place: Place) -> set[str]:
    with Elasticsearch(place.url) as client:
        return set(client.indices.get(index=f"{place.prefix}*", features="aliases").body)
