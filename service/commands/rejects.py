"""The file of what an import refused: one JSON object to a line, with the place, the reason and the input itself."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from service.commands.sources import Piece
from service.domain.errors import FieldError, GisaError, Message, StartupError
from service.domain.time import KST


def default_path() -> Path:
    """Return a new name in the current directory, with the time in KST."""
    return Path(f"gisa-rejects-{datetime.now(KST):%Y%m%d-%H%M%S}.jsonl")


class Rejects:
    """The rejects file; it comes into being with the first thing refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: IO[str] | None = None

    def add(self, piece: Piece, error: GisaError) -> None:
        """Write down what was refused, where it stands and why."""
        try:
            if self._file is None:
                self._file = self.path.open("w", encoding="utf-8")
            self._file.write(json.dumps(_entry(piece, error), ensure_ascii=False) + "\n")
        except OSError as cause:
            raise _cannot_write(self.path, cause) from cause
        self.count += 1

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()


def _cannot_write(path: Path, cause: OSError) -> StartupError:
    reason = cause.strerror or str(cause)
    return StartupError(
        f"거부된 것을 {path}에 적을 수 없습니다 ({reason}). --rejects로 쓸 수 있는 파일을 지정하세요.",
        f"What is refused cannot be written to {path} ({reason}). Name a file that can with --rejects.",
    )


def _entry(piece: Piece, error: GisaError) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "file": piece.source,
        "line": piece.line,
        "code": error.code,
        "reason": _both(error.message),
        "errors": [_detail(found) for found in error.errors],
    }
    return entry | (_input(piece.content) if isinstance(piece.content, bytes) else {})


def _detail(found: FieldError) -> dict[str, Any]:
    return {"pointer": found.pointer or "", "code": found.code, "message": _both(found.message)}


def _both(message: Message) -> dict[str, str]:
    # A message may quote a lone surrogate out of the input, which no file can hold.
    return {name: text.encode("utf-8", "replace").decode() for name, text in (("ko", message.ko), ("en", message.en))}


def _input(content: bytes) -> dict[str, str]:
    try:
        return {"input": content.decode("utf-8").rstrip("\r\n")}
    except UnicodeDecodeError:
        return {"input_base64": base64.b64encode(content).decode("ascii")}
