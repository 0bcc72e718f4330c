"""A copy of the whole store as of one moment, taken beside a running service, and its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import apsw
import zstandard

from service.domain.errors import StartupError, StorageFull
from service.engines.embedded.builder import rebuild
from service.engines.embedded.database import FILE_NAME, connect
from service.engines.embedded.failures import damaged, translated_at_start
from service.search.digest import Digest, digest_of
from service.search.stored_tokens import decompress

_PAGES = 2_000  # copied between two words on the progress: some 8 MB
_READ_ONLY = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI

Progress = Callable[[int, int], None]
"""Is told how much is done of how much."""


def copy_store(directory: Path, target: Path, progress: Progress) -> Path:
    """Copy everything the store holds into a new file in `target` and return it; StartupError where it is damaged.

    The copy is of one moment, whoever writes meanwhile; `progress` is told pages.
    """
    source_path, copied = directory / FILE_NAME, target / FILE_NAME
    if not source_path.is_file():
        raise StartupError(
            f"{directory}에 기사가 없습니다. GISA_DATA_DIR을 확인하세요.",
            f"There are no articles in {directory}. Check GISA_DATA_DIR.",
        )
    with translated_at_start(directory):
        source, copy = connect(str(source_path)), apsw.Connection(str(copied))
        try:
            # Within a read transaction all pages are of its moment. Without one SQLite begins the copy anew whenever
            # another process has written, which beside a busy service never ends.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            _copy(source, copy, progress)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            finding = copy.execute("PRAGMA quick_check(1)").get
        finally:
            copy.close()
            source.close()
    if finding != "ok":
        raise damaged(directory, str(finding))
    copied.chmod(0o600)
    return copied


def _copy(source: apsw.Connection, copy: apsw.Connection, progress: Progress) -> None:
    try:
        with copy.backup("main", source, "main") as pages:
            while not pages.done:
                pages.step(_PAGES)
                progress(pages.page_count - pages.remaining, pages.page_count)
    except apsw.FullError as error:
        raise StorageFull(
            "백업할 디스크가 가득 찼습니다. 비우거나 다른 디스크에 백업하세요.",
            "The disk of the backup is full. Free some of it or back up to another one.",
        ) from error


def contents(directory: Path, progress: Progress | None = None) -> tuple[Digest, Mapping[str, int]]:
    """Return the digest of all articles of a store nobody writes to, and the rows of each of its tables."""
    with translated_at_start(directory):
        connection = apsw.Connection(f"file:{directory / FILE_NAME}?immutable=1", _READ_ONLY)
        try:
            rows = {table: _count(connection, table) for table in _tables(connection)}
            return digest_of(_articles(connection, rows["articles"], progress)), rows
        except zstandard.ZstdError as error:
            raise damaged(directory, str(error)) from error
        finally:
            connection.close()


def build_index(directory: Path, progress: Progress) -> int:
    """Build the index of a restored store, which is none of the backup, and return the articles in it."""
    return rebuild(directory, progress)


def _tables(connection: apsw.Connection) -> list[str]:
    statement = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    return [str(name) for (name,) in connection.execute(statement)]


def _count(connection: apsw.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').get)  # noqa: S608 -- a name of the schema


def _articles(connection: apsw.Connection, total: int, progress: Progress | None) -> Iterator[tuple[bytes, ...]]:
    statement = "SELECT key, seq, fingerprint, document FROM articles"
    for done, (key, seq, fingerprint, document) in enumerate(connection.execute(statement), 1):
        yield str(key).encode(), str(seq).encode(), str(fingerprint).encode(), decompress(document)
        if progress and (done % 500 == 0 or done == total):
            progress(done, total)
