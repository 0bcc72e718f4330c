"""The secret that cookies are signed with: made at the first start, or given to several replicas."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from service.domain.errors import StartupError

_LEAST = 32  # characters, as many as a SHA-256 has bytes


def read_secrets(path: Path, *, make: bool) -> tuple[str, ...]:
    """Return the secrets of this file, the one to sign with first; those after it are still believed.

    Where there is no file and `make` says so, one is made, mode 0600, the same for all processes. Raises StartupError
    where it is missing, unreadable or too short.
    """
    try:
        if make and not path.exists():
            _make(path)
        lines = path.read_text("ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or "not ASCII") from error
    if not lines or min(map(len, lines)) < _LEAST:
        raise _unusable(path, f"under {_LEAST} characters")
    return tuple(lines)


def _make(path: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{secrets.token_urlsafe(48)}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another worker was first: its secret holds
            path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)


def _unusable(path: Path, reason: str) -> StartupError:
    return StartupError(
        f"세션의 비밀 파일 {path}을(를) 쓸 수 없습니다({reason}). 한 줄에 {_LEAST}자 이상의 무작위 글자를 두거나, 기본 "
        "파일이면 지우고 다시 시작하세요(모두 다시 로그인하게 됩니다).",
        f"The secret file of sessions {path} cannot be used ({reason}). Put a line of {_LEAST} or more random "
        "characters into it, or remove the default one and start again (everybody signs on anew).",
    )
