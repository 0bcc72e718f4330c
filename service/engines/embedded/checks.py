"""Whether the store and the index are ready, and what to do where they are not."""

from __future__ import annotations

from collections.abc import Callable

from service.domain.errors import GisaError, Message
from service.engines.embedded.checkpoint import lag
from service.engines.embedded.database import Database
from service.engines.embedded.locks import INDEXING, is_held
from service.engines.embedded.searchers import Searchers
from service.engines.embedded.status import read_failure
from service.search.engine import Check

STORE = "store"
INDEX = "index"
INDEXING_CHECK = "indexing"
SET_ASIDE = "set_aside"

_LATE = 10_000  # journal rows


def run_checks(database: Database, searchers: Searchers) -> tuple[Check, ...]:
    """Return the state of the store, the index, the indexing and what was set aside; never raises."""
    return tuple(
        _guarded(name, check)
        for name, check in (
            (STORE, lambda: _store(database)),
            (INDEX, lambda: _index(searchers)),
            (INDEXING_CHECK, lambda: _indexing(database)),
            (SET_ASIDE, lambda: _set_aside(database)),
        )
    )


def _guarded(name: str, check: Callable[[], Message | None]) -> Check:
    try:
        message = check()
        return Check(name, message is None, message)
    except GisaError as error:
        return Check(name, False, error.message)
    except Exception as error:  # noqa: BLE001 -- a check reports what fails, whatever it is
        return Check(name, False, Message(f"점검하지 못했습니다: {error}", f"The check itself failed: {error}"))


def _store(database: Database) -> Message | None:
    with database.connection() as connection:
        connection.execute("SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)").fetchall()
    return None


def _index(searchers: Searchers) -> Message | None:
    with searchers.view():
        return None


def _indexing(database: Database) -> Message | None:
    with database.connection() as connection:
        failure, waiting = read_failure(connection), lag(connection)
    if failure:
        return Message(
            f"색인이 실패하고 있습니다({failure}). 디스크 공간과 권한을 확인하세요. 저장은 계속됩니다.",
            f"Indexing fails ({failure}). Check disk space and permissions. Storing goes on.",
        )
    if waiting and not is_held(database.directory / INDEXING):
        return Message(
            f"색인하는 프로세스가 없고 기사 {waiting:,}건이 기다립니다. 서비스를 시작하세요.",
            f"No process indexes and {waiting:,} writes wait. Start the service.",
        )
    if waiting > _LATE:
        return Message(
            f"아직 색인되지 않은 쓰기가 {waiting:,}건입니다. 잠시 기다리세요.",
            f"{waiting:,} writes are not indexed yet. Wait a while.",
        )
    return None


def _set_aside(database: Database) -> Message | None:
    with database.connection() as connection:
        rows = connection.execute("SELECT key, reason FROM set_aside ORDER BY key LIMIT 5").fetchall()
    if not rows:
        return None
    listed = ", ".join(f"{key} ({reason})" for key, reason in rows)
    return Message(
        f"색인할 수 없어 따로 둔 기사가 있습니다: {listed}. 다시 저장하면 다시 색인합니다.",
        f"These articles could not be indexed and are set aside: {listed}. Storing them again indexes them again.",
    )
