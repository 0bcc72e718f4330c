"""`gisa backup` and `gisa restore` as real processes: beside a writer, whole or not at all, refused where damaged."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.running import RunningService
from service.engines.embedded import open_engine
from service.search.request import SearchRequest, Sort
from service.search.tree import Everything
from tests.cli.backups import ARTICLES, article, cut, flip, process, ran, remove, state
from tests.cli.conftest import Gisa


def test_a_backup_beside_a_writer_is_of_one_moment(tmp_path: Path) -> None:
    answered: list[str] = []
    stop = threading.Event()

    def write(service: RunningService) -> None:
        while not stop.is_set():
            name = f"w{len(answered)}"
            assert service.request("PUT", f"/v1/articles/{name}", article(len(answered)))[0] == 201
            answered.append(name)

    with RunningService.start(tmp_path / "data") as service:
        writer = threading.Thread(target=write, args=(service,))
        writer.start()
        while len(answered) < 10:
            time.sleep(0.01)
        before = len(answered)
        done = process(tmp_path / "data", "backup", str(tmp_path / "backup"))
        after = len(answered)
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    assert after > before
    done = process(tmp_path / "restored", "restore", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stderr
    restored, present = state(tmp_path / "restored"), state(tmp_path / "data")
    # What was answered before the backup began is in it; the rest of it is what was written until its moment.
    assert set(restored) == {f"w{number}" for number in range(len(restored))}
    assert before <= len(restored) <= len(present)
    assert all(present[name] == found for name, found in restored.items())
    # The index came along, a little ahead or behind, and goes on to hold just what the store holds.
    assert "built anew" not in done.stderr
    assert list((tmp_path / "backup").glob("index/*/*.term"))
    (generation,) = (path.name for path in (tmp_path / "restored").glob("index/generation-*"))
    engine = open_engine(tmp_path / "restored")
    try:
        while engine.lag():
            time.sleep(0.01)
        hits = engine.stream(SearchRequest(Everything(), sort=Sort.NEWEST), len(present))
        assert {hit.article.id for hit in hits.hits} == set(restored)
    finally:
        engine.close()
    assert [path.name for path in (tmp_path / "restored").glob("index/generation-*")] == [generation]


def test_what_is_restored_is_served_with_its_index_its_keys_and_its_words(archive: Path, tmp_path: Path) -> None:
    done = ran(tmp_path / "data", "restore", str(archive / "backup"))
    assert done.returncode == 0, done.stderr
    assert "counts and hash equal the backup's" in done.stderr
    assert state(tmp_path / "data") == state(archive / "data")
    for name in ("keys.json", "user_dictionary.txt"):
        assert (tmp_path / "data" / name).read_bytes() == (archive / "data" / name).read_bytes()
    found = ran(tmp_path / "data", "search", "도서관", "--json", "--size", "1")
    assert json.loads(found.stdout)["total"]["value"] == ARTICLES
    assert ran(tmp_path / "data", "backup", str(tmp_path / "again")).returncode == 0
    one, other = (
        json.loads((path / "manifest.json").read_bytes()) for path in (archive / "backup", tmp_path / "again")
    )
    assert one["articles"] == other["articles"]


def test_what_is_there_is_only_replaced_where_that_is_asked_for(archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "one.jsonl").write_text(json.dumps({"id": "present", **article(1)}), encoding="utf-8")
    assert ran(data, "import", str(tmp_path / "one.jsonl")).returncode == 0
    refused = ran(data, "restore", str(archive / "backup"))
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert set(state(data)) == {"present"}
    done = ran(data, "restore", str(archive / "backup"), "--replace")
    assert done.returncode == 0, done.stderr
    assert state(data) == state(archive / "data")
    (aside,) = data.glob("replaced-*")
    assert set(state(aside)) == {"present"}


def test_a_running_service_is_not_restored_under(archive: Path, tmp_path: Path) -> None:
    with RunningService.start(tmp_path / "data") as service:
        service.request("PUT", "/v1/articles/present", article(1))
        refused = ran(tmp_path / "data", "restore", str(archive / "backup"), "--replace")
        assert refused.returncode == 2
        assert "Another gisa service is already using" in refused.stderr
        assert service.request("GET", "/v1/articles/present")[0] == 200


def test_another_process_on_the_store_is_not_restored_under(archive: Path, tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "data", index=False)
    try:
        assert engine.count() == 0
        refused = ran(tmp_path / "data", "restore", str(archive / "backup"), "--replace")
    finally:
        engine.close()
    assert refused.returncode == 2
    assert "Another gisa is using" in refused.stderr


@pytest.mark.parametrize("harm", [flip, cut, remove])
@pytest.mark.parametrize("name", ["gisa.sqlite3", "keys.json", "manifest.json"])
def test_a_damaged_backup_is_refused(archive: Path, tmp_path: Path, name: str, harm: Callable[[Path], None]) -> None:
    backup, data = tmp_path / "backup", tmp_path / "data"
    shutil.copytree(archive / "backup", backup)
    shutil.copytree(archive / "data", data)
    harm(backup / name)
    before = state(data)
    refused = ran(data, "restore", str(backup), "--replace")
    assert refused.returncode == 1
    assert "another" in refused.stderr
    assert state(data) == before
    assert not list(data.glob("replaced-*"))


def test_a_backup_is_checked_without_restoring(archive: Path, tmp_path: Path) -> None:
    done = ran(tmp_path / "data", "restore", "--check", str(archive / "backup"))
    assert done.returncode == 0
    assert "The backup is whole" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_folder_that_holds_something_is_no_target(archive: Path) -> None:
    refused = ran(archive / "data", "backup", str(archive / "backup"))
    assert refused.returncode == 2
    assert "Name a new folder" in refused.stderr


def test_a_directory_without_articles_has_no_backup(tmp_path: Path) -> None:
    refused = ran(tmp_path / "data", "backup", str(tmp_path / "backup"))
    assert refused.returncode == 2
    assert "no articles" in refused.stderr
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "backup").exists()


def test_a_damaged_store_is_not_backed_up(archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(archive / "data", data)
    content = bytearray((data / "gisa.sqlite3").read_bytes())
    content[4096 : 4096 * 12] = bytes(4096 * 11)
    (data / "gisa.sqlite3").write_bytes(content)
    refused = ran(data, "backup", str(tmp_path / "backup"))
    assert refused.returncode == 2
    assert "gisa restore" in refused.stderr
    assert not (tmp_path / "backup").exists()


def test_keys_that_the_settings_keep_elsewhere_are_left_alone(archive: Path, tmp_path: Path) -> None:
    keys = tmp_path / "elsewhere" / "keys.json"
    keys.parent.mkdir()
    keys.write_text("kept")
    done = ran(tmp_path / "data", "restore", str(archive / "backup"), keys_file=str(keys))
    assert done.returncode == 0, done.stderr
    assert str(keys) in done.stderr
    assert keys.read_text() == "kept"
    assert not (tmp_path / "data" / "keys.json").exists()


def test_it_speaks_korean(archive: Path, run: Gisa) -> None:
    refused = run("restore", str(archive), language="ko")
    assert refused.returncode == 1
    assert "다른 백업을 쓰세요" in refused.stderr
