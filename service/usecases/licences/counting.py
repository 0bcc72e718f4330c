"""Full-text views as they are counted: gathered in this process and added to the engine each second."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Event, Lock, Thread

from service.domain.errors import GisaError
from service.search.records import View, Views

_LOG = logging.getLogger("gisa.views")

EVERY = 1.0
"""Seconds between two writes of what was counted, and so what a killed process loses at most."""


class ViewCounter:
    """Counts the views of one process; made after its fork, as the thread that writes begins with the first view.

    What an engine does not take is kept and tried again a second later, together with what came since.
    """

    def __init__(self, views: Callable[[], Views], every: float = EVERY) -> None:
        self._views = views
        self._every = every
        self._lock = Lock()  # of what has come; never held while the engine writes, as readers would wait for it
        self._come: Counter[View] = Counter()
        self._writing = Lock()
        self._unwritten: Counter[View] = Counter()
        self._failing = False
        self._closed = Event()
        self._thread: Thread | None = None

    def count(self, views: Iterable[View]) -> None:
        """Count each of these views once."""
        with self._lock:
            self._come.update(views)
            if self._thread is None and self._come:
                self._thread = Thread(target=self._run, name="gisa-views", daemon=True)
                self._thread.start()

    def flush(self) -> bool:
        """Add to the engine what was counted so far, and return whether it is there."""
        with self._writing:
            with self._lock:
                self._unwritten.update(self._come)
                self._come.clear()
            if not self._unwritten:
                return True
            try:
                self._views().add(self._unwritten)
            except GisaError as error:
                self._tell(error)
                return False
            self._unwritten.clear()
            self._failing = False
            return True

    def close(self) -> None:
        """Write what is left and end the thread; what the engine does not take now is lost, and the log says so."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join()
        if not self.flush():
            _LOG.error("%d views could not be written and are lost.", self._unwritten.total())

    def _run(self) -> None:
        while not self._closed.wait(self._every):
            try:
                self.flush()
            except Exception:  # noqa: BLE001 -- the thread has to outlive it; the counts stay and are tried again
                _LOG.exception("Views could not be written.")

    def _tell(self, error: GisaError) -> None:
        if not self._failing:
            _LOG.warning("%d views wait to be written: %s", self._unwritten.total(), error)
        self._failing = True
