"""The synonyms in force: those that come with the service and the operator's file, which is read when it changes."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Lock

from index_mappings import BadLine, SynonymRule, parse_synonyms, shipped_synonyms

_LOG = logging.getLogger("gisa.synonyms")
_EVERY = 1.0  # seconds between two looks at the file

_Stamp = tuple[int, int, int]


class OwnSynonyms:
    """The rules of a file beside the shipped ones; called, it returns those of a second ago at the latest.

    Lines that cannot be read are left out and logged with what to do, and so is a file that cannot be read: the rules
    of the last time stay in force then.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._next = 0.0
        self._stamp: _Stamp | None = None
        self._rules = shipped_synonyms()

    def __call__(self) -> tuple[SynonymRule, ...]:
        """Return the rules in force."""
        with self._lock:
            if time.monotonic() >= self._next:
                self._next = time.monotonic() + _EVERY
                self._look()
            return self._rules

    def _look(self) -> None:
        try:
            stamp = _stamp(self._path)
            if stamp == self._stamp:
                return
            rules, bad = read_synonyms(self._path)
        except (OSError, UnicodeDecodeError) as error:
            _LOG.warning("the synonyms in %s cannot be read, those of before stay in force: %s", self._path, error)
            return
        self._rules, self._stamp = (*shipped_synonyms(), *rules), stamp
        _LOG.info("%d lines of synonyms in force, %d of them out of %s", len(self._rules), len(rules), self._path)
        for line in bad:
            _LOG.warning("%s, line %d is left out (%s): %s", self._path, line.number, line.text, line.en)


def read_synonyms(path: Path) -> tuple[tuple[SynonymRule, ...], tuple[BadLine, ...]]:
    """Return the rules of an operator's file and its bad lines, none where there is no file; OSError, UnicodeError."""
    return parse_synonyms(path.read_text(encoding="utf-8")) if path.exists() else ((), ())


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
