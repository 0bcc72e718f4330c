"""The keys in force, read anew when their file changes."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Lock

from service.domain.errors import KeysUnavailable
from service.domain.keys import Key
from service.usecases.keys.file import read_keys
from service.usecases.keys.making import digest_of

_LOG = logging.getLogger("gisa.keys")
_EVERY = 1.0  # seconds between two looks at the file

_Stamp = tuple[int, int, int, int]


class KeyRing:
    """The keys of a file as they were a second ago at the latest.

    While the file cannot be read, is damaged, or is gone although there were keys in it, every look-up raises
    KeysUnavailable: what is not known must not let anybody in, nor open the service to all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._next = 0.0
        self._stamp: _Stamp | None = None
        self._keys: dict[str, Key] = {}
        self._had_keys = False
        self._trouble: KeysUnavailable | None = None

    def find(self, token: str) -> Key | None:
        """Return the key of this token, in force or not, or None; KeysUnavailable where the keys are not known.

        It is looked up by its digest, which tells nobody who tries tokens how near one came.
        """
        return self._current().get(digest_of(token))

    def had_keys(self) -> bool:
        """Return whether there is a key, or was one since this process began; KeysUnavailable as above."""
        self._current()
        return self._had_keys

    def _current(self) -> dict[str, Key]:
        with self._lock:
            if time.monotonic() >= self._next:
                self._look()
                self._next = time.monotonic() + _EVERY
            if self._trouble is not None:
                raise KeysUnavailable(self._trouble.message.ko, self._trouble.message.en)
            return self._keys

    def _look(self) -> None:
        try:
            stamp = _stamp(self._path)
            if stamp is not None and stamp == self._stamp and self._trouble is None:
                return
            keys = read_keys(self._path)
            if stamp is None and self._had_keys:
                raise _gone(self._path)
        except KeysUnavailable as error:
            if self._trouble is None or self._trouble.message != error.message:
                _LOG.error("%s", error)
            self._trouble = error
            return
        if stamp is not None and (stamp != self._stamp or self._trouble):
            _LOG.info("%d keys read out of %s", len(keys), self._path)
        self._keys = {key.digest: key for key in keys}
        self._had_keys = self._had_keys or bool(keys)
        self._stamp, self._trouble = stamp, None


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return (0, 0, 0, 0)  # reading it says why
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _gone(path: Path) -> KeysUnavailable:
    return KeysUnavailable(
        f"키 파일 {path}이(가) 없어져 모든 요청을 거부합니다. 파일을 되돌리거나, 키 없이 쓰려면 서비스를 다시 "
        "시작하세요.",
        f"The file of keys {path} is gone, so every request is refused. Put it back, or start the service anew to use "
        "it without keys.",
    )
