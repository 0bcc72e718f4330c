"""The service restarted by SIGTERM again and again under load.

GISA_TEST_RESTARTS says how often; 50 is the promise (`make faults`), fewer are the habit.
"""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from bench.running import RunningService, free_port
from service.engines.embedded import open_engine
from tests.faults.contents import require_equal, seconds_until_equal, stored
from tests.faults.ledger import Ledger
from tests.faults.writers import Writer

RESTARTS = int(os.environ.get("GISA_TEST_RESTARTS", "2"))
WRITES_BETWEEN = 40
WRITERS = 4
SETTINGS = {"requests_per_minute": "0"}
_SECONDS = 120.0
_IS_MEASURED = RESTARTS >= 20  # at full size, with nothing beside it; else other tests share the machine
_SECONDS_TO_REFUSE = 2.0 if _IS_MEASURED else 15.0
_SECONDS_UNTIL_EQUAL = 5.0 if _IS_MEASURED else 60.0


def test_a_stop_under_load_loses_nothing_and_cuts_nothing_off(tmp_path: Path) -> None:
    """Promise: what was sent before SIGTERM is answered whole, what comes after is refused soon, no write is lost."""
    data, port, ledger, seed = tmp_path / "data", free_port(), Ledger(), random.randrange(1 << 32)
    service = RunningService.start(data, port=port, **SETTINGS)
    writers = [Writer(service, ledger, number, seed) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    told: list[float] = []
    for _ in range(RESTARTS):
        ledger.wait_for(ledger.acknowledged + WRITES_BETWEEN)
        told.append(time.monotonic())
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(_SECONDS) == 0
        print(f"stopped within {time.monotonic() - told[-1]:.2f} s")
        service = RunningService.start(data, port=port, **SETTINGS)
    for writer in writers:
        writer.stop()
    with service:
        engine = open_engine(data, index=False)
        try:
            seconds_until_equal(engine, _SECONDS_UNTIL_EQUAL)
            versions = stored(engine)
            require_equal(engine, versions)
        finally:
            engine.close()
    cut_off = [request for writer in writers for request in writer.cut_off]
    unanswered = [each for writer in writers for each in writer.unanswered]
    print(f"seed {seed}: {ledger.acknowledged} acknowledged over {RESTARTS} restarts, {len(cut_off)} cut off")
    print(f"{len(unanswered)} sent after the signal and refused")
    findings = ledger.examine(versions)
    assert not findings, (told, findings)
    assert not cut_off
    for sent, seconds in unanswered:
        assert any(end <= sent < end + _SECONDS_TO_REFUSE for end in told), (told, sent)
        assert seconds < _SECONDS_TO_REFUSE
    assert not [key for writer in writers for key in writer.posted_twice]
