"""Outlets, licences and counts of views carried from one engine into another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from service.search.engine import Engine
from service.search.records import CountedView, View, Views
from service.usecases.licences.outlets import RECORD

_FIRST, _LAST = "0000-00", "9999-99"
_AT_ONCE = 1_000


def carry_outlets(source: Engine, target: Engine) -> bool:
    """Put the source's table of outlets in place of the target's and return whether that changed it.

    A source whose table was never changed leaves the target as it is. Conflict where somebody changes it meanwhile.
    """
    record, known = source.records.read(RECORD), target.records.read(RECORD)
    if record is None or (known is not None and known.content == record.content):
        return False
    target.records.write(RECORD, record.content, known.version if known else None)
    return True


def carry_views(source: Engine, target: Engine) -> int:
    """Raise the target's counts to those of the source and return how many views were added.

    Of two counts of the same article, month and audience the larger one stands, so that neither a second run nor the
    way back counts a view twice.
    """
    added = 0
    lacking = _lacking(source.views, target.views)
    while part := list(islice(lacking, _AT_ONCE)):
        target.views.add({found.view: found.count for found in part})
        added += sum(found.count for found in part)
    return added


def _lacking(source: Views, target: Views) -> Iterator[CountedView]:
    """Yield by how much the counts of the target fall short; both come in the same order, so neither is held whole."""
    theirs = target.counted(_FIRST, _LAST)
    their = next(theirs, None)
    for found in source.counted(_FIRST, _LAST):
        while their is not None and their.view < found.view:
            their = next(theirs, None)
        known = their.count if their is not None and their.view == found.view else 0
        if found.count > known:
            yield CountedView(View(*found.view), found.count - known)
