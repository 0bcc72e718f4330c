"""API keys: who may do what, as which audience, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do; each scope holds those before it, `admin` everything."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, needed: Scope) -> bool:
        """Return whether whoever has this scope may do what needs the other one."""
        order = tuple(Scope)
        return order.index(self) >= order.index(needed)


class Audience(StrEnum):
    """For whom a key asks: the licences of outlets say what each audience may see."""

    PRESS_OFFICE = "press_office"
    INTRANET = "intranet"
    PUBLIC = "public"


class KeyState(StrEnum):
    """Whether a key is taken."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Key:
    """An API key as it is kept: `digest` is the SHA-256 of its token in hexadecimal, the token itself is kept nowhere.

    `id` is eight hexadecimal digits, public, and names the key in lists and logs.
    """

    id: str
    name: str
    digest: str
    scope: Scope
    audience: Audience
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> KeyState:
        """Return whether the key is taken at this moment."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if self.expires_at is not None and now >= self.expires_at:
            return KeyState.EXPIRED
        return KeyState.IN_FORCE
