"""Files that are damaged, missing, full or not ours to write."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from service.domain.article import Article
from service.domain.errors import StartupError
from service.engines.embedded import EmbeddedEngine, open_engine
from service.engines.embedded.database import FILE_NAME
from service.enrichment.pipeline import analyze_texts
from service.search.engine import Put
from service.search.request import SearchRequest
from service.search.stored_tokens import encode_tokens
from service.search.tree import Word


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with thirty articles in several segments, some written twice."""
    directory = tmp_path_factory.mktemp("original")
    engine = open_engine(directory)
    for number in range(3):
        engine.wait_until_searchable(
            engine.write([make_put(f"a{number}-{key}", body="전차 노선") for key in range(10)])
        )
    engine.wait_until_searchable(engine.write([make_put(f"a0-{key}", body="전차 노선 변경") for key in range(3)]))
    engine.close()
    return directory


@pytest.fixture
def directory(tmp_path: Path, original: Path) -> Path:
    return shutil.copytree(original, tmp_path / "data")


def make_put(key: str, body: str) -> Put:
    article = Article(key, "제목", body)
    return Put(article, encode_tokens(analyze_texts(article).by_field()), body)


def _cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _empty(file: Path) -> None:
    os.truncate(file, 0)


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    # Not in what a file ends with: the name of the version that wrote it may differ by a bit and harm nothing.
    place = random.randrange(data.rfind(b'{"version"') if b'{"version"' in data else len(data))
    # Not only a blank of meta.json, which would change nothing.
    place = data.index(b"opstamp") if b"opstamp" in data else place
    data[place] ^= 1 << random.randrange(8)
    file.write_bytes(data)


def _generation(directory: Path) -> Path:
    (path,) = (directory / "index").glob("generation-*")
    return path


def _require_whole(directory: Path, word: Callable[..., Word], generation: str = "generation-000001") -> None:
    """Open the directory and require every article; `generation` is the one that must no longer be in use."""
    engine = open_engine(directory)
    try:
        _await_ready(engine, directory, generation)
        results = engine.search(SearchRequest(word("전차"), size=50))
        assert results.total == len(results.hits) == engine.count() == 30
        assert engine.search(SearchRequest(word("변경"))).total == 3
    finally:
        engine.close()


def _await_ready(engine: EmbeddedEngine, directory: Path, generation: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        replaced = not (directory / "index" / generation).exists()
        if replaced and all(check.ready for check in engine.checks()):
            return
        time.sleep(0.02)
    raise AssertionError(engine.checks())


@pytest.mark.parametrize("harm", [_cut_off, _empty, _flip, Path.unlink])
@pytest.mark.parametrize("suffix", ["idx", "pos", "term", "fast", "fieldnorm", "store", "del", "meta.json"])
def test_a_damaged_index_is_set_aside_and_built_anew(
    directory: Path, word: Callable[..., Word], harm: Callable[[Path], None], suffix: str
) -> None:
    files = [file for file in _generation(directory).iterdir() if file.name.endswith(suffix)]
    harm(random.choice(files))
    _require_whole(directory, word)
    assert list((directory / "index").glob("damaged-*"))


def test_an_index_that_is_gone_is_built_anew(directory: Path, word: Callable[..., Word]) -> None:
    _generation(directory).rename(directory / "elsewhere")
    _require_whole(directory, word)


def test_an_index_of_another_version_is_built_anew(directory: Path, word: Callable[..., Word]) -> None:
    (_generation(directory) / "gisa.json").write_text('{"index_version": 0}')
    _require_whole(directory, word)


def test_an_index_that_lags_behind_its_checkpoint_is_built_anew(directory: Path, word: Callable[..., Word]) -> None:
    connection = sqlite3.connect(directory / FILE_NAME)
    connection.execute("UPDATE checkpoint SET opstamp = opstamp + 1000")
    connection.commit()
    connection.close()
    _require_whole(directory, word)


def test_an_index_with_another_count_is_built_anew(directory: Path, word: Callable[..., Word]) -> None:
    connection = sqlite3.connect(directory / FILE_NAME)
    connection.execute("UPDATE checkpoint SET opstamp = 0, documents = 0")
    connection.execute("INSERT INTO set_aside VALUES ('x', 1, 'counted wrongly')")
    connection.commit()
    connection.close()
    _require_whole(directory, word)


def test_a_database_with_flipped_pages_is_refused_with_the_restore_command(directory: Path) -> None:
    file = directory / FILE_NAME
    data = bytearray(file.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    file.write_bytes(data)
    with pytest.raises(StartupError) as refused:
        open_engine(directory)
    assert "gisa restore" in refused.value.message.ko
    assert "gisa restore" in refused.value.message.en
    assert file.read_bytes() == bytes(data)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all " * 500)
    with pytest.raises(StartupError, match="gisa import"):
        open_engine(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes().startswith(b"not a database")


def test_a_database_of_a_newer_version_is_refused(directory: Path) -> None:
    connection = sqlite3.connect(directory / FILE_NAME)
    connection.execute("UPDATE meta SET value = 99 WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    with pytest.raises(StartupError, match="newer Gisa"):
        open_engine(directory)


def test_a_directory_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StartupError, match="cannot be written"):
        open_engine(tmp_path / "file" / "data")
