"""The file of keys as JSON: read strictly, as what is half understood must not let anybody in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from service.domain.keys import Audience, Key, Scope

_VERSION = 1
_ID = re.compile(r"[0-9a-f]{8}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMES = {"id", "name", "digest", "scope", "audience", "created_at", "expires_at", "revoked_at"}


def parse_keys(data: bytes) -> tuple[Key, ...]:
    """Return the keys of a file in its order; ValueError where anything in it is not as it was written."""
    document = json.loads(data)
    if not isinstance(document, dict) or set(document) != {"version", "keys"} or document["version"] != _VERSION:
        raise ValueError(f"not a file of keys of version {_VERSION}")
    if not isinstance(document["keys"], list):
        raise ValueError("`keys` is not a list")
    keys = tuple(map(_key, document["keys"]))
    if len({key.id for key in keys}) < len(keys) or len({key.digest for key in keys}) < len(keys):
        raise ValueError("a key stands in it twice")
    return keys


def dump_keys(keys: Sequence[Key]) -> bytes:
    """Return the file of these keys."""
    document = {"version": _VERSION, "keys": [dump_key(key) | {"digest": key.digest} for key in keys]}
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def dump_key(key: Key) -> dict[str, Any]:
    """Return what may be shown of a key: everything but its digest."""
    return {
        "id": key.id,
        "name": key.name,
        "scope": key.scope.value,
        "audience": key.audience.value,
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


def _key(entry: Any) -> Key:
    if not isinstance(entry, dict) or set(entry) != _NAMES:
        raise ValueError("a key has other fields than it was written with")
    created_at = _time(entry["created_at"])
    if created_at is None:
        raise ValueError("a key was made at no time")
    return Key(
        id=_matching(_ID, entry["id"]),
        name=_text(entry["name"]),
        digest=_matching(_DIGEST, entry["digest"]),
        scope=Scope(entry["scope"]),
        audience=Audience(entry["audience"]),
        created_at=created_at,
        expires_at=_time(entry["expires_at"]),
        revoked_at=_time(entry["revoked_at"]),
    )


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    text = _text(value)
    if not pattern.fullmatch(text):
        raise ValueError("an id or a digest is not hexadecimal")
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a field is not a text")
    return value


def _time(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a time has no offset")
    return moment
