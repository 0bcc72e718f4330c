"""The ledger itself: what it takes for a broken promise."""

from __future__ import annotations

import pytest

from tests.faults.ledger import GONE, Ledger, State


@pytest.mark.parametrize(
    ("events", "found", "lost", "undone"),
    [
        ([("answered", 1)], {"a": 1}, 0, 0),
        ([("answered", 1)], {}, 1, 0),
        ([("answered", 1), ("answered", 2)], {"a": 1}, 1, 0),
        ([("answered", 1), ("sent", 2)], {"a": 1}, 0, 0),
        ([("answered", 1), ("sent", 2)], {"a": 2}, 0, 0),
        ([("answered", 1), ("answered", GONE)], {"a": 1}, 0, 1),
        ([("answered", 1), ("answered", GONE), ("sent", 2)], {"a": 2}, 0, 0),
        ([("sent", 1)], {}, 0, 0),
    ],
)
def test_what_is_found_must_be_acknowledged_last_or_sent_since(
    events: list[tuple[str, State]], found: dict[str, int], lost: int, undone: int
) -> None:
    ledger = Ledger()
    for event, state in events:
        ledger.sent("a", state)
        if event == "answered":
            ledger.answered("a", state)
    findings = ledger.examine(found)
    assert (len(findings.lost), len(findings.undone_deletes), findings.unknown) == (lost, undone, [])


def test_what_was_never_sent_is_unknown() -> None:
    assert Ledger().examine({"a": 1}).unknown == ["a"]
