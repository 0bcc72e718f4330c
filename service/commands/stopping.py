"""Ending a long run between two articles."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType

INTERRUPTED = 130
"""The exit status of a run that was ended by a signal."""


def stop_on_signals() -> Event:
    """Return an event set by the first Ctrl-C or SIGTERM; the batch under way is finished, a second ends at once."""
    stop = Event()

    def handle(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 # the signature of a signal handler
        stop.set()
        signal.signal(number, signal.default_int_handler)

    signal.signal(signal.SIGINT, handle)
    signal.signal(signal.SIGTERM, handle)
    return stop
