"""The whole service, or one of its workers, killed again and again while clients write.

GISA_TEST_KILLS and GISA_TEST_KILLED_WRITES say how many kills and acknowledged writes there are; 200 and 20,000 are
the promise (`make faults`), fewer are the habit.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Sequence
from pathlib import Path

from bench.running import RunningService, free_port
from service.engines.embedded import open_engine
from tests.faults.contents import require_equal, seconds_until_equal, stored
from tests.faults.ledger import Ledger
from tests.faults.writers import Writer

KILLS = int(os.environ.get("GISA_TEST_KILLS", "6"))
WRITES = int(os.environ.get("GISA_TEST_KILLED_WRITES", "300"))
WRITERS = 4
SECONDS_UNTIL_EQUAL = 5.0 if KILLS >= 100 else 60.0
"""The promise is measured at full size, with nothing beside it; else other tests share the machine."""
SETTINGS = {"requests_per_minute": "0"}


class Killing:
    """A service with its writers, and the kills it has been through."""

    def __init__(self, data: Path, seed: int) -> None:
        self._data = data
        self._chance = random.Random(seed)
        self.port = free_port()
        self.service = RunningService.start(data, port=self.port, **SETTINGS)
        self.ledger = Ledger()
        self.writers = [Writer(self.service, self.ledger, number, seed) for number in range(WRITERS)]

    def run(self) -> None:
        """Kill as often as is asked for, and stop the writers in the middle of the last kill."""
        for writer in self.writers:
            writer.start()
        for number in range(1, KILLS):
            self._wait_for(int(WRITES * (number - self._chance.random()) / KILLS))
            if number % 2:
                os.kill(self._chance.choice(self.service.worker_pids()), signal.SIGKILL)
            else:
                self.kill_all()
                self._start()
        self._wait_for(WRITES)
        self.kill_all()

    def kill_all(self) -> None:
        """Kill every process of the service at once."""
        self.service.kill()

    def _start(self) -> None:
        # The writers keep to the port, so they find the next one by themselves.
        self.service = RunningService.start(self._data, port=self.port, **SETTINGS)

    def _wait_for(self, acknowledged: int) -> None:
        while self.ledger.acknowledged < acknowledged:
            _require_alive(self.writers)
            self.writers[0].join(0.01)


def _require_alive(writers: Sequence[Writer]) -> None:
    for writer in writers:
        if not writer.is_alive():
            writer.stop()
            raise AssertionError("a writer has ended")


def test_no_kill_loses_doubles_tears_or_undoes_an_acknowledged_write(tmp_path: Path) -> None:
    """Promise: a write answered 2xx is stored for good, whatever is killed; the index equals the store within 5 s."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    killing = Killing(tmp_path / "data", seed)
    killing.run()
    for writer in killing.writers:
        writer.stop()
    with RunningService.start(tmp_path / "data", port=killing.port, **SETTINGS):
        engine = open_engine(tmp_path / "data", index=False)
        try:
            seconds = seconds_until_equal(engine, SECONDS_UNTIL_EQUAL)
            versions = stored(engine)
            findings = killing.ledger.examine(versions)
            require_equal(engine, versions)
        finally:
            engine.close()
    print(
        f"{killing.ledger.acknowledged} acknowledged writes over {KILLS} kills, {len(versions)} articles in the end: "
        f"{len(findings.lost)} lost, {len(findings.undone_deletes)} deletes undone; equal after {seconds:.2f} s"
    )
    assert not findings, findings
    assert not [key for writer in killing.writers for key in writer.posted_twice]
