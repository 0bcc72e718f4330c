"""Sessions as signed tokens: any process with the secret reads them, and none has to remember them."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import time
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from service.domain.keys import Audience, Scope
from service.domain.sign_on import Grant, Session

_LOG = logging.getLogger("gisa.sign_on")
FLOW_SECONDS = 600
"""How long a browser may be at the provider before the sign-on that it began there is forgotten."""
_LONGEST_NAME = 60
_DIGITS = 32  # of the id of a session, hexadecimal


class Sealed:
    """Values as tokens that only whoever has the secret can make, each for one purpose and until a time."""

    def __init__(self, secret: tuple[str, ...], purpose: str) -> None:
        # The library signs with the last of its keys and believes them all.
        self._serializer = URLSafeSerializer(
            list(reversed(secret)), salt=purpose, signer_kwargs={"digest_method": hashlib.sha256}
        )

    def seal(self, value: dict[str, Any], seconds: int) -> str:
        """Return a token of this value that holds for so many seconds."""
        token = self._serializer.dumps(value | {"until": int(time.time()) + seconds})
        assert isinstance(token, str)
        return token

    def open(self, token: str) -> dict[str, Any] | None:
        """Return the value of a token, None where it is not one of ours or its time is over."""
        try:
            value = self._serializer.loads(token)
        except BadData:
            return None
        return value if isinstance(value, dict) and value["until"] > time.time() else None


class EndedSessions:
    """The sessions that were signed out of before their time was over: an empty file for each, beside the data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, session_id: str) -> bool:
        return (self._folder / session_id).exists()

    def add(self, session: Session) -> None:
        """Remember this one, and forget those whose time is over anyway."""
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            path = self._folder / session.id
            path.touch()
            os.utime(path, (session.expires_at, session.expires_at))
            now = time.time()
            for other in self._folder.iterdir():
                if other.stat().st_mtime < now:
                    other.unlink(missing_ok=True)
        except OSError as error:
            # The browser forgets its cookie all the same, and the cookie does not outlive its time.
            _LOG.error("A sign-out cannot be kept in %s: %s", self._folder, error)


class Sessions:
    """Begins, reads and ends sessions; `settings` is whatever they were granted by, and another text ends them all."""

    def __init__(self, secret: tuple[str, ...], settings: str, minutes: int, ended: EndedSessions) -> None:
        digest = hashlib.sha256(settings.encode()).hexdigest()
        self._sealed = Sealed(secret, f"session {digest}")
        self._ended = ended
        self.seconds = minutes * 60

    def begin(self, subject: str, name: str, grant: Grant) -> str:
        """Return the token of a new session."""
        value = {
            "id": secrets.token_hex(_DIGITS // 2),
            "sub": subject,
            "name": name[:_LONGEST_NAME],
            "scope": grant.scope.value,
            "audience": grant.audience.value,
        }
        return self._sealed.seal(value, self.seconds)

    def read(self, token: str) -> Session | None:
        """Return the session of a token, None where it is none of ours, over, or signed out of."""
        value = self._sealed.open(token)
        if value is None or value["id"] in self._ended:
            return None
        return Session(
            value["id"],
            value["sub"],
            value["name"],
            Scope(value["scope"]),
            Audience(value["audience"]),
            value["until"],
        )

    def end(self, session: Session) -> None:
        """End this session before its time."""
        self._ended.add(session)
