"""Keys made and revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from service.domain.errors import StartupError
from service.domain.keys import Audience, Key, KeyState, Scope
from service.usecases.keys.file import Keys, change_keys, read_keys

PREFIX = "gisa_"
"""What every token begins with, so that a scanner for leaked secrets recognises it."""
_TOKEN_BYTES = 32  # 256 random bits: they cannot be guessed, so a plain SHA-256 hides them as well as a slow hash would
_LONGEST_NAME = 100


def create_key(
    path: Path, name: str, *, scope: Scope, audience: Audience, expires_at: datetime | None = None
) -> tuple[str, Key]:
    """Return the token of a new key, which is kept nowhere, and the key as it is kept now.

    Raises StartupError where the name cannot be taken or belongs to a key in force, or the expiry has passed.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    _check_name(name)
    if expires_at is not None and expires_at <= now:
        raise StartupError(
            "만료가 지난 때입니다. 앞으로의 날짜를 지정하세요.", "That expiry has passed. Name a date to come."
        )
    token = PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    key = Key(secrets.token_hex(4), name, digest_of(token), scope, audience, now, expires_at)

    def add(keys: Keys) -> Keys:
        if any(other.name == name and other.state(now) is KeyState.IN_FORCE for other in keys):
            raise StartupError(
                f"이름이 {name!r}인 키가 이미 쓰이고 있습니다. 다른 이름을 쓰거나 그 키를 먼저 폐기하세요.",
                f"A key named {name!r} is in force. Choose another name or revoke that key first.",
            )
        return (*keys, key)

    change_keys(path, add)
    return token, key


def revoke_key(path: Path, named: str) -> Key:
    """Return the key of this id, or of this name, that is revoked from now on; StartupError where there is none."""
    now = datetime.now(UTC).replace(microsecond=0)
    revoked: list[Key] = []

    def revoke(keys: Keys) -> Keys:
        found = [key for key in keys if named in (key.id, key.name) and key.revoked_at is None]
        if not found:
            raise _no_key(named)
        # An expired key may bear the name of its successor: the one in force is meant, and else the newest.
        chosen = max(found, key=lambda key: (key.id == named, key.state(now) is KeyState.IN_FORCE, key.created_at))
        revoked.append(replace(chosen, revoked_at=now))
        return tuple(revoked[0] if key is chosen else key for key in keys)

    if not read_keys(path):
        raise _no_key(named)
    change_keys(path, revoke)
    return revoked[0]


def _no_key(named: str) -> StartupError:
    return StartupError(
        f"{named!r}(이)라는 키가 없거나 이미 폐기되었습니다. `gisa keys list`로 확인하세요.",
        f"There is no key {named!r}, or it is revoked already. `gisa keys list` shows every key.",
    )


def digest_of(token: str) -> str:
    """Return what a token is kept and looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= _LONGEST_NAME or name != name.strip() or not name.isprintable():
        raise StartupError(
            f"키 이름은 1~{_LONGEST_NAME}자이고 앞뒤 공백과 제어 문자가 없어야 합니다.",
            f"A key's name has 1 to {_LONGEST_NAME} characters, none of them control characters, no blank at its ends.",
        )
