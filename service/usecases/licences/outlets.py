"""Outlets as an operator keeps them: listed, put, removed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from service.domain.errors import Conflict, NotFound, PreconditionFailed
from service.domain.outlets import Outlet
from service.search.engine import NO_PRECONDITION, Precondition
from service.search.records import Records
from service.usecases.licences.table import OutletTable, dump_table, parse_table, shipped_table

RECORD = "outlets"
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class KeptOutlet:
    """An outlet, the version of its contents, and whether it is new."""

    outlet: Outlet
    version: str
    is_new: bool = False


def version_of(outlets: Iterable[Outlet]) -> str:
    """Return what names these very contents."""
    return hashlib.sha256(msgspec.json.encode(tuple(outlets))).hexdigest()[:16]


def read_table(records: Records) -> OutletTable:
    """Return the table of outlets; the one that comes with the service as long as nothing was changed in it."""
    record = records.read(RECORD)
    return parse_table(record.content) if record else shipped_table()


class Outlets:
    """The outlets of an engine's records."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def all(self) -> OutletTable:
        """Return the table."""
        return read_table(self._records)

    def get(self, name: str) -> KeptOutlet:
        """Return the outlet of this name; NotFound where there is none."""
        outlet = self.all().named(name)
        if outlet is None:
            raise _unknown(name)
        return KeptOutlet(outlet, version_of([outlet]))

    def put(self, outlet: Outlet, precondition: Precondition = NO_PRECONDITION) -> KeptOutlet:
        """Keep the outlet in place of the one of its name.

        Raises PreconditionFailed, and Conflict where another outlet has its name or one of its aliases.
        """
        known: list[Outlet | None] = []

        def change(table: OutletTable) -> OutletTable:
            known[:] = [table.named(outlet.name)]
            _check(precondition, known[0])
            return table.having(outlet)

        self._change(change)
        return KeptOutlet(outlet, version_of([outlet]), is_new=known[0] is None)

    def put_all(self, outlets: Iterable[Outlet]) -> None:
        """Keep all of these at once, or none of them where one raises Conflict."""
        wanted = tuple(outlets)

        def change(table: OutletTable) -> OutletTable:
            for outlet in wanted:
                table = table.having(outlet)
            return table

        self._change(change)

    def remove(self, name: str, precondition: Precondition = NO_PRECONDITION) -> None:
        """Remove the outlet of this name; NotFound where there is none, PreconditionFailed."""

        def change(table: OutletTable) -> OutletTable:
            outlet = table.named(name)
            _check(precondition, outlet)
            if outlet is None:
                raise _unknown(name)
            return table.without(outlet)

        self._change(change)

    def _change(self, change: Callable[[OutletTable], OutletTable]) -> None:
        for _ in range(_ATTEMPTS):
            record = self._records.read(RECORD)
            changed = dump_table(change(parse_table(record.content) if record else shipped_table()))
            try:
                self._records.write(RECORD, changed, record.version if record else None)
            except Conflict:
                continue
            return
        raise Conflict(
            "다른 변경이 계속 먼저 저장되었습니다. 다시 시도하세요.", "Other writes kept coming first. Try again."
        )


def _check(precondition: Precondition, known: Outlet | None) -> None:
    absent = precondition.absent and known is not None
    gone = precondition.present and known is None
    other = precondition.versions is not None and (known is None or version_of([known]) not in precondition.versions)
    if absent or gone or other:
        raise PreconditionFailed(
            "언론사가 조건(If-Match, If-None-Match)에 맞지 않습니다. 다시 읽고 시도하세요.",
            "The outlet does not meet If-Match or If-None-Match. Read it again and retry.",
        )


def _unknown(name: str) -> NotFound:
    return NotFound(
        f"언론사 {name!r}이(가) 없습니다. `gisa outlets list`나 GET /v1/outlets로 이름을 확인하세요.",
        f"There is no outlet {name!r}. GET /v1/outlets lists their names.",
    )
