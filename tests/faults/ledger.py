"""What was sent and what was acknowledged, and what of that is not as promised."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

GONE = None
_PATIENCE = 300.0  # seconds, on a machine with other work
State = int | None
"""The version of an article, or `GONE`."""


@dataclass
class Findings:
    """The articles with which a promise was broken."""

    lost: list[str] = field(default_factory=list)
    undone_deletes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.undone_deletes or self.unknown)


class Ledger:
    """The states each article may have: that of the last acknowledgement, and those sent since without an answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._possible: dict[str, set[State]] = {}
        self._history: dict[str, list[str]] = {}
        self.acknowledged = 0

    def sent(self, key: str, state: State) -> None:
        """Note that a write is under way."""
        with self._lock:
            self._possible.setdefault(key, {GONE}).add(state)
            self._note(key, "sent", state)

    def answered(self, key: str, state: State) -> None:
        """Note that a write was acknowledged: nothing older may be found from now on."""
        with self._lock:
            self._possible[key] = {state}
            self._note(key, "acknowledged", state)
            self.acknowledged += 1

    def wait_for(self, acknowledged: int) -> None:
        """Return once so many writes are acknowledged."""
        deadline = time.monotonic() + _PATIENCE
        while self.acknowledged < acknowledged:
            assert time.monotonic() < deadline, f"{self.acknowledged} of {acknowledged} writes are acknowledged"
            time.sleep(0.005)

    def examine(self, found: Mapping[str, int]) -> Findings:
        """Return what is wrong with these stored articles, their versions by their keys."""
        findings = Findings()
        for key, possible in self._possible.items():
            state = found.get(key, GONE)
            if state in possible:
                continue
            where = findings.undone_deletes if possible == {GONE} else findings.lost
            where.append(f"{key} is {state} and may be {possible}: {', '.join(self._history[key])}")
        findings.unknown += sorted(found.keys() - self._possible.keys())
        return findings

    def _note(self, key: str, event: str, state: State) -> None:
        self._history.setdefault(key, []).append(f"{event} {state} at {time.monotonic():.3f}")
